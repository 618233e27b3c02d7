import type { SyncDelivery } from '../../model/syncDelivery';
import type { SyncBatch } from '../../model/syncState';
import type { CompiledMapping } from '../mapping/compiledMapping';
import type { RecordPlan } from '../plan/recordPlan';
import { leftUnsent, withheldNow } from '../deliveries/unsent';
import { holdChanges } from '../holds/holdChanges';
import { reportsOf } from '../reports/reportsOf';
import type { SyncRun } from '../run/syncRun';
import type { DonePlan } from './donePlan';

/** Everything that one page changes, to be stored at once. */
export function batchOf(ended: readonly DonePlan[], run: SyncRun): SyncBatch {
	const links = ended.flatMap(({ link }) => (link ? [link] : []));
	const deliveries = ended.flatMap((one) => deliveryOf(one, run) ?? []);
	const arrived = ended.filter(({ plan, delivers }) => plan.arrived && plan.pair.delivery && delivers).map(({ plan }) => plan.pair.link.id);
	const { put, end } = holdChanges(ended, run);
	const { counted, holds } = run.guard.stored(ended);
	return {
		links,
		deliveries,
		endedDeliveries: arrived.filter((id) => !deliveries.some(({ linkId }) => linkId === id)),
		intents: ended.flatMap(({ job, intent }) => (job?.intent.kind === 'create' && intent === 'open' ? [job.intent] : [])),
		endedIntents: endedIntents(ended, run),
		holds: [...put, ...holds],
		endedHolds: end,
		// Of what was to be written they are stored already.
		reports: ended.flatMap(({ plan, job, link }) => (link && !job ? reportsOf(plan, run) : [])),
		counted,
	};
}

function deliveryOf({ plan, delivers, deliveryId }: DonePlan, run: SyncRun): SyncDelivery | undefined {
	const { sync, clock, mapping } = run;
	const { delivery, pair, withheld } = plan;
	if (!delivery && withheld && delivers && !pair.sentNow) return leftUnsent(pair, withheld, run);
	if (!delivery || !delivers || deliveryId === undefined) return undefined;
	if (delivery.kind === 'update' && pair.link.appId === null) return undefined;
	const former = delivery.again ? pair.delivery : undefined;
	return {
		...{ id: deliveryId, syncId: sync.id, linkId: pair.link.id, kind: delivery.kind, rows: rowsOf(plan, former, mapping), handedOver: false },
		tries: (former?.tries ?? 0) + 1,
		withheld: withheld ? withheldNow(pair, withheld, run) : null,
		createdAt: former?.createdAt ?? clock().toISOString(),
	};
}

/** The app may have carried out any hand-over under the id, and tells that it has. */
function rowsOf({ delivery, merge }: RecordPlan, former: SyncDelivery | undefined, { rules }: CompiledMapping): readonly number[] {
	const contained = rules.filter(({ rule }) => Object.hasOwn(delivery!.values, rule.appField));
	if (!former) return contained.map(({ tag }) => tag);
	const anew = new Set(merge?.explain(({ action, travel }) => action === 'toApp' && travel !== 'sentAgain').map(({ ruleId }) => ruleId));
	return contained.filter(({ rule, tag }) => former.rows.includes(tag) && !anew.has(rule.id)).map(({ tag }) => tag);
}

/** A create that was open is settled as soon as its record has a link. */
function endedIntents(ended: readonly DonePlan[], { progress }: SyncRun): readonly string[] {
	const open = ended.flatMap(({ plan: { pair }, link }) => {
		const intent = link && link.crmId !== null && pair.keyHash !== undefined ? progress.openCreates.get(pair.keyHash) : undefined;
		return intent ? [intent.id] : [];
	});
	return [...new Set([...open, ...ended.flatMap(({ job, intent }) => (job && intent === 'ended' ? [job.intent.id] : []))])];
}
