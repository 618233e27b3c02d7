import { type StateStoreFailure, StateStoreError } from '../../model/stateStoreError';
import { FILE_WORDS, toFileError } from '../fileErrors';
import { Undo } from '../sql/undo';

type Failure = Exclude<StateStoreFailure, 'newer' | 'unreachable'>;

/** https://www.sqlite.org/rescode.html; the low byte is the primary code. */
const CODES: Readonly<Record<number, Failure>> = {
	3: 'misconfigured',
	5: 'locked',
	6: 'locked',
	8: 'misconfigured',
	11: 'corrupt',
	13: 'full',
	14: 'misconfigured',
	26: 'corrupt',
};
const UNIQUE_VIOLATIONS = [1555, 2067];

const WORDS: Readonly<Record<Failure, readonly [what: string, remedy: string]>> = {
	...FILE_WORDS,
	locked: ['is locked by another process', 'Try again; if it stays so, look which other program has that file open.'],
	corrupt: [
		'is no database, or is damaged',
		'Restore that file from a backup, or stop n8n and move it away with the files -wal and -shm beside it: the package then begins with an empty one.',
	],
};

function failureOf(errcode: number): Failure {
	return CODES[errcode & 0xff] ?? 'failed';
}

function codeOf(error: unknown): number | undefined {
	const { errcode } = (error ?? {}) as { errcode?: unknown };
	return typeof errcode === 'number' ? errcode : undefined;
}

/** Whether SQLite gave up because another process holds the file. */
export function isBusy(error: unknown): boolean {
	const errcode = codeOf(error);
	return errcode !== undefined && failureOf(errcode) === 'locked';
}

/** What failed on a SQLite file, as the error that leaves the store; `Undo` stays as it is. */
export function toSqliteError(error: unknown, file: string): Error {
	if (error instanceof StateStoreError || error instanceof Undo) return error;
	const subject = `The state store ${file}`;
	const errcode = codeOf(error);
	if (errcode === undefined) return toFileError(error, subject);
	if (UNIQUE_VIOLATIONS.includes(errcode)) return new Undo();
	const failure = failureOf(errcode);
	const [what, remedy] = WORDS[failure];
	return new StateStoreError(failure, `${subject} ${what} (SQLite ${errcode}: ${(error as Error).message}).`, remedy, error);
}

/** The error of a store that is used after it was closed. */
export function closedError(file: string): StateStoreError {
	return new StateStoreError('failed', `The state store ${file} was closed.`, 'Run it again.');
}

/** The error of a store whose file is no longer the one that was opened: what is written would be lost. */
export function replacedError(file: string): StateStoreError {
	return new StateStoreError('failed', `The state store ${file} was deleted or replaced while n8n used it.`, 'Restart n8n.');
}
