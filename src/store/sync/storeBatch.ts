import { type RawBuilder, sql } from 'kysely';
import type { Lease } from '../../model/stateStore';
import type { SyncBatch } from '../../model/syncState';
import { checkKeys } from '../refused';
import type { SqlDatabase } from '../sql/sqlDatabase';
import { Undo } from '../sql/undo';
import { affectedBy, rowsOf, type Work } from '../sql/work';
import { inRows } from './inRows';
import { packedId } from './packedId';
import { deliveryColumns, deliveryRow, holdColumns, holdRow, intentColumns, intentRow, linkColumns, linkRow, reportColumns, reportRow, syncColumns, syncRow } from './syncRows';

/** The lease was lost: nothing is stored. */
export class LeaseLost extends Undo {}

type Build = SqlDatabase['build'];

/** Locks the lease's row until the end of the transaction, so that nobody takes over in between. */
export function* holdLease(build: Build, { scope, owner, fence }: Lease, now: string): Work<void> {
	const held = build.updateTable('leases').set({ owner }).where('scope', '=', scope).where('owner', '=', owner);
	if ((yield* affectedBy(held.where('fence', '=', fence).where('expiresAt', '>', now))) !== 1) throw new LeaseLost();
}

/** Refuses what no database could find again. */
export function checkBatch({ links = [], holds = [] }: SyncBatch): void {
	for (const { id, appId, crmId } of links) checkKeys({ 'link id': id, 'id of an app record': appId, 'id of a CRM record': crmId });
	// What stands before the colon only says what the id is of.
	for (const { subject, field } of holds) checkKeys({ 'subject of a hold': subject.slice(subject.indexOf(':') + 1), 'field of a hold': field });
}

/** Stores a batch: what ends goes first, so that something else may take its place. */
export function* storeBatch(build: Build, batch: SyncBatch): Work<void> {
	yield* endAll(build, batch);
	const { sync, counted } = batch;
	const { links, intents, holds, deliveries, reports } = onceEach(batch);
	if (sync) {
		yield* rowsOf(build.insertInto('syncs').values(syncRow(sync)).onConflict((former) => former.column('id').doUpdateSet(replaced(syncColumns))));
	}
	for (const some of inRows(links.map(linkRow))) {
		yield* rowsOf(build.insertInto('syncLinks').values(some).onConflict((former) => former.column('id').doUpdateSet(replaced(linkColumns))));
	}
	for (const some of inRows(intents.map(intentRow))) {
		yield* rowsOf(build.insertInto('syncIntents').values(some).onConflict((former) => former.column('id').doUpdateSet(replaced(intentColumns))));
	}
	for (const some of inRows(holds.map(holdRow))) {
		yield* rowsOf(build.insertInto('syncHolds').values(some).onConflict((former) => former.columns(['syncId', 'subject', 'field']).doUpdateSet(replaced(holdColumns))));
	}
	for (const some of inRows(deliveries.map(deliveryRow))) {
		yield* rowsOf(build.insertInto('syncDeliveries').values(some).onConflict((former) => former.column('linkId').doUpdateSet(replaced(deliveryColumns))));
	}
	for (const some of inRows(reports.map(reportRow))) {
		yield* rowsOf(build.insertInto('syncReports').values(some).onConflict((former) => former.columns(['sync', 'id']).doUpdateSet(replaced(reportColumns))));
	}
	if (counted) yield* count(build, counted);
}

/** The last record of each key: PostgreSQL replaces no row twice in one statement (https://www.postgresql.org/docs/current/sql-insert.html). */
function onceEach({ links = [], intents = [], holds = [], deliveries = [], reports = [] }: SyncBatch) {
	return {
		links: lastOf(links, ({ id }) => id),
		intents: lastOf(intents, ({ id }) => id),
		holds: lastOf(holds, ({ syncId, subject, field }) => JSON.stringify([syncId, subject, field])),
		deliveries: lastOf(deliveries, ({ linkId }) => linkId),
		reports: lastOf(reports, ({ syncId, id }) => JSON.stringify([syncId, id])),
	};
}

function lastOf<T>(records: readonly T[], keyOf: (record: T) => string): readonly T[] {
	return [...new Map(records.map((record) => [keyOf(record), record])).values()];
}

function* endAll(build: Build, { endedIntents = [], endedHolds = [], endedDeliveries = [] }: SyncBatch): Work<void> {
	for (const ids of inRows(endedIntents)) yield* affectedBy(build.deleteFrom('syncIntents').where('id', 'in', ids));
	for (const ids of inRows(endedDeliveries.map(packedId))) yield* affectedBy(build.deleteFrom('syncDeliveries').where('linkId', 'in', ids));
	for (const { syncId, subject, field } of endedHolds) {
		yield* affectedBy(build.deleteFrom('syncHolds').where('syncId', '=', syncId).where('subject', '=', subject).where('field', '=', field));
	}
}

/** Every column of a row as it was to be inserted. */
function replaced<C extends string>(columns: readonly C[]): Record<C, RawBuilder<never>> {
	return Object.fromEntries(columns.map((column) => [column, sql.ref<never>(`excluded.${column}`)])) as Record<C, RawBuilder<never>>;
}

const COUNTED_MS = 10 * 60_000;

/** The beginning of the ten minutes in which changes are counted together. */
export function countedSince(at: string): string {
	return new Date(Math.floor(Date.parse(at) / COUNTED_MS) * COUNTED_MS).toISOString();
}

function* count(build: Build, { connectionId, entity, at, updates, deletions }: NonNullable<SyncBatch['counted']>): Work<void> {
	const row = { connectionId, entity, since: countedSince(at), updates, deletions };
	yield* rowsOf(
		build.insertInto('syncCounts').values(row).onConflict((former) =>
			former.columns(['connectionId', 'entity', 'since']).doUpdateSet((is) => ({
				updates: is('syncCounts.updates', '+', updates),
				deletions: is('syncCounts.deletions', '+', deletions),
			})),
		),
	);
}
