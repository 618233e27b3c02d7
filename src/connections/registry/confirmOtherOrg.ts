import type { Connection } from '../../model/connection';
import type { Stored } from '../../model/stateStore';
import { admit, revived, tryInactive } from './admit';
import { changeOf, changesOf } from './changeOf';
import { stoppedByPerson } from './refusals';
import { register, settle } from './register';
import type { Admission, Arrival, KnownWithOrg, Reach, Refusal, Registration, Trying } from './registryTypes';

/**
 * Decides whether the CRM may be asked who and where, after a person named the org (by its canonical id) that the credential shall
 * belong to from now on. `known.ofOrg` is the connection of that org. Where there is nothing to confirm it answers as `admit` does.
 */
export function admitConfirmation(known: KnownWithOrg, orgId: string, { trying, ...reach }: Reach & { readonly trying: Trying }): Admission {
	const { signIn, connection, ofOrg } = known;
	const mayBeNamed = reach.orgId === undefined || reach.orgId === orgId;
	if (connection?.value.orgId === orgId || !mayBeNamed) return admit(known, reach, trying);
	if (!signIn || !connection) return stoppedAt(ofOrg, trying) ?? admit(known, reach, trying);
	// Tokens that name no org may lead back to the registered one.
	const stopped = stoppedAt(ofOrg, trying) ?? (reach.orgId === undefined ? stoppedAt(connection, trying) : undefined);
	if (stopped) return stopped;
	if (signIn.value.status === 'well') return { admitted: true, registered: false, probe: false };
	const tried = tryInactive(signIn.value, connection, trying);
	return 'admitted' in tried ? tried : { admitted: true, registered: false, probe: true, changes: changesOf([], changeOf(signIn, tried)) };
}

function stoppedAt(connection: Stored<Connection> | undefined, trying: Trying): Refusal | undefined {
	const stopped = connection && stoppedByPerson(connection.value, trying);
	return stopped && { ...stopped, changes: changesOf(revived(connection), []) };
}

/**
 * Moves the sign-in to the connection of the org that a person named, new or stored; the former connection stays with its settings and
 * history. Only that very org is confirmed: where the CRM names another one, this is an arrival like any other. `known.ofOrg` is the
 * connection of the org that the identity names.
 */
export function confirmOtherOrg(known: KnownWithOrg, orgId: string, arrival: Arrival): Registration {
	const { identity, crm } = arrival;
	if (identity.orgId !== orgId || known.connection?.value.orgId === orgId) return register(known, arrival);
	const isOfOrg = known.ofOrg?.value.crm === crm && known.ofOrg.value.orgId === orgId;
	return settle(known.signIn, isOfOrg ? known.ofOrg : undefined, arrival);
}
