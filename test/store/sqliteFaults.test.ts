import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, readFileSync, truncateSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { setImmediate } from 'node:timers/promises';
import { connection } from '../conformance/stateStore/samples';
import { migrate } from '../../src/store/migrations/migrate';
import { openStateStore } from '../../src/store/openStateStore';
import { openSqlite } from '../../src/store/sqlite/openSqlite';
import { SqliteDatabase } from '../../src/store/sqlite/SqliteDatabase';
import { SqlStateStore } from '../../src/store/SqlStateStore';
import { clock, storeFolder } from './storeFolder';

const folder = storeFolder();
const file = () => join(folder(), 'state.sqlite');
const added = (id: string, description = '') => ({ connections: [{ value: connection(id, { description }), basedOn: 0 }] });

async function open() {
	return await openStateStore({ kind: 'sqlite', folder: folder() }, clock);
}

function error(failure: string, ...words: readonly string[]) {
	return { name: 'StateStoreError', failure, message: expect.stringMatching(words.join('.*')), remedy: expect.stringMatching(/\.$/) };
}

it('leaves a file that is no database as it is, and says which file and what to do', async () => {
	mkdirSync(folder(), { recursive: true });
	writeFileSync(file(), 'Dear diary, '.repeat(500));
	await expect(open()).rejects.toMatchObject(error('corrupt', 'state.sqlite is no database, or is damaged'));
	expect(readFileSync(file(), 'utf8')).toBe('Dear diary, '.repeat(500));
});

it('tells a damaged database', async () => {
	const store = await open();
	await store.connections.commit(added('c1', 'x'.repeat(100_000)));
	await store.close();
	truncateSync(file(), 8192);
	const attempt = open().then(async (damaged) => {
		const found = damaged.connections.find('c1');
		return await found.finally(async () => await damaged.close());
	});
	await expect(attempt).rejects.toMatchObject(error('corrupt', 'state.sqlite'));
});

it('stores nothing of what does not fit on a full disk, and goes on when there is room', async () => {
	const sqlite = new DatabaseSync(':memory:');
	const database = new SqliteDatabase({
		sqlite,
		file: '/data/state.sqlite',
		patienceMs: 0,
		isThere: () => true,
		release: async () => sqlite.close(),
	});
	await migrate(database, clock);
	const store = new SqlStateStore(database, clock);
	const { page_count: pages } = sqlite.prepare('pragma page_count').get() as { page_count: number };
	sqlite.exec(`pragma max_page_count = ${pages + 4}`);
	const tooMuch = { connections: [...added('c1').connections, ...added('c2', 'x'.repeat(100_000)).connections] };
	await expect(store.connections.commit(tooMuch)).rejects.toMatchObject(error('full', '/data/state.sqlite cannot grow: the disk is full'));
	expect((await store.connections.list({ limit: 10 })).items).toEqual([]);
	expect(await store.connections.commit(added('c1'))).toBe(true);
	sqlite.exec('pragma max_page_count = 100000');
	expect(await store.connections.commit(added('c2', 'x'.repeat(100_000)))).toBe(true);
	await store.close();
});

it('waits for another process that holds the file, and lets the rest of n8n work meanwhile', async () => {
	const store = await open();
	const other = new DatabaseSync(file());
	other.exec('begin immediate');
	let isStored = false;
	const commit = store.connections.commit(added('c1')).then((stored) => (isStored = stored));
	for (let turn = 0; turn < 20; turn += 1) await setImmediate();
	expect(isStored).toBe(false);
	other.exec('rollback');
	expect(await commit).toBe(true);
	other.close();
	await store.close();
});

it('says that the file is locked when that takes too long, and has stored nothing', async () => {
	const database = await openSqlite(folder(), 100);
	await migrate(database, clock);
	const store = new SqlStateStore(database, clock);
	const other = new DatabaseSync(file());
	other.exec('begin immediate');
	await expect(store.connections.commit(added('c1'))).rejects.toMatchObject(error('locked', 'state.sqlite is locked by another process'));
	expect(await store.connections.find('c1')).toBeUndefined();
	other.exec('rollback');
	expect(await store.connections.commit(added('c1'))).toBe(true);
	other.close();
	await store.close();
});

it('has nothing of a transaction in which its process was killed', async () => {
	const store = await open();
	const script = `
		const { DatabaseSync } = require('node:sqlite');
		const other = new DatabaseSync(process.argv[1]);
		other.exec("begin immediate; insert into facts (name, value) values ('half', 'written')");
		console.log('written');
		setInterval(() => {}, 1000);`;
	const child = spawn(process.execPath, ['-e', script, file()], { stdio: ['ignore', 'pipe', 'inherit'] });
	await once(child.stdout, 'data');
	child.kill('SIGKILL');
	await once(child, 'exit');
	expect(await store.connections.commit(added('c1'))).toBe(true);
	await store.close();
	const facts = new DatabaseSync(file(), { readOnly: true });
	expect(facts.prepare('select name from facts').all()).toEqual([]);
	facts.close();
});

it('says that the folder cannot be made', async () => {
	mkdirSync(dirname(dirname(folder())), { recursive: true });
	writeFileSync(dirname(folder()), 'a file where the folder should be');
	await expect(open()).rejects.toMatchObject(error('misconfigured', 'state.sqlite cannot be opened or written'));
});
