import { join, resolve } from 'node:path';
import { sharedHandle } from '../processHandles';
import { IN_MEMORY } from '../settings';
import { SqliteDatabase } from './SqliteDatabase';
import { toSqliteError } from './sqliteErrors';
import { isSameFile, type OpenFile, openFile, openInMemory } from './stateFile';

/** Name of the database in its folder. */
export const STATE_FILE = 'state.sqlite';

const PATIENCE_MS = 3_000;

function closeFile({ sqlite }: OpenFile): void {
	if (sqlite.isOpen) sqlite.close();
}

/** Opens `state.sqlite` in the folder, or a database in memory; nothing has to be there before. */
export async function openSqlite(folder: string, patienceMs = PATIENCE_MS): Promise<SqliteDatabase> {
	const file = folder === IN_MEMORY ? 'in memory' : resolve(join(folder, STATE_FILE));
	const { handle, release } = folder === IN_MEMORY ? alone(openInMemory()) : sharedFile(file);
	const isThere = () => handle.inode === undefined || isSameFile(handle, file);
	const database = new SqliteDatabase({ sqlite: handle.sqlite, file, patienceMs, isThere, release });
	try {
		await database.prepare();
	} catch (error) {
		await database.close();
		throw error;
	}
	return database;
}

function alone(handle: OpenFile) {
	return { handle, release: async () => closeFile(handle) };
}

function sharedFile(file: string) {
	try {
		return sharedHandle({
			name: `sqlite ${file}`,
			open: () => openFile(file),
			isUsable: (open: OpenFile) => isSameFile(open, file),
			close: closeFile,
		});
	} catch (error) {
		throw toSqliteError(error, file);
	}
}
