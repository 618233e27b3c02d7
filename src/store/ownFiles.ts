import { chmodSync, closeSync, mkdirSync, openSync, statSync } from 'node:fs';

const OWNER_ONLY_FOLDER = 0o700;

/** The mode of a file that only its owner reads and writes. */
export const OWNER_ONLY_FILE = 0o600;

function permit(path: string, mode: number): void {
	if ((statSync(path).mode & 0o777) !== mode) chmodSync(path, mode);
}

/** A folder that only its owner may look into, made if it is not there. */
export function ownFolder(folder: string): void {
	mkdirSync(folder, { recursive: true, mode: OWNER_ONLY_FOLDER });
	permit(folder, OWNER_ONLY_FOLDER);
}

/** Makes a file empty if it is not there. */
export function ownFile(file: string): void {
	closeSync(openSync(file, 'a', OWNER_ONLY_FILE));
	keepToOwner(file);
}

/** Takes away the rights that others have on a file. */
export function keepToOwner(file: string): void {
	permit(file, OWNER_ONLY_FILE);
}
