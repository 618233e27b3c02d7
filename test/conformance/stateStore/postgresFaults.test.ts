import { type AddressInfo, createServer } from 'node:net';
import { sql } from 'kysely';
import { Client } from 'pg';
import type { StateStore } from '../../../src/model/stateStore';
import { StateStoreError } from '../../../src/model/stateStoreError';
import { migrate, migrations } from '../../../src/store/migrations/migrate';
import { openStateStore } from '../../../src/store/openStateStore';
import { openPostgres } from '../../../src/store/postgres/openPostgres';
import type { Work } from '../../../src/store/sql/work';
import { connection } from './samples';
import { type PostgresServer, startPostgres } from './startPostgres';

const clock = () => new Date('2026-01-01T00:00:00.000Z');
const added = (id: string) => ({ connections: [{ value: connection(id), basedOn: 0 }] });

let server: PostgresServer;
let databases = 0;

beforeAll(async () => {
	server = await startPostgres();
}, 60_000);

afterAll(async () => {
	await server.stop();
});

/** A new database; its name. */
async function newDatabase(): Promise<string> {
	databases += 1;
	await server.query('postgres', `create database faults_${databases}`);
	return `faults_${databases}`;
}

async function open(url: string): Promise<StateStore> {
	return await openStateStore({ kind: 'postgres', url, encryptionKey: 'a passphrase of the tests' }, clock);
}

/** What an attempt fails with, after a look that it tells nothing of the address. */
async function failureOf(attempt: Promise<unknown>): Promise<string> {
	const error = await attempt.then(
		() => new Error('It worked.'),
		(failure: unknown) => failure as Error,
	);
	expect(error).toBeInstanceOf(StateStoreError);
	expect([error.message, JSON.stringify(error), error.stack].join()).not.toMatch(/postgres(ql)?:|p@ss|p%40ss|word%3A1/);
	expect(error.cause).toBeUndefined();
	return `${(error as StateStoreError).failure}: ${error.message}`;
}

describe('an address that is wrong', () => {
	it.each([
		['password', (url: string) => url.replace('word%3A1', 'word%3A2'), /^misconfigured: .* refuses n8n \(28P01\)/],
		['user', (url: string) => url.replace('//postgres:', '//nobody:'), /^misconfigured: .* \(28P01\)/],
		['database', (url: string) => url.replace(/\/\w+$/, '/none'), /^misconfigured: .* \(3D000\)/],
		['port', (url: string) => url.replace(/:\d+\//, ':1/'), /^unreachable: .* \(ECONNREFUSED\)/],
		['host', (url: string) => url.replace('127.0.0.1', 'no-such-host.invalid'), /^unreachable: /],
		['percent sign', (url: string) => url.replace('%40', '%'), /^misconfigured: /],
		['demand for TLS', (url: string) => `${url}?sslmode=verify-full`, /^misconfigured: /],
	])('is told in words: %s', async (_, change, words) => {
		expect(await failureOf(open(change(server.url('postgres'))))).toMatch(words);
	});

	it('is told in words: a server that says nothing', async () => {
		const silent = createServer().listen(0, '127.0.0.1');
		await new Promise((resolve) => silent.once('listening', resolve));
		const { port } = silent.address() as AddressInfo;
		expect(await failureOf(open(`postgres://postgres:p%40ssword@127.0.0.1:${port}/crm`))).toMatch(/^unreachable: /);
		silent.close();
	}, 20_000);
});

it('stores nothing when the connection is lost in the middle, and goes on with another one', async () => {
	const url = server.url(await newDatabase());
	const database = openPostgres(url);
	await migrate(database, clock);
	const lostMidway = database.transaction(function* (): Work<void> {
		yield database.build.insertInto('facts').values({ name: 'half', value: 'written' }).compile();
		yield sql`select pg_terminate_backend(pg_backend_pid())`.compile(database.build);
		yield database.build.insertInto('facts').values({ name: 'other half', value: 'written' }).compile();
	});
	expect(await failureOf(lostMidway)).toMatch(/^unreachable: /);
	expect(await database.rows(database.build.selectFrom('facts').selectAll())).toEqual([]);
	await database.close();
});

it('survives that the server ends its idle connections', async () => {
	const name = await newDatabase();
	const store = await open(server.url(name));
	await store.connections.commit(added('c1'));
	await server.query('postgres', `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${name}'`);
	// The client may not have read yet that it was cut off; it is told then, and has another one the next time.
	await store.connections.find('c1').catch(() => undefined);
	expect(await store.connections.find('c1')).toMatchObject({ version: 1 });
	await store.close();
});

it('tells a full disk, and has stored nothing', async () => {
	const name = await newDatabase();
	const store = await open(server.url(name));
	await server.query(
		name,
		`create function no_room() returns trigger language plpgsql as $$ begin
			if new.id = 'c2' then raise exception 'no space left on device' using errcode = 'disk_full'; end if; return new; end $$;
		create trigger no_room before insert on crm_sync.connections for each row execute function no_room()`,
	);
	const both = { connections: [...added('c1').connections, ...added('c2').connections] };
	expect(await failureOf(store.connections.commit(both))).toMatch(/^full: .* \(53100\)/);
	expect((await store.connections.list({ limit: 10 })).items).toEqual([]);
	expect(await store.connections.commit(added('c1'))).toBe(true);
	await store.close();
});

it('gives up waiting for a lock that somebody holds', async () => {
	const url = server.url(await newDatabase());
	const store = await open(url);
	const holder = new Client({ connectionString: url });
	await holder.connect();
	await holder.query('begin; lock table crm_sync.connections');
	expect(await failureOf(store.connections.commit(added('c1')))).toMatch(/^locked: .* \(55P03\)/);
	await holder.end();
	expect(await store.connections.commit(added('c1'))).toBe(true);
	await store.close();
}, 30_000);

it('says that the server is gone', async () => {
	const own = await startPostgres();
	const store = await open(own.url('postgres'));
	await own.stop();
	expect(await failureOf(store.connections.commit(added('c1')))).toMatch(/^unreachable: /);
	expect(await failureOf(store.connections.find('c1'))).toMatch(/^unreachable: /);
	await store.close();
}, 60_000);

it('refuses a store that a later version wrote', async () => {
	const name = await newDatabase();
	await (await open(server.url(name))).close();
	await server.query(name, `insert into crm_sync.migrations values (${migrations.length + 1}, 'later', '')`);
	expect(await failureOf(open(server.url(name)))).toMatch(/^newer: /);
});

it('is content with a user who was given the schema and may do nothing else', async () => {
	const name = await newDatabase();
	await server.query(
		name,
		`create role sync_user login password 'sync'; revoke create on database ${name} from public; create schema crm_sync authorization sync_user`,
	);
	const url = server.url(name).replace(/\/\/[^@]*@/, '//sync_user:sync@');
	const store = await open(url);
	expect(await store.connections.commit(added('c1'))).toBe(true);
	await store.close();
	await server.query(name, 'revoke all on schema crm_sync from sync_user; alter schema crm_sync owner to postgres');
	expect(await failureOf(open(url))).toMatch(/^misconfigured: .* \(42501\)/);
});
