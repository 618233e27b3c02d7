import type { GuardCount } from '../../model/syncState';
import type { SyncLink } from '../../model/syncLink';
import { openBase } from '../base/openBase';
import { loadMemory } from '../holds/loadMemory';
import { appKey } from '../match/keyHash';
import { mergeRecord } from '../merge/mergeRecord';
import { linkSubject, type Pair } from '../plan/pair';
import { mergeInput } from '../plan/planMerge';
import { unlessHalted } from './halt';
import { LEASE_LOST } from './lease';
import type { SyncRun } from './syncRun';
import type { AppItem } from './syncTypes';

/**
 * Goes over the whole input and the CRM's changes once, without calling for more: notes which items count, which match keys stand for
 * several records of the app, and what the CRM deleted. Gives the most that the run can change, for the guards. A run that has stopped
 * already notes what the input shows all the same, so that it can say what was left undone.
 */
export async function survey(run: SyncRun): Promise<GuardCount> {
	if (run.progress.halted === LEASE_LOST) return NOTHING;
	const ofApp = await surveyInput(run);
	const ofCrm = (await unlessHalted(run, async () => await surveyChanges(run))) ?? NOTHING;
	return { updates: ofApp.updates + ofCrm.updates, deletions: ofApp.deletions + ofCrm.deletions };
}

const NOTHING: GuardCount = { updates: 0, deletions: 0 };

async function surveyInput(run: SyncRun): Promise<GuardCount> {
	const most = { ...NOTHING };
	for await (const { items } of run.input.pages()) {
		const news = await newsIn(items, run, most.updates + most.deletions > 0);
		await noteItems(news, run);
		most.updates += news.filter(({ deleted }) => !deleted).length;
		most.deletions += news.filter(({ deleted }) => deleted).length;
	}
	return most;
}

type News = AppItem & { readonly known: boolean };

async function noteItems(news: readonly News[], run: SyncRun): Promise<void> {
	const { state: { notes }, sync } = run;
	const keys = news.flatMap((item) => {
		const key = item.known || item.deleted ? undefined : appKey(item.values, run);
		return key ? [{ ...item, hash: key.hash }] : [];
	});
	await notes.add(sync.id, 'app', news.flatMap(({ id, index }) => (id === undefined ? [] : [[id, String(index)] as const])));
	await notes.add(sync.id, 'form', keys.flatMap(({ id, index, hash }) => (id === undefined ? [[hash, String(index)] as const] : [])));
	await notes.add(sync.id, 'key', keys.flatMap(({ id, hash }) => (id === undefined ? [] : [[hash, id] as const])));
}

/** The items that show anything that was not settled before, and all that follow them on the same record. */
async function newsIn(items: readonly AppItem[], run: SyncRun, follows: boolean): Promise<readonly News[]> {
	const ids = [...new Set(items.flatMap(({ id }) => id ?? []))];
	const links = new Map((await run.state.links.byAppIds(run.sync.id, ids)).map((link) => [link.appId!, link]));
	const pairs = new Map((await loadMemory([...links.values()].map(silent), run)).map((pair) => [pair.link.appId!, pair]));
	const begun = new Set(follows ? (await run.state.notes.find(run.sync.id, 'app', [...links.keys()])).keys() : []);
	return items.flatMap((item) => {
		const pair = item.id === undefined ? undefined : pairs.get(item.id);
		if (pair && !begun.has(item.id!) && !isNews(item, pair, run)) return [];
		if (item.id !== undefined) begun.add(item.id);
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
	if (changePages.full) {
		const { open, closed } = await state.links.count(settings.scope);
		return { updates: open + closed, deletions: 0 };
	}
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
