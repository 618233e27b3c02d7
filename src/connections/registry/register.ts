import type { Connection, SignIn } from '../../model/connection';
import type { ConnectionIdentity } from '../../model/connectionIdentity';
import type { Stored } from '../../model/stateStore';
import { changeOf, changesOf } from './changeOf';
import { isOvertaken } from './isOvertaken';
import { stopForOtherOrg } from './noteOtherOrg';
import { stoppedByPerson } from './refusals';
import type { Arrival, KnownWithOrg, Registration } from './registryTypes';
import { wellSignIn } from './wellSignIn';

/**
 * Stores where a try arrived: at an org that nobody registered yet, at one that was deleted and comes back as it was, or at the
 * registered one, whose name, edition and address follow the CRM. The sign-in is well then. A credential that arrived at another org
 * than its own is stopped. `known.ofOrg` is the connection of the org that the identity names.
 */
export function register(known: KnownWithOrg, arrival: Arrival): Registration {
	const { signIn, connection } = known;
	const { crm, identity, trying } = arrival;
	if (signIn && connection && connection.value.orgId !== identity.orgId) {
		const learned = isOvertaken(signIn.value, trying) ? {} : { unreachableSince: null, credentialFingerprint: trying.fingerprint };
		return stopForOtherOrg({ signIn, connection }, identity, trying, learned);
	}
	const found = [connection, known.ofOrg].find((one) => one?.value.crm === crm && one.value.orgId === identity.orgId);
	return settle(signIn, found, arrival);
}

/** Enters the sign-in at the connection, new or stored, and lets a setting of the connection stop the try all the same. */
export function settle(signIn: Stored<SignIn> | undefined, connection: Stored<Connection> | undefined, arrival: Arrival): Registration {
	const next = connection ? refreshed(connection.value, arrival.identity) : newConnection(arrival);
	const changes = changesOf(changeOf(connection, next), changeOf(signIn, signInAt(next.id, signIn?.value, arrival)));
	const stopped = stoppedByPerson(next, arrival.trying);
	return stopped ? { ...stopped, changes } : { admitted: true, connectionId: next.id, changes };
}

function newConnection({ crm, identity, trying, newId }: Arrival): Connection {
	return {
		id: newId(),
		crm,
		orgId: identity.orgId,
		name: identity.orgName,
		description: '',
		...factsOf(identity),
		status: 'active',
		statusSince: trying.now,
		runAutomatically: true,
		apiBudgetPercent: null,
		registeredAt: trying.now,
		deletedAt: null,
	};
}

function refreshed(connection: Connection, identity: ConnectionIdentity): Connection {
	const isNamedByPerson = connection.name !== connection.orgName;
	return { ...connection, ...factsOf(identity), name: isNamedByPerson ? connection.name : identity.orgName, deletedAt: null };
}

function factsOf({ orgName, edition, sandbox, instanceUrl }: ConnectionIdentity): Pick<Connection, 'orgName' | 'edition' | 'sandbox' | 'instanceUrl'> {
	return { orgName, edition, sandbox, instanceUrl };
}

function signInAt(connectionId: string, signIn: SignIn | undefined, { identity, trying }: Arrival): SignIn {
	const userId = identity.user.id;
	if (signIn?.connectionId === connectionId && isOvertaken(signIn, trying)) return signIn;
	if (signIn?.connectionId === connectionId) return { ...wellSignIn(signIn, trying), userId, otherOrg: null };
	return {
		credentialId: trying.credentialId,
		credentialType: trying.credentialType,
		credentialName: trying.credentialName,
		connectionId,
		userId,
		status: 'well',
		statusSince: trying.now,
		cause: null,
		lastWellAt: trying.now,
		unreachableSince: null,
		credentialFingerprint: trying.fingerprint,
		lastTriedAt: null,
		failedTries: 0,
		otherOrg: null,
	};
}
