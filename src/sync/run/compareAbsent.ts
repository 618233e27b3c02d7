import type { SyncHold } from '../../model/syncHold';
import type { SyncLink } from '../../model/syncLink';
import { applyPlans } from '../journal/applyPlans';
import { commit } from '../journal/commit';
import { loadMemory } from '../holds/loadMemory';
import { readRecords } from '../match/readRecords';
import { linkSubject, type Pair } from '../plan/pair';
import { planPair } from '../plan/planPair';
import { shownOf } from './seen';
import type { SyncRequest, SyncRun } from './syncRun';

const PAGE = 1_000;

/** So many absent records are held one by one; more mean that something else is wrong, and make one review. */
const MOST_ABSENT = 100;

/** Where the review of many absent records stands. */
const REVIEW = 'run:absent';

/**
 * After a listing of everything: linked records that the CRM does not show are held, because nothing says that they were deleted. Only
 * those that the run has not met are read. A review ends with a later listing that lacks few, or where a person lets each be held by itself.
 */
export async function compareAbsent(run: SyncRun): Promise<void> {
	const { progress, sync, state } = run;
	if (!progress.sawAll) return;
	const [review] = await state.holdsOf(sync.id, [REVIEW]);
	const most = review?.decision === 'release' ? Infinity : MOST_ABSENT;
	const few: SyncLink[] = [];
	let found = 0;
	for await (const absent of absentLinks(run)) {
		found += absent.length;
		if (found > most) return await commit({ holds: [reviewOf(run)] }, run);
		if (most === Infinity) await holdEach(absent, run);
		else few.push(...absent);
	}
	await holdEach(few, run);
	if (review && !progress.halted) await commit({ endedHolds: [review] }, run);
}

/** Whether a person has asked for another look at the absent records. */
export async function isAbsenceReleased({ state }: Pick<SyncRequest, 'state'>, syncId: string): Promise<boolean> {
	return (await state.holdsOf(syncId, [REVIEW])).some(({ decision }) => decision === 'release');
}

async function* absentLinks(run: SyncRun): AsyncGenerator<readonly SyncLink[]> {
	let after: string | undefined;
	do {
		const page = await run.state.links.list(run.sync.id, PAGE, after);
		const open = page.items.filter(({ crmId, ended }) => crmId !== null && ended === null);
		const met = await shownOf(open.map(({ crmId }) => crmId!), run);
		const others = open.filter(({ crmId }) => !met.has(crmId!));
		const shown = await readRecords(others.map(({ crmId }) => crmId!), run, []);
		yield others.filter(({ crmId }) => !shown.has(crmId!));
		after = page.next;
	} while (after !== undefined && !run.progress.halted);
}

async function holdEach(links: readonly SyncLink[], run: SyncRun): Promise<void> {
	if (links.length === 0 || run.progress.halted) return;
	const pairs = links.map((link): Pair => ({ items: [], link, known: true, app: { kind: 'absent' }, crm: { kind: 'missing' }, subject: linkSubject(link.id), holds: [] }));
	await applyPlans((await loadMemory(pairs, run)).map((pair) => planPair(pair, run)), run);
}

function reviewOf({ sync, clock }: SyncRun): SyncHold {
	const words =
		`The CRM no longer shows more than ${MOST_ABSENT} linked records, but nothing says that they were deleted. Check what the signed-in user may see. ` +
		'If they are really gone, let this through: the next run compares everything once more, and holds each by itself.';
	return {
		...{ syncId: sync.id, subject: REVIEW, field: '', reason: 'absent', appId: null, crmId: null, keyHash: null, candidates: [], words, code: null },
		...{ shown: '', rows: [], heldAt: clock().toISOString(), tries: 0, nextTryAt: null, decision: null },
	};
}
