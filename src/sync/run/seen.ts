import type { Tombstone, VersionedRecord } from '../../model/changeReader';
import { readRecords } from '../match/readRecords';
import type { Pair } from '../plan/pair';
import type { RecordPlan } from '../plan/recordPlan';
import type { SyncRun } from './syncRun';

const DELETED = 'deleted';
const READ_BACK = 'read back';

/** Notes in which version the run has worked on records of the CRM. */
export async function noteSeen(plans: readonly RecordPlan[], run: SyncRun): Promise<void> {
	const versions = plans.flatMap(({ pair: { crm, link, mergedFrom } }): readonly (readonly [string, string])[] => {
		const gone = mergedFrom ?? (crm.kind === 'deleted' ? link.crmId : null);
		return [...(crm.kind === 'shown' ? [[crm.record.id, crm.record.stamp] as const] : []), ...(gone === null ? [] : [[gone, DELETED] as const])];
	});
	await run.state.notes.add(run.sync.id, kindOf('seen', run), versions);
}

/**
 * Notes what the CRM made of our own writes: a reading without an upper bound shows it again. A record that shows anything else than what
 * was read before and written then is left out: what changed it, were it our own user's automation, is not known yet.
 */
export async function noteOwn(writes: readonly (readonly [RecordPlan, VersionedRecord])[], run: SyncRun): Promise<void> {
	await run.state.notes.add(run.sync.id, READ_BACK, writes.map(([, { id }]) => [id, ''] as const));
	const own = writes.filter(([plan, shown]) => isOnlyOurs(plan, shown, run)).map(([, { id, stamp }]) => [id, stamp] as const);
	await run.state.notes.add(run.sync.id, kindOf('seen', run), own);
}

function isOnlyOurs({ pair: { crm }, write }: RecordPlan, { changedBy, values }: VersionedRecord, { settings, select }: SyncRun): boolean {
	if (!write || (changedBy !== undefined && changedBy !== settings.userId)) return false;
	const isAsBefore = (field: string) => (crm.kind === 'shown' ? values[field] === crm.record.values[field] : (values[field] ?? false) === false);
	return select.every((field) => field in write.values || isAsBefore(field));
}

/** Which of these records the CRM has shown to the run. */
export async function shownOf(crmIds: readonly string[], run: SyncRun): Promise<ReadonlySet<string>> {
	const seen = await run.state.notes.find(run.sync.id, kindOf('seen', run), crmIds);
	const readBack = await run.state.notes.find(run.sync.id, READ_BACK, crmIds);
	return new Set([...readBack.keys(), ...[...seen].flatMap(([id, stamps]) => (stamps.some((stamp) => stamp !== DELETED) ? [id] : []))]);
}

/** Notes of which links the run sends nothing more: it has, or the app has shown the record, and nothing is to be sent. */
export async function noteSent(linkIds: readonly string[], run: SyncRun): Promise<void> {
	await run.state.notes.add(run.sync.id, kindOf('sent', run), linkIds.map((id) => [id, ''] as const));
}

/** Of which of these links the run sends nothing more. */
export async function sentOf(linkIds: readonly string[], run: SyncRun): Promise<ReadonlyMap<string, unknown>> {
	return await run.state.notes.find(run.sync.id, kindOf('sent', run), linkIds);
}

/** The pairs; what this run has sent of them as a whole is with the caller. */
export async function withSent(pairs: readonly Pair[], run: SyncRun): Promise<readonly Pair[]> {
	const sent = await sentOf(pairs.flatMap(({ link, delivery }) => (delivery?.handedOver === false ? [link.id] : [])), run);
	return pairs.map(({ delivery, ...pair }) => (delivery && sent.has(pair.link.id) ? { ...pair, delivery: { ...delivery, handedOver: delivery.tries > 0 }, sentNow: delivery.tries > 0 } : { ...pair, delivery }));
}

/**
 * What the run has not worked on yet, each record once. One that it has seen in another version, or that stands here in two, is read
 * again: a page of changes may be older than what was written since, and does not say which version is the later one.
 */
export async function unseen(records: readonly VersionedRecord[], deleted: readonly Tombstone[], run: SyncRun) {
	const ids = [...new Set([...records, ...deleted].map(({ id }) => id))];
	const seen = new Map<string, readonly string[]>();
	for (const list of [ids.slice(0, 1_000), ids.slice(1_000)]) for (const [id, stamps] of await run.state.notes.find(run.sync.id, kindOf('seen', run), list)) seen.set(id, stamps);
	const first = new Map(records.filter(({ id }) => !seen.has(id)).map((record) => [record.id, record]));
	const others = new Set(records.flatMap(({ id, stamp }) => ((seen.get(id) ?? [first.get(id)!.stamp]).includes(stamp) ? [] : [id])));
	const fresh = await readRecords([...others], run);
	return {
		records: [...[...first.values()].filter(({ id }) => !others.has(id)), ...[...fresh.values()].filter(({ id, stamp }) => !seen.get(id)?.includes(stamp))],
		deleted: deleted.filter(({ id }) => !seen.get(id)?.includes(DELETED)),
	};
}

/** The preview that a guard asks for must not keep the run from its work. */
function kindOf(kind: string, { dryRun }: SyncRun): string {
	return dryRun ? `${kind} in preview` : kind;
}
