import type { SyncHold } from '../../model/syncHold';
import type { SyncLink } from '../../model/syncLink';
import type { Pair, CrmSide } from '../plan/pair';
import { linkSubject } from '../plan/pair';
import { restingPlan, type RecordPlan } from '../plan/recordPlan';
import { WORDS } from '../plan/words';
import { loadMemory } from '../holds/loadMemory';
import type { SyncRun } from '../run/syncRun';
import type { AppItem } from '../run/syncTypes';
import { appKey, type RecordKey } from './keyHash';
import { rememberDeleted } from './deletedUnlinked';
import { findCandidates, type Candidates } from './candidates';
import { followMerged } from './followMerged';
import { readSides } from './readRecords';

/** A record that the app showed, once for all items that stand for it. */
interface Shown {
	readonly items: readonly number[];
	readonly id: string | null;
	readonly values: Readonly<Record<string, unknown>>;
	readonly deleted: boolean;
	readonly key?: RecordKey;
}

type Found = { readonly link: SyncLink; readonly known: boolean; readonly moved?: boolean; readonly creates?: boolean } | { readonly held: HoldOfMatch; readonly candidates: readonly string[] };
type HoldOfMatch = 'ambiguous' | 'noKey' | 'linkedElsewhere' | 'converted' | 'uncertain' | 'notRun';

/** Pairs to be planned, and plans of records that found no partner and wait. */
export interface Matched {
	readonly pairs: readonly Pair[];
	readonly waiting: readonly RecordPlan[];
	/** Items of records that earlier items of the page stand for too: to be matched once those are done. */
	readonly postponed: readonly AppItem[];
}

/** Finds the partner of each item: by its link, else by what waits for its match key, else by the match key in the CRM. */
export async function matchItems(items: readonly AppItem[], run: SyncRun): Promise<Matched> {
	const shown = records(items, run);
	const linked = await byAppId(shown, run);
	const unlinked = shown.filter(({ id, deleted }) => !deleted && (id === null || !linked.has(id)));
	await rememberDeleted(shown.flatMap(({ id, deleted }) => (deleted && id !== null && !linked.has(id) ? [id] : [])), run);
	const found = await findPartners(unlinked, run);
	const links = new Map<Shown, Found>(shown.flatMap((one) => {
		const link = one.id === null ? undefined : linked.get(one.id);
		const partner: Found | undefined = link ? { link, known: true } : found.get(one);
		return partner ? [[one, partner] as const] : [];
	}));
	const { first, later } = oncePerRecord(links);
	return { ...(await pairsOf(first, run)), postponed: items.filter(({ index }) => later.has(index)) };
}

/** The last item of an id stands for the record; submissions without an id follow each other on their key. */
function records(items: readonly AppItem[], run: SyncRun): readonly Shown[] {
	const byIdentity = new Map<string, Shown>();
	for (const { index, id, values, deleted = false } of items) {
		const key = appKey(values, run);
		const identity = id !== undefined ? `id ${id}` : key ? `key ${key.hash}` : `item ${index}`;
		const former = id === undefined ? byIdentity.get(identity) : undefined;
		const items = [...(former?.items ?? []), index];
		byIdentity.set(identity, { items, id: id ?? null, values: former ? { ...former.values, ...values } : values, deleted, key });
	}
	return [...byIdentity.values()];
}

async function byAppId(shown: readonly Shown[], { state, sync }: SyncRun): Promise<Map<string, SyncLink>> {
	const links = await state.links.byAppIds(sync.id, shown.flatMap(({ id }) => (id === null ? [] : [id])));
	return new Map(links.map((link) => [link.appId!, link]));
}

async function findPartners(unlinked: readonly Shown[], run: SyncRun): Promise<Map<Shown, Found>> {
	const { state, sync, settings } = run;
	const found = new Map<Shown, Found>();
	const keyed = unlinked.filter(({ key }) => key);
	const hashes = keyed.map(({ key }) => key!.hash);
	const doubles = await state.notes.find(sync.id, 'key', hashes);
	const halves = group(await state.links.byKeyHashes(sync.id, hashes), ({ keyHash }) => keyHash!);
	const ids = unlinked.flatMap(({ id }) => (id === null ? [] : [id]));
	const ancestors = new Map((await state.links.byAncestors(settings.scope, { appIds: ids, crmIds: [] })).map((link) => [link.appId!, link]));
	const underWay = new Map([...run.progress.openCreates.values()].map((intent) => [intent.appId, intent.keyHash]));
	const open: Shown[] = [];
	const expected = new Map<Shown, SyncLink>();
	for (const one of unlinked) {
		const ancestor = one.id === null ? undefined : ancestors.get(one.id);
		const half = one.key ? (halves.get(one.key.hash) ?? []).filter(({ appId, ended }) => appId === null && (one.id !== null || ended === null)) : [];
		if (ancestor) found.set(one, { link: newLink(run, one, ancestor.successor!.crmId), known: false });
		else if (!one.key) found.set(one, { held: 'noKey', candidates: [] });
		else if (one.id !== null && (doubles.get(one.key.hash)?.length ?? 0) > 1) found.set(one, { held: 'ambiguous', candidates: [] });
		else if (one.id !== null && underWay.has(one.id) && underWay.get(one.id) !== one.key.hash) found.set(one, { held: 'uncertain', candidates: [] });
		else {
			open.push(one);
			if (half.length === 1) expected.set(one, half[0]);
		}
	}
	await matchInCrm(open, expected, found, run);
	return found;
}

async function matchInCrm(open: readonly Shown[], expected: ReadonlyMap<Shown, SyncLink>, found: Map<Shown, Found>, run: SyncRun): Promise<void> {
	const candidates = await findCandidates(open.map(({ key }) => key!), run);
	const ids = [...candidates.values()].flatMap((one) => one.open);
	const links = new Map((await run.state.links.byCrmIds(run.sync.id, ids)).map((link) => [link.crmId!, link]));
	for (const one of open) {
		const half = expected.get(one);
		const inCrm = candidates.get(one.key!.hash)!;
		if (half && inCrm.open.length < 2) found.set(one, { link: completed(half, one), known: true, moved: one.id !== null });
		else found.set(one, decideCandidates(one, inCrm, links, run));
	}
}

/**
 * | open candidates | converted | linked to | what happens |
 * |---|---|---|---|
 * | several | any | any | held |
 * | one | any | nothing | linked |
 * | one | any | no record of the app yet | completed |
 * | one | any | another record | held; a submission without an id is that record |
 * | none | some | | held, with what it became |
 * | none | none | | created, unless an earlier create may still appear, or nothing is to be created |
 */
function decideCandidates(one: Shown, { open, converted }: Candidates, links: ReadonlyMap<string, SyncLink>, run: SyncRun): Found {
	if (open.length > 1) return { held: 'ambiguous', candidates: open };
	if (open.length === 1) {
		const link = links.get(open[0]);
		if (!link) return { link: { ...newLink(run, one, open[0]), ...createdBefore(one.key!.hash, run) }, known: false };
		if (one.id === null && link.ended === null) return { link, known: true };
		return link.appId === null ? { link: completed(link, one), known: true, moved: true } : { held: 'linkedElsewhere', candidates: open };
	}
	if (converted.length > 0) return { held: 'converted', candidates: converted };
	if (mayStillAppear(one.key!.hash, run)) return { held: 'uncertain', candidates: [] };
	return { link: newLink(run, one, null), known: false, creates: true };
}

/** A create without an answer that turned out to be done: the record shows what was written then. */
function createdBefore(keyHash: string, { progress }: SyncRun): Partial<SyncLink> {
	const intent = progress.openCreates.get(keyHash);
	return intent ? { id: intent.linkId, base: intent.after } : {};
}

/** For so long a create without an answer may still be under way. */
const UNDER_WAY_MS = 10 * 60_000;

function mayStillAppear(keyHash: string, { progress, clock }: SyncRun): boolean {
	const intent = progress.openCreates.get(keyHash);
	return intent !== undefined && clock().getTime() - Date.parse(intent.startedAt) < UNDER_WAY_MS;
}

function newLink({ sync, newId }: SyncRun, { id, key }: Shown, crmId: string | null): SyncLink {
	const keyHash = id === null ? (key?.hash ?? null) : null;
	return { id: newId(), syncId: sync.id, appId: id, crmId, keyHash, base: new Uint8Array(), ended: null, endedAt: null, successor: null };
}

function completed(half: SyncLink, { id }: Shown): SyncLink {
	return id === null ? half : { ...half, appId: id, keyHash: null };
}

/** Two items of one record never go together: the second one is compared with what the first one made of it. */
function oncePerRecord(links: ReadonlyMap<Shown, Found>): { first: Map<Shown, Found>; later: ReadonlySet<number> } {
	const first = new Map<Shown, Found>();
	const later = new Set<number>();
	const taken = new Set<string>();
	for (const [one, found] of links) {
		const record = 'held' in found ? `item ${one.items[0]}` : found.creates ? `key ${one.key?.hash}` : `crm ${found.link.crmId}`;
		if (taken.has(record)) for (const index of one.items) later.add(index);
		else first.set(one, found);
		taken.add(record);
	}
	return { first, later };
}

async function pairsOf(links: ReadonlyMap<Shown, Found>, run: SyncRun): Promise<Omit<Matched, 'postponed'>> {
	const crmIds = [...links.values()].flatMap((found) => ('link' in found && found.link.crmId !== null ? [found.link.crmId] : []));
	const sides = await readSides(crmIds, run);
	const drafts = [...links].map(([one, found]) => draft(one, found, sides, run));
	const memory = await followMerged(await loadMemory(drafts.map(({ pair }) => pair), run), run);
	const pairs: Pair[] = [];
	const waiting: RecordPlan[] = [];
	for (const [index, { found }] of drafts.entries()) {
		const pair = memory[index];
		if ('held' in found) waiting.push(held(pair, found.held, found.candidates));
		else if (found.creates && !run.settings.createInCrm) waiting.push(restingPlan(pair));
		else pairs.push(pair);
	}
	return { pairs, waiting };
}

function draft(one: Shown, found: Found, sides: ReadonlyMap<string, CrmSide>, run: SyncRun): { pair: Pair; found: Found } {
	const link = 'link' in found ? found.link : newLink(run, one, null);
	const crm: CrmSide = 'held' in found ? { kind: 'absent' } : link.crmId === null ? { kind: 'new' } : sides.get(link.crmId)!;
	const known = 'link' in found && found.known;
	const moved = 'link' in found && found.moved;
	const subject = known ? linkSubject(link.id) : one.id !== null ? `app:${one.id}` : `key:${one.key?.hash ?? ''}`;
	const app = one.deleted ? ({ kind: 'deleted' } as const) : ({ kind: 'shown', values: one.values } as const);
	return { pair: { items: one.items, link, known, moved, app, crm, subject, keyHash: one.key?.hash, holds: [] as readonly SyncHold[] }, found };
}

/** A record that only the CRM shows is looked at again after so long; one of the app's, when the app shows it. */
const RETRY_MS = 60 * 60_000;

/** A record that found no partner, and why. */
export function held(pair: Pair, reason: HoldOfMatch, candidates: readonly string[]): RecordPlan {
	return { ...restingPlan(pair), holds: [{ field: '', appField: '', reason, words: WORDS[reason], candidates, shown: '', retryAfterMs: RETRY_MS }] };
}

function group<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
	return groups;
}
