import type { GuardCount } from '../../model/syncState';
import type { SyncLink } from '../../model/syncLink';
import { openBase } from '../base/openBase';
import { loadMemory } from '../holds/loadMemory';
import { appKey } from '../match/keyHash';
import { mergeRecord } from '../merge/mergeRecord';
import { linkSubject, type Pair } from '../plan/pair';
import { mergeInput } from '../plan/planMerge';
import type { SyncRun } from './syncRun';
import type { AppItem } from './syncTypes';

/**
 * Goes over the whole input and the CRM's changes once, without calling for more: notes which items show anything new, which match keys
 * stand for several records of the app, and what the CRM deleted. Gives the most that the run can change, for the guards.
 */
export async function survey(run: SyncRun): Promise<GuardCount> {
	const ofApp = await surveyInput(run);
	const ofCrm = await surveyChanges(run);
	return { updates: ofApp.updates + ofCrm.updates, deletions: ofApp.deletions + ofCrm.deletions };
}

async function surveyInput(run: SyncRun): Promise<GuardCount> {
	const most = { updates: 0, deletions: 0 };
	const { notes } = run.state;
	for await (const items of run.input.pages()) {
		const news = await newsIn(items, run);
		await notes.add(run.sync.id, 'app', news.flatMap(({ id, index }) => (id === undefined ? [] : [[id, String(index)] as const])));
		const unlinked = news.filter(({ id, known, deleted }) => id !== undefined && !known && !deleted);
		await notes.add(run.sync.id, 'key', unlinked.flatMap(({ id, values }) => (appKey(values, run) ? [[appKey(values, run)!.hash, id!] as const] : [])));
		most.updates += news.filter(({ deleted }) => !deleted).length;
		most.deletions += news.filter(({ deleted }) => deleted).length;
	}
	return most;
}

/** The items that show anything that was not settled before. */
async function newsIn(items: readonly AppItem[], run: SyncRun): Promise<readonly (AppItem & { readonly known: boolean })[]> {
	const ids = [...new Set(items.flatMap(({ id }) => id ?? []))];
	const links = new Map((await run.state.links.byAppIds(run.sync.id, ids)).map((link) => [link.appId!, link]));
	const pairs = new Map((await loadMemory([...links.values()].map(silent), run)).map((pair) => [pair.link.appId!, pair]));
	return items.flatMap((item) => {
		const pair = item.id === undefined ? undefined : pairs.get(item.id);
		if (pair && !isNews(item, pair, run)) return [];
		return [{ ...item, known: pair !== undefined }];
	});
}

function silent(link: SyncLink): Pair {
	return { items: [], link, known: true, app: { kind: 'absent' }, crm: { kind: 'absent' }, subject: linkSubject(link.id), holds: [] };
}

function isNews({ values, deleted }: AppItem, pair: Pair, run: SyncRun): boolean {
	if (deleted) return pair.link.ended === null || pair.delivery !== undefined || pair.holds.length > 0;
	if (run.lookAtAll || pair.holds.length > 0 || pair.delivery || pair.link.ended !== null) return true;
	return !mergeRecord(mergeInput({ ...pair, app: { kind: 'shown', values } }, run)).quiet || showsUnsettled(values, pair, run);
}

/** The app shows a field that was never settled, or of which that is no longer known: the CRM did not show it then, or took it for existing records only. */
function showsUnsettled(values: AppItem['values'], { link }: Pair, { mapping, keyring }: SyncRun): boolean {
	const known = new Set(openBase(link.base, keyring).entries.flatMap(({ tag, base }) => (base === 'lost' ? [] : [tag])));
	return mapping.rules.some(({ rule, tag }) => !known.has(tag) && values[rule.appField] !== undefined);
}

async function surveyChanges({ settings, changePages, state, sync }: SyncRun): Promise<GuardCount> {
	if (!settings.readChanges) return { updates: 0, deletions: 0 };
	if (changePages.full) return { updates: Infinity, deletions: 0 };
	const most = { updates: 0, deletions: 0 };
	for await (const { records, deleted } of changePages.pages()) {
		const gone = deleted.map(({ id, mergedInto }) => [id, mergedInto ?? ''] as const);
		const back = new Set(records.map(({ id }) => id));
		await state.notes.add(sync.id, 'gone', gone.filter(([id]) => !back.has(id)));
		most.updates += records.length;
		most.deletions += deleted.length;
	}
	return most;
}
