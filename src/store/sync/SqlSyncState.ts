import { sql } from 'kysely';
import type { Lease, Page } from '../../model/stateStore';
import type { SyncDelivery } from '../../model/syncDelivery';
import type { HoldDecision, SyncHold } from '../../model/syncHold';
import type { SyncIntent } from '../../model/syncIntent';
import type { SyncReport } from '../../model/syncReport';
import type { CommitOutcome, GuardCount, HoldQuery, SeenHold, StoredSync, SyncBatch, SyncScope, SyncState } from '../../model/syncState';
import { pageOf, positionAfter } from '../paging';
import { checkLimit } from '../refused';
import type { SqlDatabase } from '../sql/sqlDatabase';
import { Undo } from '../sql/undo';
import { affectedBy, type Work } from '../sql/work';
import { SqlLinks } from './SqlLinks';
import { SqlNotes } from './SqlNotes';
import { idIn, packedId } from './packedId';
import { checkBatch, countedSince, holdLease, LeaseLost, storeBatch } from './storeBatch';
import { syncNumber } from './syncNumber';
import { deliveryColumns, deliveryOf, heldRows, holdColumns, holdOf, intentColumns, intentOf, reportColumns, reportOf, syncColumns, syncOf } from './syncRows';

/** Written into the statement, so that the index of those that were not sent serves it. */
const NOT_SENT = sql.lit(0);

/** What the two-way sync remembers, in SQL. */
export class SqlSyncState implements SyncState {
	readonly links: SqlLinks;
	readonly notes: SqlNotes;

	constructor(
		private readonly database: SqlDatabase,
		private readonly clock: () => Date,
	) {
		this.links = new SqlLinks(database);
		this.notes = new SqlNotes(database);
	}

	async find({ connectionId, entity, appName }: SyncScope): Promise<StoredSync | undefined> {
		const found = this.database.build.selectFrom('syncs').select(syncColumns).where('connectionId', '=', connectionId);
		const [row] = await this.database.rows(found.where('entity', '=', entity).where('appName', '=', appName));
		return row && syncOf(row);
	}

	async holdsOf(syncId: string, subjects: readonly string[]): Promise<readonly SyncHold[]> {
		if (subjects.length === 0) return [];
		return (await this.database.rows(this.holds(syncId).where('subject', 'in', subjects))).map(holdOf);
	}

	async holdsByKeyHashes(syncId: string, keyHashes: readonly string[]): Promise<readonly SyncHold[]> {
		if (keyHashes.length === 0) return [];
		return (await this.database.rows(this.holds(syncId).where('keyHash', 'in', keyHashes))).map(holdOf);
	}

	async listHolds({ syncId, reasons, dueAt, limit, after }: HoldQuery): Promise<Page<SyncHold>> {
		checkLimit(limit);
		const position = positionAfter(after, 'holds');
		let statement = this.holds(syncId);
		if (reasons) statement = statement.where('reason', 'in', reasons);
		if (dueAt !== undefined) statement = statement.where((is) => is.or([is('decision', 'is not', null), is('nextTryAt', '<=', dueAt)]));
		if (position) {
			const { key, id } = position;
			statement = statement.where((is) => is.or([is('subject', '>', key), is.and([is('subject', '=', key), is('field', '>', id)])]));
		}
		const rows = await this.database.rows(statement.orderBy('subject').orderBy('field').limit(limit + 1));
		return pageOf(rows, limit, { list: 'holds', positionOf: ({ subject, field }) => ({ key: subject, id: field }), read: holdOf });
	}

	async decide({ syncId, subject, field, shown, rows }: SeenHold, decision: HoldDecision): Promise<boolean> {
		const decided = this.database.build.updateTable('syncHolds').set({ decision }).where('syncId', '=', syncId).where('subject', '=', subject);
		return (await this.database.affected(decided.where('field', '=', field).where('shown', '=', shown).where('rows', '=', heldRows(rows)))) === 1;
	}

	async deliveriesOf(syncId: string, linkIds: readonly string[]): Promise<readonly SyncDelivery[]> {
		if (linkIds.length === 0) return [];
		return (await this.database.rows(this.deliveries(syncId).where('linkId', 'in', linkIds.map(packedId)))).map((row) => deliveryOf(row, syncId));
	}

	async deliveriesByIds(syncId: string, ids: readonly string[]): Promise<readonly SyncDelivery[]> {
		if (ids.length === 0) return [];
		return (await this.database.rows(this.deliveries(syncId).where('id', 'in', ids.map(packedId)))).map((row) => deliveryOf(row, syncId));
	}

	async listDeliveries(syncId: string, limit: number, { unsent = false, after }: { readonly unsent?: boolean; readonly after?: string } = {}): Promise<Page<SyncDelivery>> {
		checkLimit(limit);
		const position = positionAfter(after, 'deliveries');
		let statement = this.deliveries(syncId);
		if (unsent) statement = statement.where('handedOver', '=', NOT_SENT);
		if (position) statement = statement.where('linkId', '>', packedId(position.id));
		const rows = await this.database.rows(statement.orderBy('linkId').limit(limit + 1));
		return pageOf(rows, limit, { list: 'deliveries', positionOf: ({ linkId }) => ({ key: '', id: idIn(linkId) }), read: (row) => deliveryOf(row, syncId) });
	}

	async listReports(syncId: string, limit: number, after?: string): Promise<Page<SyncReport>> {
		checkLimit(limit);
		const position = positionAfter(after, 'reports');
		const ofSync = this.database.build.selectFrom('syncReports').select(reportColumns).where('sync', '=', syncNumber(syncId));
		const statement = position ? ofSync.where('id', '>', position.id) : ofSync;
		const rows = await this.database.rows(statement.orderBy('id').limit(limit + 1));
		return pageOf(rows, limit, { list: 'reports', positionOf: ({ id }) => ({ key: '', id }), read: (row) => reportOf(row, syncId) });
	}

	async handOver(syncId: string, lease: Lease, { deliveries } = { deliveries: true }): Promise<CommitOutcome> {
		const { build } = this.database;
		return await this.fenced(lease, function* (): Work<void> {
			const sync = syncNumber(syncId);
			const unsent = build.updateTable('syncDeliveries').where('sync', '=', sync).where('handedOver', '=', NOT_SENT).where('tries', '>', 0);
			if (deliveries) yield* affectedBy(unsent.set({ handedOver: 1 }).where('withheld', 'is', null));
			if (deliveries) yield* affectedBy(unsent.set({ tries: 0 }).where('withheld', 'is not', null));
			yield* affectedBy(build.deleteFrom('syncReports').where('sync', '=', sync));
		});
	}

	async listIntents(syncId: string, limit: number, after?: string): Promise<Page<SyncIntent>> {
		checkLimit(limit);
		const position = positionAfter(after, 'intents');
		let statement = this.database.build.selectFrom('syncIntents').select(intentColumns).where('syncId', '=', syncId);
		if (position) {
			const { key, id } = position;
			statement = statement.where((is) => is.or([is('startedAt', '>', key), is.and([is('startedAt', '=', key), is('id', '>', id)])]));
		}
		const rows = await this.database.rows(statement.orderBy('startedAt').orderBy('id').limit(limit + 1));
		return pageOf(rows, limit, { list: 'intents', positionOf: ({ startedAt, id }) => ({ key: startedAt, id }), read: intentOf });
	}

	async counted(connectionId: string, entity: string, since: string): Promise<GuardCount> {
		const found = this.database.build.selectFrom('syncCounts').select(({ fn }) => [fn.sum<number>('updates').as('updates'), fn.sum<number>('deletions').as('deletions')]);
		const [row] = await this.database.rows(found.where('connectionId', '=', connectionId).where('entity', '=', entity).where('since', '>=', countedSince(since)));
		return { updates: Number(row.updates ?? 0), deletions: Number(row.deletions ?? 0) };
	}

	async commit(batch: SyncBatch, lease: Lease): Promise<CommitOutcome> {
		checkBatch(batch);
		const { build } = this.database;
		return await this.fenced(lease, () => storeBatch(build, batch));
	}

	private async fenced(lease: Lease, work: () => Work<void>): Promise<CommitOutcome> {
		const { build } = this.database;
		const now = this.clock().toISOString();
		try {
			await this.database.transaction(function* (): Work<void> {
				yield* holdLease(build, lease, now);
				yield* work();
			});
			return 'stored';
		} catch (error) {
			if (error instanceof Undo) return error instanceof LeaseLost ? 'leaseLost' : 'clash';
			throw error;
		}
	}

	private holds(syncId: string) {
		return this.database.build.selectFrom('syncHolds').select(holdColumns).where('syncId', '=', syncId);
	}

	private deliveries(syncId: string) {
		return this.database.build.selectFrom('syncDeliveries').select(deliveryColumns).where('sync', '=', syncNumber(syncId));
	}
}
