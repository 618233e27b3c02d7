import type { Connection, SignIn } from '../../model/connection';
import type { Stored } from '../../model/stateStore';
import { changeOf, changesOf } from './changeOf';
import { contentChanged } from './contentChanged';
import { stopForOtherOrg, type SignedUp } from './noteOtherOrg';
import { claimed, mayProbe } from './probe';
import { inactive, stoppedByPerson } from './refusals';
import type { Admission, Known, Reach, Refusal, Trying } from './registryTypes';

/**
 * Decides whether a credential may be used now, from what is stored and what its tokens tell, without a call.
 *
 * The first that applies: another org than the registered one, paused, not to run automatically, inactive. A refusal brings a deleted
 * connection back, so that the person who reads it finds the connection in the list.
 */
export function admit(known: Known, reach: Reach, trying: Trying): Admission {
	const { signIn, connection } = known;
	if (!connection) return { admitted: true, registered: false, probe: false };
	if (signIn && reach.orgId !== undefined && reach.orgId !== connection.value.orgId) {
		return stopForOtherOrg({ signIn, connection }, { orgId: reach.orgId, orgName: '', instanceUrl: reach.instanceUrl }, trying);
	}
	const stopped = stoppedByPerson(connection.value, trying);
	if (stopped) return { ...stopped, changes: changesOf(revived(connection), []) };
	return signIn ? admitSignIn({ signIn, connection }, reach, trying) : { admitted: true, registered: false, probe: false };
}

function admitSignIn({ signIn, connection }: SignedUp, reach: Reach, trying: Trying): Admission {
	const { otherOrg } = signIn.value;
	if (otherOrg && reach.orgId === undefined && !mayAskAgain(signIn.value, trying)) {
		return stopForOtherOrg({ signIn, connection }, { ...otherOrg, instanceUrl: reach.instanceUrl }, trying);
	}
	const isBack = reach.orgId !== undefined;
	const next: SignIn = isBack ? { ...signIn.value, otherOrg: null } : signIn.value;
	const registered = isBack && connection.value.deletedAt === null && (reach.userId ?? next.userId) === next.userId;
	if (next.status === 'well') return { admitted: true, registered, probe: false, changes: changesOf([], changeOf(signIn, next)) };
	const tried = tryInactive(next, connection, trying);
	if ('admitted' in tried) return tried;
	return { admitted: true, registered, probe: true, changes: changesOf([], changeOf(signIn, tried)) };
}

/** The inactive sign-in with the try entered, where it may be tried. */
export function tryInactive(signIn: SignIn, connection: Stored<Connection>, trying: Trying): SignIn | Refusal {
	// A person who asks gets an answer of the CRM, each time.
	if (trying.manual) return signIn;
	if (mayProbe(signIn, trying)) return claimed(signIn, trying);
	return { ...inactive(connection.value, signIn, trying), changes: changesOf(revived(connection), []) };
}

/** Where tokens name no org, only the CRM can tell whether the credential is back; it is not asked on each scheduled run. */
function mayAskAgain(signIn: SignIn, trying: Trying): boolean {
	return trying.manual || contentChanged(signIn, trying);
}

/** What brings a deleted connection back as it was. */
export function revived(connection: Stored<Connection>): ReturnType<typeof changeOf<Connection>> {
	return changeOf(connection, { ...connection.value, deletedAt: null });
}
