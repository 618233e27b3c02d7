import { applyPlans } from '../journal/applyPlans';
import { matchItems } from '../match/matchItems';
import { planPair } from '../plan/planPair';
import { foldItems } from './foldItems';
import { haltOn } from './halt';
import { LEASE_LOST } from './lease';
import { leaveOut, leftOut, resultFor } from './leftOut';
import { withSent } from './seen';
import type { SyncRun } from './syncRun';
import type { AppItem, SyncResult } from './syncTypes';

/** Goes over what the app shows, page by page: fold → match → merge → plan → apply. Every item stands in one result at least, with the page of its record's last one. */
export async function* appPages(run: SyncRun): AsyncGenerator<readonly SyncResult[]> {
	for await (const { items, refused } of run.input.pages()) {
		// What was noted of the input is another run's by now.
		if (run.progress.halted === LEASE_LOST) yield [...refused, ...items.map(({ index, id }) => leftOut({ items: [index], id: id ?? null }, run))];
		else yield [...refused, ...(await appPage(items, run))];
	}
	run.progress.readApp = run.progress.halted === undefined;
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
			const plans = [...(await withSent(pairs, run)).map((pair) => planPair(pair, run)), ...held];
			results.push(...(await applyPlans(plans, run)));
			results.push(...undone().filter((record) => !postponed.includes(record)).map((record) => resultFor(record, [])));
			waiting = postponed;
		}
	} catch (error) {
		haltOn(error, run);
		waiting = undone();
	}
	return [...results, ...(await leaveOut(waiting, run))];
}
