import type { SyncDelivery } from '../../model/syncDelivery';
import type { SyncLink } from '../../model/syncLink';
import { commit } from '../journal/commit';
import { batchOf } from '../journal/batchOf';
import { done, type PageEnds } from '../journal/donePlan';
import { loadMemory } from '../holds/loadMemory';
import { withoutEndedHolds } from '../match/previewNotes';
import { readSides } from '../match/readRecords';
import { linkSubject, type Pair } from '../plan/pair';
import type { RecordPlan } from '../plan/recordPlan';
import { haltOn } from '../run/halt';
import { resultOf } from '../run/resultOf';
import { sentOf } from '../run/seen';
import type { SyncRun } from '../run/syncRun';
import type { SyncResult } from '../run/syncTypes';
import { againPlan, isWaiting, unseenHold } from './againPlan';
import { isDue, leftUnsent } from './unsent';

const PAGE = 500;

/**
 * Sends again what a run that did not come to its end may not have handed over, and new records that a full input shows to be missing in
 * the app. Each keeps its id. What the CRM hides of it stays unsent.
 */
export async function* resendDeliveries(run: SyncRun): AsyncGenerator<readonly SyncResult[]> {
	if (run.progress.halted) return;
	let after: string | undefined;
	try {
		do {
			const page = await run.state.listDeliveries(run.sync.id, PAGE, { unsent: run.input.mode !== 'all', after });
			const plans = await plansOf(page.items, run);
			if (plans.length > 0) yield await send(plans, run);
			after = page.next;
		} while (after !== undefined && !run.progress.halted);
	} catch (error) {
		haltOn(error, run);
	}
}

async function send(plans: readonly RecordPlan[], run: SyncRun): Promise<readonly SyncResult[]> {
	const ended = plans.filter((plan) => !isLeft(plan)).map((plan) => done(plan, undefined, NO_WRITES, run));
	const batch = batchOf(ended, run);
	const left = plans.filter(isLeft).map(({ pair, withheld }) => [pair.delivery!, leftUnsent(pair, withheld!, run)] as const);
	const deliveries = [...batch.deliveries!, ...left.flatMap(([former, now]) => (JSON.stringify(former) === JSON.stringify(now) ? [] : [now]))];
	if (!run.dryRun) await commit({ ...batch, deliveries, counted: undefined }, run);
	return run.progress.halted ? [] : ended.map((one) => resultOf(one, run));
}

/** All of it stays as it is, also what is held of it: nothing was looked at. */
function isLeft({ delivery, withheld }: RecordPlan): boolean {
	return delivery === undefined && withheld !== undefined;
}

const NO_WRITES: PageEnds = { ends: new Map(), readBack: new Map() };

async function plansOf(deliveries: readonly SyncDelivery[], run: SyncRun): Promise<readonly RecordPlan[]> {
	const { state, sync } = run;
	const sent = await sentOf(deliveries.map(({ linkId }) => linkId), run);
	const open = new Map(deliveries.filter((one) => !sent.has(one.linkId) && isDue(one, run)).map((delivery) => [delivery.linkId, delivery]));
	const links = (await state.links.byIds(sync.id, [...open.keys()])).filter((link) => isMissing(open.get(link.id)!, link, run));
	const pairs = await withoutEndedHolds(await loadMemory(links.map(silentPair), run), run);
	const sides = await readSides(pairs.flatMap((pair) => (unseenHold(pair) || isWaiting(pair) ? [] : (pair.link.crmId ?? []))), run);
	return pairs.flatMap((pair) => againPlan({ ...pair, crm: sides.get(pair.link.crmId ?? '') ?? pair.crm }, run) ?? []);
}

/** A create that was handed over is missing if the app has shown everything, and not it. */
function isMissing({ handedOver, kind }: SyncDelivery, { appId }: SyncLink, { input }: SyncRun): boolean {
	return !handedOver || (kind === 'create' && appId === null && input.mode === 'all');
}

function silentPair(link: SyncLink): Pair {
	return { items: [], link, known: true, app: { kind: 'absent' }, crm: { kind: 'absent' }, subject: linkSubject(link.id), holds: [] };
}
