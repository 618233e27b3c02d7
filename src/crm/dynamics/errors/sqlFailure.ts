import type { KnownFailure } from '../../errors/knownFailure';

/** The code with which Dataverse passes on whatever its database refuses. */
export const sqlErrorCode = '0x80044150';

// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/bulk-operations#sql-error
const locked: KnownFailure = {
	kind: 'conflict',
	words: 'Somebody else was saving the record, or one it is linked to, at the same moment.',
	remedy: 'Run it again.',
	transient: true,
};
const cutOff: KnownFailure = {
	kind: 'unavailable',
	words: 'Dynamics 365 lost its database in the middle of the work. It said: {said}',
	remedy: 'Try again later.',
	transient: true,
};
const refused: KnownFailure = {
	kind: 'validation',
	words: 'The database of Dynamics 365 refused the record. It said: {said}',
	remedy: 'Compare the values with what the columns take; if nothing is wrong with them, show this to your Dynamics 365 administrator.',
};

/**
 * Numbers with which SQL Server loses a connection; what was done by then it does not say.
 * https://learn.microsoft.com/en-us/azure/azure-sql/database/troubleshoot-common-errors-issues#list-of-transient-fault-error-codes
 */
const lostConnections: ReadonlySet<number> = new Set([-2, -1, 2, 20, 53, 64, 121, 233, 258, 4060, 10053, 10054, 10060, 10061, 40143, 40197, 40501, 40540, 40613, 49918, 49919, 49920]);

/** What a failure of the database means, which its sentence alone tells: a lock of somebody else, a lost connection, or a value that it does not take. */
export function sqlFailure(message: string): KnownFailure {
	if (/Sql Number: 1205\b|deadlock/i.test(message)) return locked;
	return isLostConnection(message) ? cutOff : refused;
}

/** Whether nobody knows what the database did. */
export function isLostConnection(message: string): boolean {
	const number = /Sql Number: (-?\d{1,6})\b/i.exec(message)?.[1];
	return number !== undefined && lostConnections.has(Number(number));
}
