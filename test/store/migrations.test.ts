import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { migrate, migrations } from '../../src/store/migrations/migrate';
import type { Migration } from '../../src/store/migrations/migration';
import { openStateStore } from '../../src/store/openStateStore';
import { openSqlite } from '../../src/store/sqlite/openSqlite';
import { clock, storeFolder } from './storeFolder';

const folder = storeFolder();
const known = migrations.length;

const further: Migration = {
	name: 'further',
	statements: ({ schema, text }) => [schema.createTable('further').addColumn('id', text).compile()],
};
const failing: Migration = {
	name: 'failing',
	statements: ({ schema, text }) => [
		schema.createTable('half').addColumn('id', text).compile(),
		schema.createTable('connections').addColumn('id', text).compile(),
	],
};

async function migrateTo(steps: readonly Migration[]): Promise<void> {
	const database = await openSqlite(folder());
	await migrate(database, clock, steps).finally(async () => await database.close());
}

function read(sql: string): unknown[] {
	const sqlite = new DatabaseSync(join(folder(), 'state.sqlite'), { readOnly: true });
	const rows = sqlite.prepare(sql).all();
	sqlite.close();
	return rows.flatMap((row) => Object.values(row));
}

const tables = () => read("select name from sqlite_master where type = 'table' order by name");

it('makes each step once, in order, and writes down which', async () => {
	await migrateTo(migrations);
	await migrateTo(migrations);
	await migrateTo([...migrations, further]);
	expect(read('select number from migrations')).toEqual([...migrations, further].map((_, index) => index + 1));
	expect(read('select name from migrations')).toEqual([...migrations, further].map(({ name }) => name));
	expect(new Set(read('select made_at from migrations'))).toEqual(new Set(['2026-01-01T00:00:00.000Z']));
	expect(tables()).toContain('further');
});

it('refuses a store that a later version wrote, and changes nothing in it', async () => {
	await migrateTo([...migrations, further]);
	const open = openStateStore({ kind: 'sqlite', folder: folder() }, clock);
	await expect(open).rejects.toMatchObject({
		failure: 'newer',
		message: `The state store was written by a later version of n8n-nodes-crm-sync (structure ${known + 1}; this version knows ${known}).`,
		remedy: expect.stringContaining('Update'),
	});
	expect(tables()).toContain('further');
});

it('leaves the former structure when a step fails', async () => {
	await migrateTo(migrations);
	const before = tables();
	await expect(migrateTo([...migrations, further, failing])).rejects.toMatchObject({ name: 'StateStoreError', failure: 'failed' });
	expect(tables()).toEqual(before);
	expect(read('select count(*) from migrations')).toEqual([known]);
});

// Stores out there have it: whoever needs another structure adds a step.
it('never changes a step that was published', async () => {
	await migrateTo(migrations.slice(0, 1));
	expect(read("select sql from sqlite_master where sql is not null and name not like 'migrations%' order by name")).toMatchInlineSnapshot(`
		[
		  "CREATE TABLE "connections" ("id" text not null primary key, "crm" text not null, "org_id" text not null, "name" text not null, "name_key" text not null, "description" text not null, "org_name" text not null, "edition" text not null, "sandbox" bigint not null, "instance_url" text not null, "status" text not null, "status_since" text not null, "run_automatically" bigint not null, "api_budget_percent" double precision, "registered_at" text not null, "deleted_at" text, "version" bigint not null, constraint "connections_unique" unique ("crm", "org_id"))",
		  "CREATE TABLE "facts" ("name" text not null primary key, "value" text not null)",
		  "CREATE TABLE "leases" ("scope" text not null primary key, "owner" text not null, "fence" bigint not null, "expires_at" text not null)",
		  "CREATE TABLE "refusals" ("fingerprint" text not null primary key, "refused_at" text not null, "code" text not null, "words" text not null)",
		  "CREATE TABLE "runs" ("id" text not null primary key, "connection_id" text, "credential_id" text, "node_type" text not null, "node_name" text not null, "operation" text not null, "workflow_id" text, "workflow_name" text, "execution_id" text, "execution_url" text, "manual" bigint not null, "started_at" text not null, "finished_at" text, "outcome" text not null, "words" text not null, "counts" text not null, "calls" bigint not null)",
		  "CREATE INDEX "runs_by_connection" on "runs" ("connection_id", "started_at", "id")",
		  "CREATE INDEX "runs_by_credential" on "runs" ("credential_id", "started_at", "id")",
		  "CREATE INDEX "runs_by_start" on "runs" ("started_at", "id")",
		  "CREATE TABLE "sign_ins" ("credential_id" text not null primary key, "credential_type" text not null, "credential_name" text not null, "connection_id" text not null, "user_id" text not null, "status" text not null, "status_since" text not null, "cause" text, "last_well_at" text, "unreachable_since" text, "credential_fingerprint" text not null, "last_tried_at" text, "failed_tries" bigint not null, "other_org" text, "version" bigint not null)",
		  "CREATE INDEX "sign_ins_by_connection" on "sign_ins" ("connection_id")",
		]
	`);
});
