import { applyPlans } from '../journal/applyPlans';
import { commit } from '../journal/commit';
import type { Shown } from '../match/findPartners';
import { matchItems } from '../match/matchItems';
import { planPair } from '../plan/planPair';
import type { SyncHold } from '../../model/syncHold';
import { WORDS } from '../plan/words';
import { foldItems } from './foldItems';
import { haltOn } from './halt';
import { LEASE_LOST } from './lease';
import type { SyncRun } from './syncRun';
import type { AppItem, SyncResult, SyncStep } from './syncTypes';

/** Goes over what the app shows, page by page: fold → match → merge → plan → apply. Every item stands in one result at least, with the page of its record's last one. */
export async function* appPages(run: SyncRun): AsyncGenerator<readonly SyncResult[]> {
	for await (const { items, refused } of run.input.pages()) {
		// What was noted of the input is another run's by now.
		if (run.progress.halted === LEASE_LOST) yield [...refused, ...items.map(({ index, id }) => leftOut({ items: [index], id: id ?? null }, run))];
		else yield [...refused, ...(await appPage(items, run))];
	}
}

async function appPage(items: readonly AppItem[], run: SyncRun): Promise<readonly SyncResult[]> {
	const { records, quiet } = await foldItems(items, run);
	const results = quiet.map(({ index, id }) => resultFor({ items: [index], id: id ?? null }, []));
	let waiting = records;
	const undone = () => {
		const done = new Set(results.flatMap((result) => result.items));
		return waiting.filter(({ items: [place] }) => !done.has(place));
	};
	try {
		while (waiting.length > 0 && !run.progress.halted) {
			const { pairs, waiting: held, postponed } = await matchItems(waiting, run);
			const plans = [...pairs.map((pair) => planPair(pair, run)), ...held];
			results.push(...(await applyPlans(plans, run)));
			results.push(...undone().filter((record) => !postponed.includes(record)).map((record) => resultFor(record, [])));
			waiting = postponed;
		}
	} catch (error) {
		haltOn(error, run);
		waiting = undone();
	}
	return [...results, ...(await leave(waiting, run))];
}

type Places = Pick<Shown, 'items' | 'id'>;

function resultFor({ items, id }: Places, steps: readonly SyncStep[]): SyncResult {
	return { items, appId: id, crmId: null, steps, notes: [] };
}

function leftOut(record: Places, { progress: { halted } }: SyncRun): SyncResult {
	return resultFor(record, [{ do: 'notRun', words: halted?.words ?? WORDS.notRun, code: halted?.code }]);
}

/** What the run did not come to. Where the app will not show it again by itself, that is held; a submission never comes again. */
async function leave(records: readonly Shown[], run: SyncRun): Promise<readonly SyncResult[]> {
	if (records.length === 0) return [];
	const again = records.filter(({ id }) => id === null || run.input.mode !== 'all');
	const links = await run.state.links.byAppIds(run.sync.id, again.flatMap(({ id }) => id ?? []));
	const linked = new Set(links.map(({ appId }) => appId));
	const holds = again.map((record) => notRunHold(record, record.id !== null && linked.has(record.id), run));
	if (holds.length > 0 && !run.dryRun) await commit({ holds: [...new Map(holds.map((hold) => [hold.subject, hold])).values()] }, run);
	return records.map((record) => leftOut(record, run));
}

/** Until it is shown again, a record of the CRM with its key is not new to the app. */
function notRunHold({ id, key, deleted }: Shown, linked: boolean, { progress: { halted }, sync, clock }: SyncRun): SyncHold {
	const keyHash = linked || deleted ? null : (key?.hash ?? null);
	return {
		...{ syncId: sync.id, subject: id === null ? `key:${keyHash ?? ''}` : `app:${id}`, field: '', reason: 'notRun', appId: id, crmId: null, keyHash, candidates: [] },
		...{ words: halted?.words ?? WORDS.notRun, code: halted?.code ?? null, shown: '', heldAt: clock().toISOString(), tries: 0, nextTryAt: null, decision: null },
	};
}
