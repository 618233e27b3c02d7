import type { RunNotes } from '../../model/syncState';
import { checkKeys } from '../refused';
import type { SqlDatabase } from '../sql/sqlDatabase';
import { rowsOf, type Work } from '../sql/work';
import { inRows } from './inRows';
import { syncNumber } from './syncNumber';

/** What a run notes while it goes, in SQL. */
export class SqlNotes implements RunNotes {
	constructor(private readonly database: SqlDatabase) {}

	async add(syncId: string, kind: string, notes: readonly (readonly [key: string, value: string])[]): Promise<void> {
		if (notes.length === 0) return;
		for (const [key, value] of notes) checkKeys({ note: key, 'value of a note': value });
		const { build } = this.database;
		const sync = syncNumber(syncId);
		const rows = notes.map(([key, value]) => ({ sync, kind, key, value }));
		await this.database.transaction(function* (): Work<void> {
			for (const some of inRows(rows)) {
				yield* rowsOf(build.insertInto('syncNotes').values(some).onConflict((noted) => noted.columns(['sync', 'kind', 'key', 'value']).doNothing()));
			}
		});
	}

	async find(syncId: string, kind: string, keys: readonly string[]): Promise<ReadonlyMap<string, readonly string[]>> {
		if (keys.length === 0) return new Map();
		const found = this.database.build.selectFrom('syncNotes').select(['key', 'value']).where('sync', '=', syncNumber(syncId)).where('kind', '=', kind);
		const rows = await this.database.rows(found.where('key', 'in', keys));
		const notes = new Map<string, string[]>();
		for (const { key, value } of rows) notes.set(key, [...(notes.get(key) ?? []), value]);
		return notes;
	}

	async forget(syncId: string): Promise<void> {
		await this.database.affected(this.database.build.deleteFrom('syncNotes').where('sync', '=', syncNumber(syncId)));
	}
}
