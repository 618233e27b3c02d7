import type { SyncHold } from '../../model/syncHold';
import type { SyncIntent } from '../../model/syncIntent';
import type { SyncBatch } from '../../model/syncState';
import { readRecords } from '../match/readRecords';
import { linkSubject } from '../plan/pair';
import type { SyncRun } from '../run/syncRun';
import { store } from './commit';
import { settledUpdate, undone, type SettledUpdate } from './settledUpdate';

const PAGE = 500;

/**
 * Settles what a former run left without an outcome. An update is done if the record shows what was written; else it is left to the
 * app's next showing of the record. A create is found again by its match key while the run goes.
 */
export async function settleIntents(run: SyncRun): Promise<void> {
	const { state, sync, progress } = run;
	let after: string | undefined;
	do {
		const page = await state.listIntents(sync.id, PAGE, after);
		const repeated = page.items.flatMap((intent) => openCreate(intent, run) ?? []);
		if (repeated.length > 0) await store({ endedIntents: repeated.map(({ id }) => id) }, run);
		await settleUpdates(page.items.filter(({ crmId }) => crmId !== null), run);
		after = page.next;
	} while (after !== undefined && !progress.halted);
}

/** Notes a create that is to be found again; gives back the one that it repeats, which is looked for under the same key. */
function openCreate(intent: SyncIntent, { progress: { openCreates } }: SyncRun): SyncIntent | undefined {
	const { crmId, keyHash, appId } = intent;
	if (crmId !== null || keyHash === null) return undefined;
	const former = openCreates.get(keyHash);
	openCreates.set(keyHash, intent);
	return former?.appId === appId ? former : undefined;
}

async function settleUpdates(updates: readonly SyncIntent[], run: SyncRun): Promise<void> {
	if (updates.length === 0) return;
	const links = new Map((await run.state.links.byIds(run.sync.id, updates.map(({ linkId }) => linkId))).map((link) => [link.id, link]));
	const records = await readRecords(updates.map(({ crmId }) => crmId!), run);
	const held = await holdsOf(updates, run);
	const uncertain = new Map([...held].filter(([, { reason }]) => reason === 'uncertain'));
	const settled = updates.map((intent) => {
		const subject = linkSubject(intent.linkId);
		const traces = { link: links.get(intent.linkId), record: records.get(intent.crmId!), uncertain: uncertain.get(subject), former: held.get(subject) };
		const one = settledUpdate(intent, traces, run);
		if (one.link) links.set(one.link.id, one.link);
		if (one.hold) held.set(one.hold.subject, one.hold);
		return one;
	});
	if ((await store(batchOf(settled, run), run)) === 'clash') await oneByOne(settled, run);
	run.guard.addFormer(settled.filter(({ counts }) => counts).length);
}

/** Somebody else has linked one of the records meanwhile. */
async function oneByOne(settled: readonly SettledUpdate[], run: SyncRun): Promise<void> {
	for (const one of settled) if ((await store(batchOf([one], run), run)) === 'clash') await store(batchOf([undone(one, run)], run), run);
}

function batchOf(settled: readonly SettledUpdate[], { guard }: SyncRun): SyncBatch {
	const { counted, holds } = guard.entry({ updates: settled.filter(({ counts }) => counts).length, deletions: 0 });
	// A link may have several of them.
	const once = new Map(settled.flatMap(({ hold }) => hold ?? []).map((hold) => [JSON.stringify([hold.subject, hold.field]), hold]));
	return {
		links: [...new Map(settled.flatMap(({ link }) => (link ? [[link.id, link] as const] : []))).values()],
		holds: [...once.values(), ...holds],
		endedHolds: settled.flatMap(({ over }) => over ?? []),
		endedIntents: settled.map(({ intent }) => intent.id),
		counted,
	};
}

/** What is held of these records as a whole. */
async function holdsOf(updates: readonly SyncIntent[], { state, sync }: SyncRun): Promise<Map<string, SyncHold>> {
	const holds = await state.holdsOf(sync.id, updates.map(({ linkId }) => linkSubject(linkId)));
	return new Map(holds.filter(({ field }) => field === '').map((hold) => [hold.subject, hold]));
}
