import { statSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { Compilable, CompiledQuery } from 'kysely';
import { migrate } from '../../src/store/migrations/migrate';
import type { SqlDatabase } from '../../src/store/sql/sqlDatabase';
import type { Work } from '../../src/store/sql/work';
import { openSqlite } from '../../src/store/sqlite/openSqlite';
import { SqlLeaseStore } from '../../src/store/leasesStore';
import { SqlSyncState } from '../../src/store/sync/SqlSyncState';
import { clock, storeFolder } from './storeFolder';

const folder = storeFolder();
const scope = { connectionId: 'c', entity: 'Lead', appName: 'Shop' };

/** The database, and every statement that it was given. */
async function listenedTo(): Promise<{ readonly database: SqlDatabase; readonly said: CompiledQuery[] }> {
	const database = await openSqlite(folder());
	await migrate(database, clock);
	const said: CompiledQuery[] = [];
	const heard = <C extends Compilable>(statement: C): C => {
		said.push(statement.compile());
		return statement;
	};
	function* listened<T>(work: Work<T>): Work<T> {
		let step = work.next();
		while (!step.done) {
			said.push(step.value);
			step = work.next(yield step.value);
		}
		return step.value;
	}
	const { rows, affected, transaction } = database;
	database.rows = async (statement) => await rows.call(database, heard(statement)) as never;
	database.affected = async (statement) => await affected.call(database, heard(statement));
	database.transaction = async (work) => await transaction.call(database, () => listened(work())) as never;
	return { database, said };
}

/** How SQLite goes about it, by statement. */
function plansOf(said: readonly CompiledQuery[]): ReadonlyMap<string, string> {
	const sqlite = new DatabaseSync(join(folder(), 'state.sqlite'));
	const plan = ({ sql, parameters }: CompiledQuery) => sqlite.prepare(`explain query plan ${sql}`).all(...(parameters as string[])).map(({ detail }) => String(detail)).join('; ');
	const plans = new Map(said.filter(({ sql }) => /^(?:select|update|delete)/.test(sql)).map((one) => [one.sql, plan(one)]));
	sqlite.close();
	return plans;
}

test('nothing that a run asks goes through all links or sorts them', async () => {
	const { database, said } = await listenedTo();
	const state = new SqlSyncState(database, clock);
	const lease = (await new SqlLeaseStore(database, clock).acquire('sync', 'run', 60_000))!;
	const link = { id: 'l', syncId: 's', appId: 'a', crmId: 'c', keyHash: null, base: new Uint8Array(), ended: null, endedAt: null, successor: null };
	await state.commit({ sync: { id: 's', scope, mapping: '{}', keyId: 'k', userId: 'u', cursor: null, runs: 0, inDoubt: false, unread: false }, links: [link] }, lease);
	said.length = 0;
	const { links } = state;
	await Promise.all([links.byIds('s', ['1', '2']), links.byAppIds('s', ['1', '2']), links.byCrmIds('s', ['1', '2']), links.byKeyHashes('s', ['1', '2'])]);
	await links.byAncestors({ ...scope, entity: 'Contact' }, { appIds: ['1', '2'], crmIds: ['3', '4'] });
	await links.list('s', 2);
	await links.list('s', 2, Buffer.from('["links","","1"]').toString('base64url'));
	await links.count(scope);
	await state.deliveriesOf('s', ['1', '2']);
	await state.deliveriesByIds('s', ['1', '2']);
	await state.listDeliveries('s', 2, { unsent: true });
	await state.listReports('s', 2);
	await state.listReports('s', 2, Buffer.from('["reports","","1"]').toString('base64url'));
	await state.handOver('s', lease);
	await state.holdsOf('s', ['1', '2']);
	await state.holdsByKeyHashes('s', ['1', '2']);
	await state.listIntents('s', 2);
	await state.counted('c', 'Lead', '2026-01-01T00:00:00.000Z');
	await state.commit({ endedDeliveries: ['1'], endedIntents: ['1'], endedHolds: [{ syncId: 's', subject: 'x', field: '' }] }, lease);
	// In the order of an index, and only as far as a page goes, it may.
	const costly = [...plansOf(said)].filter(([sql, plan]) => plan.includes('TEMP B-TREE') || (plan.includes('SCAN') && !sql.includes(' limit ')));
	expect(costly).toEqual([]);
	expect(said.length).toBeGreaterThan(20);
	await database.close();
});

test('what runs note makes the file no larger', async () => {
	const database = await openSqlite(folder());
	await migrate(database, clock);
	const size = () => ['', '-wal'].reduce((sum, end) => sum + statSync(join(folder(), `state.sqlite${end}`)).size, 0);
	const before = size();
	const { notes } = new SqlSyncState(database, clock);
	for (let page = 0; page < 5; page++) await notes.add('s', 'seen', Array.from({ length: 1_000 }, (_, at) => [`record ${page} ${at}`, 'a version of it'] as const));
	expect((await notes.find('s', 'seen', ['record 4 999'])).get('record 4 999')).toEqual(['a version of it']);
	await notes.forget('s');
	expect(await notes.find('s', 'seen', ['record 4 999'])).toEqual(new Map());
	expect(size()).toBe(before);
	await database.close();
});
