import type { Connection, SignIn } from '../model/connection';
import type { Position } from './paging';
import { storableText } from './sql/storableText';
import type { ConnectionRow, SignInRow } from './sql/tables';
import { fromJson } from './storedJson';

const NAME_KEY_LENGTH = 100;

export const connectionColumns = [
	'id',
	'crm',
	'orgId',
	'name',
	'nameKey',
	'description',
	'orgName',
	'edition',
	'sandbox',
	'instanceUrl',
	'status',
	'statusSince',
	'runAutomatically',
	'apiBudgetPercent',
	'registeredAt',
	'deletedAt',
	'version',
] as const satisfies readonly (keyof ConnectionRow)[];

export const signInColumns = [
	'credentialId',
	'credentialType',
	'credentialName',
	'connectionId',
	'userId',
	'status',
	'statusSince',
	'cause',
	'lastWellAt',
	'unreachableSince',
	'credentialFingerprint',
	'lastTriedAt',
	'failedTries',
	'otherOrg',
	'version',
] as const satisfies readonly (keyof SignInRow)[];

/** What connections are listed by: the beginning of the name, whatever its case. */
function nameKey(name: string): string {
	return storableText(name.toLowerCase().slice(0, NAME_KEY_LENGTH));
}

/** Named one by one: what the caller's object carries beside them is not stored. */
export function connectionRow(connection: Connection, version: number): ConnectionRow {
	const { id, crm, orgId, name, description, orgName, edition, sandbox, instanceUrl } = connection;
	const { status, statusSince, runAutomatically, apiBudgetPercent, registeredAt, deletedAt } = connection;
	return {
		...{ id, crm, orgId, name, nameKey: nameKey(name), description, orgName, edition, sandbox: Number(sandbox), instanceUrl },
		...{ status, statusSince, runAutomatically: Number(runAutomatically), apiBudgetPercent, registeredAt, deletedAt, version },
	};
}

export function connectionOf(row: ConnectionRow): Connection {
	const { id, crm, orgId, name, description, orgName, edition, instanceUrl } = row;
	const { status, statusSince, apiBudgetPercent, registeredAt, deletedAt } = row;
	return {
		...{ id, crm, orgId, name, description, orgName, edition, sandbox: row.sandbox === 1, instanceUrl },
		...{ status, statusSince, runAutomatically: row.runAutomatically === 1, apiBudgetPercent, registeredAt, deletedAt },
	};
}

export function connectionKey(row: ConnectionRow): Position {
	return { key: row.nameKey, id: row.id };
}

/** Named one by one, as above. */
export function signInRow(signIn: SignIn, version: number): SignInRow {
	const { credentialId, credentialType, credentialName, connectionId, userId, status, statusSince } = signIn;
	const { cause, lastWellAt, unreachableSince, credentialFingerprint, lastTriedAt, failedTries, otherOrg } = signIn;
	return {
		...{ credentialId, credentialType, credentialName, connectionId, userId, status, statusSince },
		...{ cause: cause && JSON.stringify(cause), lastWellAt, unreachableSince, credentialFingerprint, lastTriedAt, failedTries },
		...{ otherOrg: otherOrg && JSON.stringify(otherOrg), version },
	};
}

export function signInOf(row: SignInRow): SignIn {
	const { credentialId, credentialType, credentialName, connectionId, userId, status, statusSince } = row;
	const { cause, lastWellAt, unreachableSince, credentialFingerprint, lastTriedAt, failedTries, otherOrg } = row;
	return {
		...{ credentialId, credentialType, credentialName, connectionId, userId, status, statusSince },
		...{ cause: cause === null ? null : fromJson(cause), lastWellAt, unreachableSince, credentialFingerprint, lastTriedAt, failedTries },
		otherOrg: otherOrg === null ? null : fromJson(otherOrg),
	};
}
