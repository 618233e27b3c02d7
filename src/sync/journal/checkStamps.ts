import { readRecords } from '../match/readRecords';
import { planPair } from '../plan/planPair';
import type { RecordPlan } from '../plan/recordPlan';
import type { SyncRun } from '../run/syncRun';

/**
 * Looks, just before writing, whether the records to be updated are still as they were read; what changed meanwhile is planned again.
 * A record that is gone is planned as missing. A CRM that compares while it writes needs no look.
 */
export async function checkStamps(plans: readonly RecordPlan[], run: SyncRun): Promise<readonly RecordPlan[]> {
	if (comparesStamps(run)) return plans;
	const updates = plans.flatMap(({ write, pair }) => (write && pair.crm.kind === 'shown' ? [pair.crm.record.id] : []));
	const stamps = await readRecords(updates, run, []);
	const changed = plans.filter(({ write, pair: { crm } }) => write && crm.kind === 'shown' && stamps.get(crm.record.id)?.stamp !== crm.record.stamp);
	return await planAgain(plans, new Set(changed), run);
}

/** Whether the CRM itself refuses a write to a record that has changed since it was read. */
export function comparesStamps({ adapter }: SyncRun): boolean {
	return adapter.capabilities?.compareAndSet === true;
}

/** Plans anew from what the CRM shows now. */
export async function planAgain(plans: readonly RecordPlan[], changed: ReadonlySet<RecordPlan>, run: SyncRun): Promise<readonly RecordPlan[]> {
	const ids = [...changed].map(({ pair: { link } }) => link.crmId!);
	const records = await readRecords(ids, run);
	return plans.map((plan) => {
		if (!changed.has(plan)) return plan;
		const record = records.get(plan.pair.link.crmId!);
		return planPair({ ...plan.pair, crm: record ? { kind: 'shown', record } : { kind: 'missing' } }, run);
	});
}
