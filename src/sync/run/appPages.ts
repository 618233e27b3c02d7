import { applyPlans } from '../journal/applyPlans';
import { commit } from '../journal/commit';
import { matchItems } from '../match/matchItems';
import { planPair } from '../plan/planPair';
import type { SyncHold } from '../../model/syncHold';
import { WORDS } from '../plan/words';
import { haltOn } from './halt';
import type { SyncRun } from './syncRun';
import type { AppItem, SyncResult, SyncStep } from './syncTypes';

/** Goes over what the app shows, page by page: match → merge → plan → apply. One result for each item at least. */
export async function* appPages(run: SyncRun): AsyncGenerator<readonly SyncResult[]> {
	for await (const items of run.input.pages()) yield await appPage(items, run);
}

async function appPage(items: readonly AppItem[], run: SyncRun): Promise<readonly SyncResult[]> {
	const results: SyncResult[] = [];
	let waiting: readonly AppItem[] = items;
	try {
		const { news, rest } = await sortOut(items, run);
		results.push(...rest);
		waiting = news;
		while (waiting.length > 0 && !run.progress.halted) {
			const { pairs, waiting: held, postponed } = await matchItems(waiting, run);
			const plans = [...pairs.map((pair) => planPair(pair, run)), ...held];
			results.push(...(await applyPlans(plans, run)));
			const done = new Set(results.flatMap((result) => result.items));
			results.push(...waiting.filter(({ index }) => !done.has(index) && !postponed.some((later) => later.index === index)).map((item) => plain(item, [])));
			waiting = postponed;
		}
	} catch (error) {
		haltOn(error, run);
		const done = new Set(results.flatMap((result) => result.items));
		waiting = waiting.filter(({ index }) => !done.has(index));
	}
	return [...results, ...(await leave(waiting, run))];
}

/** The items that show anything new, once a record; the others have their results at once. */
async function sortOut(items: readonly AppItem[], run: SyncRun): Promise<{ readonly news: readonly AppItem[]; readonly rest: readonly SyncResult[] }> {
	const ids = [...new Set(items.flatMap(({ id }) => id ?? []))];
	const noted = await run.state.notes.find(run.sync.id, 'app', ids);
	const news: AppItem[] = [];
	const rest: SyncResult[] = [];
	for (const item of items) {
		const places = item.id === undefined ? [item.index] : (noted.get(item.id) ?? []).map(Number);
		if (Math.max(...places) === item.index) news.push(item);
		else rest.push(plain(item, places.includes(item.index) ? [{ do: 'superseded' }] : []));
	}
	return { news, rest };
}

function plain({ index, id }: AppItem, steps: readonly SyncStep[]): SyncResult {
	return { items: [index], appId: id ?? null, crmId: null, steps, notes: [] };
}

/** What the run did not come to. Where the app will not show it again by itself, that is held. */
async function leave(items: readonly AppItem[], run: SyncRun): Promise<readonly SyncResult[]> {
	if (items.length === 0) return [];
	const { progress, input, sync, clock, dryRun } = run;
	const words = progress.halted?.words ?? WORDS.notRun;
	const code = progress.halted?.code ?? null;
	const ids = new Set(items.flatMap(({ id }) => id ?? []));
	const holds = [...ids].map((id): SyncHold => ({
		...{ syncId: sync.id, subject: `app:${id}`, field: '', reason: 'notRun', appId: id, crmId: null, keyHash: null, candidates: [], words, code },
		...{ shown: '', heldAt: clock().toISOString(), tries: 0, nextTryAt: null, decision: null },
	}));
	if (input.mode !== 'all' && !dryRun && holds.length > 0) await commit({ holds }, run);
	return items.map((item) => plain(item, [{ do: 'notRun', words, code: code ?? undefined }]));
}

