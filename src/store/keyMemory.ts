import type { KeyMemory } from '../model/stateStore';
import { checkKeys } from './refused';
import type { SqlDatabase } from './sql/sqlDatabase';
import { rowsOf, type Work } from './sql/work';

const FACT = 'fingerprintKey';

/** The id of the key of the store's fingerprints, kept as a fact about the store. */
export class SqlKeyMemory implements KeyMemory {
	constructor(private readonly database: SqlDatabase) {}

	async recognize(keyId: string): Promise<'same' | 'changed'> {
		checkKeys({ 'key id': keyId });
		const { build } = this.database;
		const known = await this.database.transaction(function* (): Work<string | undefined> {
			yield build
				.insertInto('facts')
				.values({ name: FACT, value: keyId })
				.onConflict((existing) => existing.column('name').doNothing())
				.compile();
			return (yield* rowsOf(build.selectFrom('facts').select('value').where('name', '=', FACT)))[0]?.value;
		});
		return known === keyId ? 'same' : 'changed';
	}

	async adopt(keyId: string): Promise<void> {
		checkKeys({ 'key id': keyId });
		const row = { name: FACT, value: keyId };
		await this.database.affected(
			this.database.build
				.insertInto('facts')
				.values(row)
				.onConflict((existing) => existing.column('name').doUpdateSet(row)),
		);
	}
}
