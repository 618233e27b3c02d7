import type { SyncHold } from '../../model/syncHold';
import { applyPlans } from '../journal/applyPlans';
import { commit } from '../journal/commit';
import { loadMemory } from '../holds/loadMemory';
import { readRecords } from '../match/readRecords';
import { linkSubject, type Pair } from '../plan/pair';
import { planPair } from '../plan/planPair';
import type { SyncRun } from './syncRun';

const PAGE = 1_000;

/** So many absent records are held one by one; more mean that something else is wrong, and make one review. */
const MOST_ABSENT = 100;

/** After a listing of everything: linked records that the CRM does not show are held, because nothing says that they were deleted. */
export async function compareAbsent(run: SyncRun): Promise<void> {
	const { state, sync, progress } = run;
	if (!progress.sawAll || sync.runs === 0) return;
	let found = 0;
	let after: string | undefined;
	do {
		const page = await state.links.list(sync.id, PAGE, after);
		const open = page.items.filter(({ crmId, ended }) => crmId !== null && ended === null);
		const shown = await readRecords(open.map(({ crmId }) => crmId!), run, []);
		const absent = open.filter(({ crmId }) => !shown.has(crmId!));
		found += absent.length;
		if (found > MOST_ABSENT) return await commit({ holds: [review(found, run)] }, run);
		const pairs = absent.map((link): Pair => ({ items: [], link, known: true, app: { kind: 'absent' }, crm: { kind: 'missing' }, subject: linkSubject(link.id), holds: [] }));
		await applyPlans((await loadMemory(pairs, run)).map((pair) => planPair(pair, run)), run);
		after = page.next;
	} while (after !== undefined && !progress.halted);
}

function review(found: number, { sync, clock }: SyncRun): SyncHold {
	const words = `The CRM no longer shows more than ${found - 1} linked records, but nothing says that they were deleted. Check what the signed-in user may see.`;
	return {
		...{ syncId: sync.id, subject: 'run:absent', field: '', reason: 'absent', appId: null, crmId: null, keyHash: null, candidates: [], words, code: null },
		...{ shown: '', heldAt: clock().toISOString(), tries: 0, nextTryAt: null, decision: null },
	};
}
