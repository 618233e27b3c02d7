import { STOPPING } from '../journal/sendWrites';
import type { DonePlan } from '../journal/donePlan';
import type { Pair } from '../plan/pair';
import type { PlannedHold } from '../plan/recordPlan';
import { WORDS } from '../plan/words';
import { notesOf } from './notesOf';
import type { SyncRun } from './syncRun';
import type { SyncResult, SyncStep } from './syncTypes';

/** What a person reads about one record. Of a dry run: what would be done. */
export function resultOf(done: DonePlan, { settings }: Pick<SyncRun, 'settings'>): SyncResult {
	const { plan, end, link, hold, delivers = true, deliveryId } = done;
	const { pair, write, change } = plan;
	const { appId, crmId } = link ?? plan.link ?? pair.link;
	const steps: SyncStep[] = [];
	if (change && (link ?? (end === undefined ? plan.link : undefined))) steps.push({ do: change });
	if (write) steps.push(writeStep(write.kind, Object.keys(write.values), end));
	const { delivery } = plan;
	if (delivery && delivers && (delivery.kind !== 'update' || appId !== null)) {
		const id = deliveryId ?? (delivery.again ? (pair.delivery?.id ?? '') : '');
		steps.push({ do: 'deliver', delivery: { id, kind: delivery.kind, appId, crmId: crmId ?? '', values: delivery.values, again: delivery.again } });
	}
	for (const one of hold ? [...plan.holds.filter(({ field }) => field !== ''), hold] : plan.holds) if (!repeats(one, end)) steps.push({ do: 'hold', hold: view(one) });
	return { items: pair.items, appId, crmId, steps, notes: notesOf(done, settings.dryRun) };
}

function writeStep(kind: 'create' | 'update', fields: readonly string[], end: DonePlan['end']): SyncStep {
	if (end?.status === 'unknown') return { do: 'uncertain', words: end.error.message, code: end.error.code };
	if (end?.status !== 'refused') return { do: kind, fields };
	return { do: STOPPING.includes(end.error.kind) ? 'notRun' : 'refused', words: end.error.message, code: end.error.code };
}

/** The step of the write says it already. */
function repeats({ reason }: PlannedHold, end: DonePlan['end']): boolean {
	return end !== undefined && end.status !== 'applied' && (reason === 'refused' || reason === 'uncertain' || reason === 'notRun');
}

function view({ reason, appField, words, code, candidates }: PlannedHold) {
	return { reason, field: appField, words, code, candidates };
}

/** The result of a record whose turn did not come. */
export function notRun({ items, link }: Pick<Pair, 'items' | 'link'>, { progress }: SyncRun): SyncResult {
	return { items, appId: link.appId, crmId: link.crmId, steps: [{ do: 'notRun', words: progress.halted?.words ?? WORDS.notRun, code: progress.halted?.code }], notes: [] };
}
