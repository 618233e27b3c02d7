import type { Connection, SignIn } from '../model/connection';
import type { CrmKind } from '../model/crmAdapter';
import type { Change, ConnectionQuery, ConnectionStore, Page, Stored } from '../model/stateStore';
import { connectionColumns, connectionKey, connectionOf, connectionRow, signInColumns, signInOf, signInRow } from './connectionRows';
import { pageOf, positionAfter } from './paging';
import { checkKeys, checkLimit, refused } from './refused';
import type { SqlDatabase } from './sql/sqlDatabase';
import { Undo } from './sql/undo';
import { affectedBy, type Work } from './sql/work';

const LIST = 'connections';

/** SQLite takes some 32,000 parameters in a statement (https://www.sqlite.org/limits.html), PostgreSQL twice as many. */
const MAX_CONNECTIONS_AT_ONCE = 30_000;

/** Connections and sign-ins in SQL. */
export class SqlConnectionStore implements ConnectionStore {
	constructor(private readonly database: SqlDatabase) {}

	async find(id: string): Promise<Stored<Connection> | undefined> {
		const [row] = await this.database.rows(this.connections().where('id', '=', id));
		return row && { value: connectionOf(row), version: row.version };
	}

	async findByOrg(crm: CrmKind, orgId: string): Promise<Stored<Connection> | undefined> {
		const [row] = await this.database.rows(this.connections().where('crm', '=', crm).where('orgId', '=', orgId));
		return row && { value: connectionOf(row), version: row.version };
	}

	async list({ status, includeDeleted = false, limit, after }: ConnectionQuery): Promise<Page<Connection>> {
		checkLimit(limit);
		const position = positionAfter(after, LIST);
		let statement = this.connections();
		if (status) statement = statement.where('status', '=', status);
		if (!includeDeleted) statement = statement.where('deletedAt', 'is', null);
		if (position) {
			const { key, id } = position;
			statement = statement.where((is) => is.or([is('nameKey', '>', key), is.and([is('nameKey', '=', key), is('id', '>', id)])]));
		}
		const rows = await this.database.rows(
			statement
				.orderBy('nameKey')
				.orderBy('id')
				.limit(limit + 1),
		);
		return pageOf(rows, limit, { list: LIST, positionOf: connectionKey, read: connectionOf });
	}

	async findSignIn(credentialId: string): Promise<Stored<SignIn> | undefined> {
		const [row] = await this.database.rows(this.signIns().where('credentialId', '=', credentialId));
		return row && { value: signInOf(row), version: row.version };
	}

	async listSignIns(connectionIds: readonly string[]): Promise<readonly SignIn[]> {
		if (connectionIds.length === 0) return [];
		if (connectionIds.length > MAX_CONNECTIONS_AT_ONCE)
			throw refused(
				`The sign-ins of ${connectionIds.length} connections are too many at once.`,
				`Ask for ${MAX_CONNECTIONS_AT_ONCE} at most.`,
			);
		const rows = await this.database.rows(this.signIns().where('connectionId', 'in', connectionIds).orderBy('credentialId'));
		return rows.map(signInOf);
	}

	async commit({ connections = [], signIns = [] }: Parameters<ConnectionStore['commit']>[0]): Promise<boolean> {
		for (const { value } of connections) checkKeys({ 'connection id': value.id, 'org id': value.orgId });
		for (const { value } of signIns) checkKeys({ 'credential id': value.credentialId, 'connection id': value.connectionId });
		try {
			await this.database.transaction(() => this.storeAll(inOneOrder(connections, 'id'), inOneOrder(signIns, 'credentialId')));
			return true;
		} catch (error) {
			if (error instanceof Undo) return false;
			throw error;
		}
	}

	private *storeAll(connections: readonly Change<Connection>[], signIns: readonly Change<SignIn>[]): Work<void> {
		for (const change of connections) yield* this.storeConnection(change);
		for (const change of signIns) yield* this.storeSignIn(change);
	}

	private *storeConnection({ value, basedOn }: Change<Connection>): Work<void> {
		const row = connectionRow(value, basedOn + 1);
		const { build } = this.database;
		const stored =
			basedOn === 0
				? build.insertInto('connections').values(row)
				: build.updateTable('connections').set(row).where('id', '=', row.id).where('version', '=', basedOn);
		if ((yield* affectedBy(stored)) !== 1) throw new Undo();
	}

	private *storeSignIn({ value, basedOn }: Change<SignIn>): Work<void> {
		const row = signInRow(value, basedOn + 1);
		const { build } = this.database;
		const stored =
			basedOn === 0
				? build.insertInto('signIns').values(row)
				: build.updateTable('signIns').set(row).where('credentialId', '=', row.credentialId).where('version', '=', basedOn);
		if ((yield* affectedBy(stored)) !== 1) throw new Undo();
	}

	private connections() {
		return this.database.build.selectFrom('connections').select(connectionColumns);
	}

	private signIns() {
		return this.database.build.selectFrom('signIns').select(signInColumns);
	}
}

/** Two commits that meet lock their rows in the same order, so that neither waits for the other forever. */
function inOneOrder<T, K extends keyof T>(changes: readonly Change<T>[], by: K): readonly Change<T>[] {
	return changes.toSorted((one, other) => (one.value[by] < other.value[by] ? -1 : Number(one.value[by] > other.value[by])));
}
