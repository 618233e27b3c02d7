import type { SyncLink } from '../../model/syncLink';
import type { SyncRun } from '../run/syncRun';
import { findCandidates, type Candidates } from './candidates';
import type { RecordKey } from './keyHash';
import { linksAsPlanned, realIds, type PlannedLink } from './plannedLinks';
import { plannedPartners } from './previewNotes';
import { stillHeld } from './stillHeld';

/** A record that the app showed, once for all items that stand for it. */
export interface Shown {
	readonly items: readonly number[];
	readonly id: string | null;
	readonly values: Readonly<Record<string, unknown>>;
	readonly deleted: boolean;
	readonly key?: RecordKey;
}

/** Its link, stored or to be made; or why it waits. */
export type Found = { readonly link: SyncLink; readonly known: boolean; readonly moved?: boolean; readonly creates?: boolean; readonly planned?: PlannedLink } | { readonly held: HoldOfMatch; readonly candidates: readonly string[]; readonly until?: string };
/** Why a record without a partner waits. */
export type HoldOfMatch = 'ambiguous' | 'noKey' | 'linkedElsewhere' | 'converted' | 'uncertain' | 'notRun';

/** Finds the partners of records without a link: by what they descend from, by what waits for their key, else in the CRM. */
export async function findPartners(unlinked: readonly Shown[], run: SyncRun): Promise<Map<Shown, Found>> {
	const { state, sync, settings } = run;
	const found = new Map<Shown, Found>();
	const keyed = unlinked.filter(({ key }) => key);
	const hashes = keyed.map(({ key }) => key!.hash);
	const doubles = await state.notes.find(sync.id, 'key', hashes);
	const halves = group(await state.links.byKeyHashes(sync.id, hashes), ({ keyHash }) => keyHash!);
	const ids = unlinked.flatMap(({ id }) => (id === null ? [] : [id]));
	const ancestors = new Map((await state.links.byAncestors(settings.scope, { appIds: ids, crmIds: [] })).map((link) => [link.appId!, link.successor!.crmId]));
	const taken = new Set((await state.links.byCrmIds(sync.id, [...ancestors.values()])).map(({ crmId }) => crmId));
	const underWay = new Map([...run.progress.openCreates.values()].map((intent) => [intent.appId, intent.keyHash]));
	const open: Shown[] = [];
	const expected = new Map<Shown, readonly SyncLink[]>();
	for (const one of unlinked) {
		const ancestor = one.id === null ? undefined : ancestors.get(one.id);
		if (ancestor !== undefined && taken.has(ancestor)) found.set(one, { held: 'linkedElsewhere', candidates: [ancestor] });
		else if (ancestor !== undefined) found.set(one, { link: newLink(run, one, ancestor), known: false });
		else if (!one.key) found.set(one, { held: 'noKey', candidates: [] });
		else if (one.id !== null && (doubles.get(one.key.hash)?.length ?? 0) > 1) found.set(one, { held: 'ambiguous', candidates: [] });
		else if (one.id !== null && underWay.has(one.id) && underWay.get(one.id) !== one.key.hash) found.set(one, { held: 'uncertain', candidates: [] });
		else {
			open.push(one);
			expected.set(one, awaiting(one, halves.get(one.key.hash) ?? []));
		}
	}
	const still = await stillHeld(open, run);
	for (const [one, why] of still) found.set(one, why);
	await matchInCrm(open.filter((one) => !still.has(one)), expected, found, run);
	return found;
}

/** Links that wait for the record's key: open ones, else closed ones, so that what the CRM deleted before the app showed it is known. */
function awaiting({ id }: Shown, halves: readonly SyncLink[]): readonly SyncLink[] {
	const waiting = halves.filter(({ appId }) => appId === null);
	const open = waiting.filter(({ ended }) => ended === null);
	return open.length > 0 || id === null ? open : waiting;
}

async function matchInCrm(open: readonly Shown[], expected: ReadonlyMap<Shown, readonly SyncLink[]>, found: Map<Shown, Found>, run: SyncRun): Promise<void> {
	const candidates = await findCandidates(open.map(({ key }) => key!), run);
	const ids = [...candidates.values()].flatMap((one) => one.open);
	const idsInAll = [...ids, ...[...expected.values()].flat().flatMap(({ crmId }) => crmId ?? [])];
	const planned = await linksAsPlanned(idsInAll, run);
	const stored = (await run.state.links.byCrmIds(run.sync.id, realIds(ids))).map((link) => [link.crmId!, link] as const);
	const links = new Map([...stored, ...[...planned].map(([id, { link }]) => [id, link] as const)]);
	const plannedById = new Map([...planned.values()].map((one) => [one.link.id, one]));
	const taken = await plannedPartners(idsInAll, run);
	for (const one of open) {
		const inCrm = candidates.get(one.key!.hash)!;
		const isTaken = (crmId: string | null) => (taken.get(crmId ?? '') ?? []).some((id) => id !== '') && !taken.get(crmId!)!.includes(one.id ?? '');
		const halves = awaiting(one, expected.get(one)!.filter(({ crmId }) => !isTaken(crmId)).map((half) => planned.get(half.crmId ?? '')?.link ?? half));
		const isAnothers = one.id !== null && inCrm.open.length === 1 && isTaken(inCrm.open[0]);
		const isFree = inCrm.open.length === 1 && !isAnothers && (links.get(inCrm.open[0])?.appId ?? null) === null;
		const decide = () => (isAnothers ? { held: 'linkedElsewhere' as const, candidates: inCrm.open } : decideCandidates(one, inCrm, links, run));
		const decision = awaited(one, halves, { ...inCrm, isFree }) ?? decide();
		const made = 'link' in decision ? plannedById.get(decision.link.id) : undefined;
		found.set(one, made ? { ...decision, planned: made } : decision);
	}
}

/**
 * | links that wait for the key | the only open candidate | what happens |
 * |---|---|---|
 * | some | the record of one of them | completed |
 * | one | none, or linked to another record | completed |
 * | one or several, closed | another one | as if nothing waited |
 * | one or several | another one | held, with all of them; a submission is that record |
 * | several, open | none, or linked to another record | held, with all of them |
 * | several, closed | none, or linked to another record | as if nothing waited |
 */
function awaited(one: Shown, halves: readonly SyncLink[], { open, isFree }: Candidates & { readonly isFree: boolean }): Found | undefined {
	if (halves.length === 0 || open.length > 1) return undefined;
	const complete = (half: SyncLink): Found => ({ link: completed(half, one), known: true, moved: one.id !== null });
	const its = halves.find(({ crmId }) => crmId === open[0]);
	if (its) return complete(its);
	if (isFree && (one.id === null || halves[0].ended !== null)) return undefined;
	if (halves.length === 1 && !isFree) return complete(halves[0]);
	if (halves[0].ended !== null) return undefined;
	return { held: 'ambiguous', candidates: [...new Set([...halves.flatMap(({ crmId }) => crmId ?? []), ...open])].sort() };
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
		if (!link) return { link: { ...newLink(run, one, open[0]), ...createdBefore(one, run) }, known: false };
		if (one.id === null && link.ended === null) return { link, known: true };
		return link.appId === null ? { link: completed(link, one), known: true, moved: true } : { held: 'linkedElsewhere', candidates: open };
	}
	if (converted.length > 0) return { held: 'converted', candidates: converted };
	if (mayStillAppear(one.key!.hash, run)) return { held: 'uncertain', candidates: [] };
	return { link: newLink(run, one, null), known: false, creates: true };
}

/** A create without an answer that turned out to be done: the record shows what was written then. */
function createdBefore({ id, key }: Shown, { progress }: SyncRun): Partial<SyncLink> {
	const intent = progress.openCreates.get(key!.hash);
	const isOurs = intent && (intent.appId === null || intent.appId === id);
	return isOurs ? { id: intent.linkId, base: intent.after } : {};
}

/** For so long a create without an answer may still be under way. */
const UNDER_WAY_MS = 10 * 60_000;

/** Whether a create of the key that got no answer may be under way still. */
export function mayStillAppear(keyHash: string, { progress, clock }: SyncRun): boolean {
	const intent = progress.openCreates.get(keyHash);
	return intent !== undefined && clock().getTime() - Date.parse(intent.startedAt) < UNDER_WAY_MS;
}

/** A link that is to be made. */
export function newLink({ sync, newId }: SyncRun, { id, key }: Shown, crmId: string | null): SyncLink {
	const keyHash = id === null ? (key?.hash ?? null) : null;
	return { id: newId(), syncId: sync.id, appId: id, crmId, keyHash, base: new Uint8Array(), ended: null, endedAt: null, successor: null };
}

function completed(half: SyncLink, { id }: Shown): SyncLink {
	return id === null ? half : { ...half, appId: id, keyHash: null };
}

function group<T>(list: readonly T[], keyOf: (one: T) => string): Map<string, T[]> {
	const groups = new Map<string, T[]>();
	for (const one of list) groups.set(keyOf(one), [...(groups.get(keyOf(one)) ?? []), one]);
	return groups;
}
