import { CrmError } from '../../model/crmError';
import { findCandidates } from '../match/candidates';
import { appKey, type RecordKey } from '../match/keyHash';
import { readRecords } from '../match/readRecords';
import type { VersionedRecord } from '../../model/changeReader';
import { haltOn } from '../run/halt';
import type { SyncRun } from '../run/syncRun';
import { provenRows } from './showsAfter';
import type { LostWrite, WriteEnd, WriteJob } from './sendWrites';

/**
 * Finds out by reading what became of writes without a usable answer. What is not in the answer surely was not done, and may be sent
 * again.
 */
export async function lookForWrites(lost: readonly LostWrite[], run: SyncRun): Promise<Map<WriteJob, WriteEnd>> {
	try {
		const creates = lost.filter(({ job }) => job.intent.crmId === null);
		const keys = new Map(creates.map((one) => [one, keyOf(one, run)]));
		const candidates = await findCandidates([...keys.values()].filter((key) => key !== undefined), run);
		const records = await readRecords(lost.flatMap(({ job }) => job.intent.crmId ?? []), run);
		const ends = lost.map((one) => [one.job, keys.has(one) ? createEnd(one, candidates.get(keys.get(one)?.hash ?? '')?.open ?? []) : updateEnd(one, records.get(one.job.intent.crmId!), run)] as const);
		return new Map(ends.flatMap(([job, end]) => (end ? [[job, end] as const] : [])));
	} catch (error) {
		haltOn(error, run);
		return new Map(lost.map(({ job, error: first }) => [job, { status: 'unknown', error: first }]));
	}
}

function keyOf({ job }: LostWrite, run: SyncRun): RecordKey | undefined {
	const { app } = job.plan.pair;
	return app.kind === 'shown' ? appKey(app.values, run) : undefined;
}

function createEnd({ error, settled }: LostWrite, found: readonly string[]): WriteEnd | undefined {
	if (found.length === 1) return { status: 'applied', id: found[0] };
	if (found.length > 1) return { status: 'unknown', error };
	return settled ? undefined : { status: 'unknown', error };
}

/** An update is done if the record shows what was written, or was last changed by us; not done if it is as it was read. */
function updateEnd({ job }: LostWrite, now: VersionedRecord | undefined, run: SyncRun): WriteEnd | undefined {
	const { pair, write } = job.plan;
	if (!now) return { status: 'refused', error: new CrmError('notFound', { message: 'The CRM no longer shows the record.' }) };
	const before = pair.crm.kind === 'shown' ? pair.crm.record.stamp : undefined;
	if (now.stamp === before) return undefined;
	const { tags, written } = provenRows(now.values, { linkId: pair.link.id, after: write!.rowsWritten() }, run);
	const ours = (tags.size > 0 && tags.size === written.length) || now.changedBy === run.settings.userId;
	return ours ? { status: 'applied', id: now.id } : { status: 'changed' };
}
