import { sql } from 'kysely';
import type { Page } from '../../model/stateStore';
import type { SyncLink } from '../../model/syncLink';
import type { LinkCount, LinkReader, SyncScope } from '../../model/syncState';
import { pageOf, positionAfter } from '../paging';
import { checkLimit } from '../refused';
import type { SqlDatabase } from '../sql/sqlDatabase';
import { idIn, packedId } from './packedId';
import { syncNumber } from './syncNumber';
import { linkColumns, linkOf } from './syncRows';

const LIST = 'links';

/** The links of the two-way sync in SQL. */
export class SqlLinks implements LinkReader {
	constructor(private readonly database: SqlDatabase) {}

	async byIds(syncId: string, ids: readonly string[]): Promise<readonly SyncLink[]> {
		return await this.among(syncId, 'id', ids.map(packedId));
	}

	async byAppIds(syncId: string, appIds: readonly string[]): Promise<readonly SyncLink[]> {
		return await this.among(syncId, 'appId', appIds.map(packedId));
	}

	async byCrmIds(syncId: string, crmIds: readonly string[]): Promise<readonly SyncLink[]> {
		return await this.among(syncId, 'crmId', crmIds.map(packedId));
	}

	async byKeyHashes(syncId: string, keyHashes: readonly string[]): Promise<readonly SyncLink[]> {
		if (keyHashes.length === 0) return [];
		return (await this.database.rows(this.links(syncId).where('keyHash', 'in', keyHashes))).map((row) => linkOf(row, syncId));
	}

	async byAncestors({ connectionId, entity, appName }: SyncScope, { appIds, crmIds }: Parameters<LinkReader['byAncestors']>[1]): Promise<readonly SyncLink[]> {
		if (appIds.length + crmIds.length === 0) return [];
		const syncs = this.database.build.selectFrom('syncs').select(['id', 'number']).where('connectionId', '=', connectionId).where('appName', '=', appName);
		const idOf = new Map((await this.database.rows(syncs)).map(({ id, number }) => [number, id]));
		if (idOf.size === 0) return [];
		const found = this.database.build.selectFrom('syncLinks').select(linkColumns).where('sync', 'in', [...idOf.keys()]).where('successorEntity', '=', entity);
		// Each by its own index: both in one condition would go through every link.
		const ofApp = appIds.length > 0 ? await this.database.rows(found.where('appId', 'in', appIds.map(packedId))) : [];
		const ofCrm = crmIds.length > 0 ? await this.database.rows(found.where('successorCrmId', 'in', crmIds.map(packedId))) : [];
		const links = [...ofApp, ...ofCrm].map((row) => linkOf(row, idOf.get(row.sync)!));
		return [...new Map(links.map((link) => [link.id, link])).values()];
	}

	async list(syncId: string, limit: number, after?: string): Promise<Page<SyncLink>> {
		checkLimit(limit);
		const position = positionAfter(after, LIST);
		// The sign keeps SQLite from gathering and sorting all links of the sync for every page: by the key, they come in order.
		const ofSync = this.database.build.selectFrom('syncLinks').select(linkColumns).where(sql<number>`+${sql.ref('sync')}`, '=', syncNumber(syncId));
		const statement = position ? ofSync.where('id', '>', packedId(position.id)) : ofSync;
		const rows = await this.database.rows(statement.orderBy('id').limit(limit + 1));
		return pageOf(rows, limit, { list: LIST, positionOf: ({ id }) => ({ key: '', id: idIn(id) }), read: (row) => linkOf(row, syncId) });
	}

	/** Counted without a look at the links themselves: all, and those that are closed, which are few. */
	async count({ connectionId, entity }: Pick<SyncScope, 'connectionId' | 'entity'>): Promise<LinkCount> {
		const syncs = await this.database.rows(this.database.build.selectFrom('syncs').select('number').where('connectionId', '=', connectionId).where('entity', '=', entity));
		const total = { open: 0, closed: 0 };
		for (const { number } of syncs) {
			const counted = this.database.build.selectFrom('syncLinks').select(({ fn }) => fn.countAll<number>().as('links')).where('sync', '=', number);
			const [all] = await this.database.rows(counted);
			const [ended] = await this.database.rows(counted.where('ended', 'is not', null));
			total.open += Number(all.links) - Number(ended.links);
			total.closed += Number(ended.links);
		}
		return total;
	}

	private async among(syncId: string, column: 'id' | 'appId' | 'crmId', ids: readonly Uint8Array[]): Promise<readonly SyncLink[]> {
		if (ids.length === 0) return [];
		return (await this.database.rows(this.links(syncId).where(column, 'in', ids))).map((row) => linkOf(row, syncId));
	}

	private links(syncId: string) {
		return this.database.build.selectFrom('syncLinks').select(linkColumns).where('sync', '=', syncNumber(syncId));
	}
}
