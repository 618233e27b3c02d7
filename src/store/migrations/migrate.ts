import { StateStoreError } from '../../model/stateStoreError';
import type { SqlDatabase } from '../sql/sqlDatabase';
import { rowsOf, type Work } from '../sql/work';
import { firstTables } from './firstTables';
import type { Migration } from './migration';
import { syncTables } from './syncTables';

/** All steps, in their order; new ones come at the end. */
export const migrations: readonly Migration[] = [firstTables, syncTables];

function newer(found: number, known: number): StateStoreError {
	return new StateStoreError(
		'newer',
		`The state store was written by a later version of n8n-nodes-crm-sync (structure ${found}; this version knows ${known}).`,
		'Update n8n-nodes-crm-sync on this n8n, or restore the state store from a backup made before the update.',
	);
}

/**
 * Brings the database to the structure that this version knows. Safe when several processes begin at once: the others wait and find
 * it done. A failure leaves the structure that was there before.
 */
export async function migrate(database: SqlDatabase, clock: () => Date, steps: readonly Migration[] = migrations): Promise<void> {
	const { build, text, bytes, structureLock } = database;
	await database.transaction(function* (): Work<void> {
		for (const statement of structureLock) yield statement;
		yield build.schema
			.createTable('migrations')
			.ifNotExists()
			.addColumn('number', 'integer', (column) => column.notNull().primaryKey())
			.addColumn('name', text, (column) => column.notNull())
			.addColumn('madeAt', text, (column) => column.notNull())
			.compile();
		const made = yield* rowsOf(build.selectFrom('migrations').select('number').orderBy('number', 'desc').limit(1));
		const found = made[0]?.number ?? 0;
		if (found > steps.length) throw newer(found, steps.length);
		for (const [index, { name, statements }] of steps.entries()) {
			if (index < found) continue;
			for (const statement of statements({ schema: build.schema, text, bytes })) yield statement;
			yield build
				.insertInto('migrations')
				.values({ number: index + 1, name, madeAt: clock().toISOString() })
				.compile();
		}
	});
}
