import { type StateStoreFailure, StateStoreError } from '../../model/stateStoreError';
import { Undo } from '../sql/undo';

type Failure = Exclude<StateStoreFailure, 'newer'>;

const UNIQUE_VIOLATION = '23505';

/** https://www.postgresql.org/docs/current/errcodes-appendix.html; the first entry that the code begins with counts. */
const CODES: readonly (readonly [code: string, failure: Failure])[] = [
	['08', 'unreachable'],
	['53100', 'full'],
	['53', 'unreachable'],
	['57014', 'locked'],
	['57P', 'unreachable'],
	['55P03', 'locked'],
	['40', 'locked'],
	['28', 'misconfigured'],
	['3D', 'misconfigured'],
	['42501', 'misconfigured'],
	['25006', 'misconfigured'],
	['XX001', 'corrupt'],
	['XX002', 'corrupt'],
];

const SUBJECT = 'The state store in PostgreSQL (CRM_SYNC_DATABASE_URL)';

const WORDS: Readonly<Record<Failure, readonly [what: string, remedy: string]>> = {
	full: ['cannot grow: the disk of the database server is full', 'Free some space there; nothing was half written.'],
	locked: ['is held by another process for too long', 'Try again; if it stays so, look which sessions hold locks in the schema crm_sync.'],
	corrupt: ['is damaged', 'Restore the schema crm_sync from a backup.'],
	unreachable: ['gives no answer', 'Check that the database server runs and can be reached from n8n; nothing was half written.'],
	misconfigured: [
		'refuses n8n',
		'Check user, password, database name and TLS in CRM_SYNC_DATABASE_URL, and that the user may create and write the schema crm_sync.',
	],
	failed: ['failed', 'See the reason in the message.'],
};

const WRONG_ADDRESS = /^ERR_INVALID_URL$|URI malformed|SSL|TLS|CERT/i;
const LOST = /terminat|timeout|timed out|closed|connect|not queryable/i;

interface Told {
	readonly code?: unknown;
	readonly message?: unknown;
	readonly severity?: unknown;
}

/** Whether the database itself said it: the connection then goes on. */
export function isFromServer(error: unknown): boolean {
	const { code, severity } = (error ?? {}) as Told;
	return typeof code === 'string' && /^[0-9A-Z]{5}$/.test(code) && severity === 'ERROR';
}

function failureOf(code: string, message: string): Failure {
	const known = CODES.find(([beginning]) => /^[0-9A-Z]{5}$/.test(code) && code.startsWith(beginning));
	if (known) return known[1];
	if (WRONG_ADDRESS.test(code) || WRONG_ADDRESS.test(message)) return 'misconfigured';
	return /^E[A-Z_]+$/.test(code) || LOST.test(message) ? 'unreachable' : 'failed';
}

/**
 * What failed on PostgreSQL, as the error that leaves the store; `Undo` stays as it is. The original error is not handed on: it may
 * hold the address with its password. What the server says is told only where it is about a statement, never where it is about a user.
 */
export function toPostgresError(error: unknown): Error {
	if (error instanceof StateStoreError || error instanceof Undo) return error;
	const { code, message } = (error ?? {}) as Told;
	if (code === UNIQUE_VIOLATION) return new Undo();
	const failure = failureOf(String(code ?? ''), String(message));
	const [what, remedy] = WORDS[failure];
	const reason = [code, failure === 'failed' ? message : undefined].filter(Boolean).join(': ');
	return new StateStoreError(failure, `${SUBJECT} ${what}${reason ? ` (${reason})` : ''}.`, remedy);
}

/** The error of a store that is used after it was closed. */
export function closedError(): StateStoreError {
	return new StateStoreError('failed', `${SUBJECT} was closed.`, 'Run it again.');
}
