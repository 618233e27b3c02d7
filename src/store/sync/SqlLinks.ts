import type { Page } from '../../model/stateStore';
import type { SyncLink } from '../../model/syncLink';
import type { LinkReader, SyncScope } from '../../model/syncState';
import { pageOf, positionAfter } from '../paging';
import { checkLimit } from '../refused';
import type { SqlDatabase } from '../sql/sqlDatabase';
import { linkColumns, linkOf } from './syncRows';

const LIST = 'links';

/** The links of the two-way sync in SQL. */
export class SqlLinks implements LinkReader {
	constructor(private readonly database: SqlDatabase) {}

	async byIds(syncId: string, ids: readonly string[]): Promise<readonly SyncLink[]> {
		return await this.among(syncId, 'id', ids);
	}

	async byAppIds(syncId: string, appIds: readonly string[]): Promise<readonly SyncLink[]> {
		return await this.among(syncId, 'appId', appIds);
	}

	async byCrmIds(syncId: string, crmIds: readonly string[]): Promise<readonly SyncLink[]> {
		return await this.among(syncId, 'crmId', crmIds);
	}

	async byKeyHashes(syncId: string, keyHashes: readonly string[]): Promise<readonly SyncLink[]> {
		return await this.among(syncId, 'keyHash', keyHashes);
	}

	async byAncestors({ connectionId, entity, appName }: SyncScope, { appIds, crmIds }: Parameters<LinkReader['byAncestors']>[1]): Promise<readonly SyncLink[]> {
		if (appIds.length + crmIds.length === 0) return [];
		const { build } = this.database;
		const syncs = build.selectFrom('syncs').select('id').where('connectionId', '=', connectionId).where('appName', '=', appName);
		const found = build.selectFrom('syncLinks').select(linkColumns).where('syncId', 'in', syncs).where('successorEntity', '=', entity);
		const rows = await this.database.rows(
			found.where((is) => is.or([...(appIds.length > 0 ? [is('appId', 'in', appIds)] : []), ...(crmIds.length > 0 ? [is('successorCrmId', 'in', crmIds)] : [])])),
		);
		return rows.map(linkOf);
	}

	async list(syncId: string, limit: number, after?: string): Promise<Page<SyncLink>> {
		checkLimit(limit);
		const position = positionAfter(after, LIST);
		let statement = this.links(syncId);
		if (position) statement = statement.where('id', '>', position.id);
		const rows = await this.database.rows(statement.orderBy('id').limit(limit + 1));
		return pageOf(rows, limit, { list: LIST, positionOf: ({ id }) => ({ key: '', id }), read: linkOf });
	}

	async count(syncId: string): Promise<number> {
		const { build } = this.database;
		const counted = build.selectFrom('syncLinks').select(({ fn }) => fn.countAll<number>().as('links'));
		const [row] = await this.database.rows(counted.where('syncId', '=', syncId).where('ended', 'is', null));
		return Number(row.links);
	}

	private async among(syncId: string, column: 'id' | 'appId' | 'crmId' | 'keyHash', values: readonly string[]): Promise<readonly SyncLink[]> {
		if (values.length === 0) return [];
		return (await this.database.rows(this.links(syncId).where(column, 'in', values))).map(linkOf);
	}

	private links(syncId: string) {
		return this.database.build.selectFrom('syncLinks').select(linkColumns).where('syncId', '=', syncId);
	}
}
