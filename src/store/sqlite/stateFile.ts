import { statSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ownFile, ownFolder } from '../ownFiles';

/** How long SQLite itself waits for another process. Short, because nothing else in n8n gets a turn meanwhile. */
const BUSY_TIMEOUT_MS = 50;

/** A handle, and what identifies its file, so that one that was replaced or deleted meanwhile is told. */
export interface OpenFile {
	readonly sqlite: DatabaseSync;
	readonly inode: bigint | undefined;
}

/** Opens the database file, made if it is not there; SQLite gives the files beside it the same rights. */
export function openFile(file: string): OpenFile {
	ownFolder(dirname(file));
	ownFile(file);
	return { sqlite: new DatabaseSync(file, { timeout: BUSY_TIMEOUT_MS }), inode: inodeOf(file) };
}

/** A database that exists only in the memory of this process. */
export function openInMemory(): OpenFile {
	return { sqlite: new DatabaseSync(':memory:'), inode: undefined };
}

function inodeOf(file: string): bigint | undefined {
	return statSync(file, { bigint: true, throwIfNoEntry: false })?.ino;
}

/** Whether the file is still the one that was opened. */
export function isSameFile({ sqlite, inode }: OpenFile, file: string): boolean {
	return sqlite.isOpen && inodeOf(file) === inode;
}
