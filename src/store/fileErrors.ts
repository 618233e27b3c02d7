import { type StateStoreFailure, StateStoreError } from '../model/stateStoreError';

const FULL = ['ENOSPC', 'EDQUOT'];
const NO_RIGHT_OR_PLACE = ['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'EISDIR', 'ENOENT', 'ELOOP', 'ENAMETOOLONG'];

/** What the failure of a file or folder is about, and what to do. */
export const FILE_WORDS = {
	full: ['cannot grow: the disk is full', 'Free some space on that disk; nothing was half written.'],
	misconfigured: ['cannot be opened or written', 'Let the user that n8n runs as read and write that file and its folder.'],
	failed: ['failed', 'See the reason in the message; check the disk and the file.'],
} as const satisfies Partial<Record<StateStoreFailure, readonly [what: string, remedy: string]>>;

function failureOf(code: string): keyof typeof FILE_WORDS {
	if (FULL.includes(code)) return 'full';
	return NO_RIGHT_OR_PLACE.includes(code) ? 'misconfigured' : 'failed';
}

/** What failed at a file or folder, as the error that leaves the store; `subject` begins its sentence. */
export function toFileError(error: unknown, subject: string): StateStoreError {
	if (error instanceof StateStoreError) return error;
	const { code, message } = (error ?? {}) as { code?: unknown; message?: unknown };
	const failure = failureOf(String(code));
	const [what, remedy] = FILE_WORDS[failure];
	return new StateStoreError(failure, `${subject} ${what} (${String(code ?? message)}).`, remedy, error);
}
