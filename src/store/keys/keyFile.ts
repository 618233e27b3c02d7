import { randomUUID } from 'node:crypto';
import { constants, copyFileSync, linkSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StateStoreError } from '../../model/stateStoreError';
import { toFileError } from '../fileErrors';
import { keepToOwner, OWNER_ONLY_FILE, ownFolder } from '../ownFiles';
import { newSecret, secretOf } from './masterSecret';

const KEY_FILE = 'keys.json';

/** How file systems without hard links refuse one. */
const NO_LINKS = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EMLINK'];

function codeOf(error: unknown): string {
	return String((error as NodeJS.ErrnoException).code);
}

function secretIn(text: string): Uint8Array | undefined {
	try {
		const { secret } = JSON.parse(text) as { secret?: unknown };
		return typeof secret === 'string' ? secretOf(secret) : undefined;
	} catch {
		return undefined;
	}
}

function unreadable(file: string): StateStoreError {
	return new StateStoreError(
		'corrupt',
		`The key file ${file} does not hold what this package wrote into it.`,
		'Restore it from a backup. Without one, move it away: a new key is made, and nothing is tried again by itself that the former key guarded.',
	);
}

/** The secret in the file; `undefined` where there is no file. */
function read(file: string): Uint8Array | undefined {
	let text: string;
	try {
		text = readFileSync(file, 'utf8');
	} catch (error) {
		if (codeOf(error) === 'ENOENT') return undefined;
		throw error;
	}
	keepToOwner(file);
	const secret = secretIn(text);
	if (!secret) throw unreadable(file);
	return secret;
}

/** Does it, unless another process was faster. */
function unlessThere(action: () => void): void {
	try {
		action();
	} catch (error) {
		if (codeOf(error) !== 'EEXIST') throw error;
	}
}

/** Gives a finished file its name, unless another process was faster. */
function publish(finished: string, file: string): void {
	try {
		unlessThere(() => linkSync(finished, file));
	} catch (error) {
		if (!NO_LINKS.includes(codeOf(error))) throw error;
		unlessThere(() => copyFileSync(finished, file, constants.COPYFILE_EXCL));
	}
}

function make(file: string): Uint8Array {
	const finished = `${file}.${randomUUID()}`;
	const about = 'Key of n8n-nodes-crm-sync for fingerprints. Keep it, and back it up together with state.sqlite.';
	const content = JSON.stringify({ about, secret: Buffer.from(newSecret()).toString('base64') }, undefined, '\t');
	try {
		writeFileSync(finished, `${content}\n`, { mode: OWNER_ONLY_FILE, flag: 'wx', flush: true });
		publish(finished, file);
	} finally {
		rmSync(finished, { force: true });
	}
	const secret = read(file);
	if (!secret) throw unreadable(file);
	return secret;
}

/** The secret in the folder's key file, which is made if it is not there; two processes at once end with the same one. */
export function secretInFolder(folder: string): Uint8Array {
	const file = join(folder, KEY_FILE);
	try {
		ownFolder(folder);
		return read(file) ?? make(file);
	} catch (error) {
		throw toFileError(error, `The key file ${file}`);
	}
}
