import type { SyncHold } from '../../model/syncHold';
import { loadMemory } from '../holds/loadMemory';
import { findCandidates } from '../match/candidates';
import { appKey } from '../match/keyHash';
import { realIds } from '../match/plannedLinks';
import { plannedPartners } from '../match/previewNotes';
import { readRecords } from '../match/readRecords';
import type { Pair } from '../plan/pair';
import { planPair } from '../plan/planPair';
import { restingPlan, type PlannedHold, type RecordPlan } from '../plan/recordPlan';
import { shownWith } from '../plan/shownWith';
import { WORDS } from '../plan/words';
import type { SyncRun } from '../run/syncRun';
import { createVerdict, type CreateVerdict } from './createVerdict';
import { showsAfter } from './showsAfter';

/**
 * A record with a link is created again where a person decided so. Then too the CRM is asked for its match key first: what an earlier
 * run has made already, or somebody else, is linked and not made once more. What the CRM refused waits until its time comes.
 */
export async function checkCreates(planned: readonly RecordPlan[], run: SyncRun): Promise<readonly RecordPlan[]> {
	const plans = planned.map((plan) => (plan.write?.kind === 'create' && plan.pair.known ? (postponed(plan, run) ?? plan) : plan));
	const verdicts = await judge(plans, run);
	const linked = await linkedPairs(verdicts, run);
	return plans.map((plan) => {
		const verdict = verdicts.get(plan);
		if (verdict?.do === 'hold') return waiting(plan, { reason: verdict.why, words: WORDS[verdict.why], candidates: realIds(verdict.candidates) }, run);
		const pair = linked.get(plan);
		return pair ? planPair(pair, run) : plan;
	});
}

async function judge(plans: readonly RecordPlan[], run: SyncRun): Promise<ReadonlyMap<RecordPlan, CreateVerdict>> {
	const intents = new Map([...run.progress.openCreates.values()].map((intent) => [intent.linkId, intent]));
	const again = plans.filter(({ write, pair }) => pair.known && pair.app.kind === 'shown' && (write?.kind === 'create' || (pair.crm.kind !== 'shown' && intents.has(pair.link.id))));
	const keys = again.flatMap(({ pair: { app } }) => (app.kind === 'shown' ? (appKey(app.values, run) ?? []) : []));
	const found = await findCandidates(keys, run);
	const taken = await takenBy([...found.values()].flatMap(({ open }) => (open.length === 1 ? open : [])), run);
	const others = await keysOfOthers(plans, [...found.keys()], run);
	return new Map(again.map((plan) => {
		const { keyHash, link } = plan.pair;
		const traces = { keyHash, found: found.get(keyHash ?? ''), intent: intents.get(link.id), rivals: others.has(keyHash), taken };
		return [plan, createVerdict(plan, traces, run)] as const;
	}));
}

/** Keys under which other records of the app are to be created: of this page, or of the whole input. */
async function keysOfOthers(plans: readonly RecordPlan[], hashes: readonly string[], { state, sync }: SyncRun): Promise<ReadonlySet<unknown>> {
	const inInput = await state.notes.find(sync.id, 'key', hashes);
	const creates = plans.flatMap(({ write, pair: { keyHash } }) => (write?.kind === 'create' && keyHash !== undefined ? [keyHash] : []));
	return new Set([...inInput.keys(), ...creates.filter((hash, at) => creates.indexOf(hash) !== at)]);
}

/** Which of these records of the CRM have a link, or would have one after a preview. */
async function takenBy(crmIds: readonly string[], run: SyncRun): Promise<ReadonlySet<string>> {
	const links = await run.state.links.byCrmIds(run.sync.id, crmIds);
	return new Set([...links.map(({ crmId }) => crmId!), ...(await plannedPartners(crmIds, run)).keys()]);
}

async function linkedPairs(verdicts: ReadonlyMap<RecordPlan, CreateVerdict>, run: SyncRun): Promise<ReadonlyMap<RecordPlan, Pair>> {
	const found = [...verdicts].flatMap(([plan, verdict]) => (verdict.do === 'link' ? [{ plan, crmId: verdict.crmId }] : []));
	const records = await readRecords(found.map(({ crmId }) => crmId), run);
	const shown = found.filter(({ crmId }) => records.has(crmId));
	const pairs = shown.map(({ plan: { pair }, crmId }): Pair => {
		const record = records.get(crmId)!;
		const intent = run.progress.openCreates.get(pair.keyHash ?? '');
		const isOurs = intent?.linkId === pair.link.id && showsAfter(record.values, intent, run);
		return { ...pair, link: { ...pair.link, crmId, base: isOurs ? intent.after : new Uint8Array() }, moved: true, crm: { kind: 'shown', record } };
	});
	const loaded = await loadMemory(pairs, run);
	return new Map(shown.map(({ plan }, at) => [plan, loaded[at]]));
}

/** What the CRM refused when it was created again, until its time comes. */
function postponed(plan: RecordPlan, run: SyncRun): RecordPlan | undefined {
	const decided = decidedHold(plan.pair);
	if (!decided || decided.nextTryAt === null || decided.nextTryAt <= run.clock().toISOString()) return undefined;
	const { reason, words, code, candidates } = decided;
	return waiting(plan, { reason, words, candidates, code: code ?? undefined, nextTryAt: decided.nextTryAt }, run);
}

/** A person's decision stays until it can be carried out. */
function waiting({ pair }: RecordPlan, why: Pick<PlannedHold, 'reason' | 'words' | 'candidates' | 'code' | 'nextTryAt'>, run: SyncRun): RecordPlan {
	const decided = decidedHold(pair);
	return { ...restingPlan(pair), holds: [{ field: '', appField: '', ...why, reason: decided?.reason ?? why.reason, shown: decided?.shown ?? shownWith(pair, run) }] };
}

/** What a person decided about the record as a whole. */
export function decidedHold({ holds }: Pair): SyncHold | undefined {
	return holds.find(({ field, decision }) => field === '' && (decision === 'useApp' || decision === 'useCrm'));
}
