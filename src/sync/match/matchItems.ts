import type { SyncHold } from '../../model/syncHold';
import type { SyncLink } from '../../model/syncLink';
import type { AppSide, CrmSide, Pair } from '../plan/pair';
import { linkSubject } from '../plan/pair';
import { restingPlan, type RecordPlan } from '../plan/recordPlan';
import { WORDS } from '../plan/words';
import { loadMemory } from '../holds/loadMemory';
import { showsAfter } from '../journal/showsAfter';
import type { SyncRun } from '../run/syncRun';
import { forgetDeleted } from './deletedUnlinked';
import { findPartners, newLink, type Found, type HoldOfMatch, type Shown } from './findPartners';
import { followMerged } from './followMerged';
import { linksAsPlanned, memoryAsPlanned, realIds, sideAsPlanned } from './plannedLinks';
import { withoutEndedHolds } from './previewNotes';
import { withoutBlanks } from './withoutBlanks';
import { readSides } from './readRecords';

/** Pairs to be planned, and plans of records that found no partner and wait. */
export interface Matched {
	readonly pairs: readonly Pair[];
	readonly waiting: readonly RecordPlan[];
	/** Records of the app that found the same one of the CRM as another one: to be matched once that one is done. */
	readonly postponed: readonly Shown[];
}

/** Finds the partner of each record: by its link, else by what waits for its match key, else by the match key in the CRM. */
export async function matchItems(shown: readonly Shown[], run: SyncRun): Promise<Matched> {
	const linked = await byAppId(shown, run);
	const unlinked = shown.filter(({ id, deleted }) => !deleted && (id === null || !linked.has(id)));
	const over = await forgetDeleted(shown.filter(({ id, deleted }) => deleted && id !== null && !linked.has(id)), run);
	const found = await findPartners(unlinked, run);
	const planned = await linksAsPlanned([...linked.values()].flatMap(({ crmId }) => crmId ?? []), run);
	const links = new Map<Shown, Found>(shown.flatMap((one) => {
		const link = one.id === null ? undefined : linked.get(one.id);
		const made = planned.get(link?.crmId ?? '');
		const partner: Found | undefined = link ? { link: made?.link ?? link, known: true, planned: made } : found.get(one);
		return partner ? [[one, partner] as const] : [];
	}));
	const { first, later } = oncePerRecord(links);
	const { pairs, waiting } = await pairsOf(first, run);
	return { pairs, waiting: [...waiting, ...over], postponed: later };
}

async function byAppId(shown: readonly Shown[], { state, sync }: SyncRun): Promise<Map<string, SyncLink>> {
	const links = await state.links.byAppIds(sync.id, shown.flatMap(({ id }) => (id === null ? [] : [id])));
	return new Map(links.map((link) => [link.appId!, link]));
}

/** Two that found one record never go together: the second one is compared with what the first one made of it. */
function oncePerRecord(links: ReadonlyMap<Shown, Found>): { first: Map<Shown, Found>; later: readonly Shown[] } {
	const first = new Map<Shown, Found>();
	const later: Shown[] = [];
	const taken = new Set<string>();
	for (const [one, found] of links) {
		const record = 'held' in found ? `item ${one.items[0]}` : found.creates ? `key ${one.key?.hash}` : `crm ${found.link.crmId ?? found.link.id}`;
		if (taken.has(record)) later.push(one);
		else first.set(one, found);
		taken.add(record);
	}
	return { first, later };
}

async function pairsOf(links: ReadonlyMap<Shown, Found>, run: SyncRun): Promise<Omit<Matched, 'postponed'>> {
	const crmIds = [...links.values()].flatMap((found) => ('link' in found && found.link.crmId !== null ? [found.link.crmId] : []));
	const sides = await readSides(crmIds, run);
	const drafts = [...links].map(([one, found]) => draft(one, found, sides, run));
	const loaded = (await withoutEndedHolds(await loadMemory(drafts.map(({ pair }) => pair), run), run)).map((pair, index) => {
		const { found } = drafts[index];
		return 'link' in found && found.planned ? memoryAsPlanned(pair, found.planned, run) : pair;
	});
	const memory = await followMerged(loaded, run);
	const pairs: Pair[] = [];
	const waiting: RecordPlan[] = [];
	for (const [index, { found }] of drafts.entries()) {
		const pair = 'link' in found && found.moved ? withoutBlanks(memory[index], run) : memory[index];
		if ('held' in found) waiting.push(held(pair, found.held, found.candidates, found.until));
		else if (found.creates && !run.settings.createInCrm) waiting.push(restingPlan(pair));
		else pairs.push(pair);
	}
	return { pairs, waiting };
}

function draft(one: Shown, found: Found, sides: ReadonlyMap<string, CrmSide>, run: SyncRun): { pair: Pair; found: Found } {
	const link = 'link' in found ? found.link : newLink(run, one, null);
	const side = sides.get(link.crmId ?? '');
	// That the CRM shows again what both sides have deleted is told by its changes.
	const isLeft = 'held' in found || (one.deleted && link.ended === 'deletedInCrm' && side?.kind === 'shown');
	const made = 'link' in found && found.planned ? sideAsPlanned(side, found.planned, run) : side;
	const crm: CrmSide = isLeft ? { kind: 'absent' } : (made ?? { kind: 'new' });
	const known = 'link' in found && found.known;
	const moved = 'link' in found && found.moved;
	const subject = known ? linkSubject(link.id) : one.id !== null ? `app:${one.id}` : `key:${one.key?.hash ?? ''}`;
	// A record that shows something else than what we created may be somebody else's.
	const strange = !known && link.base.length > 0 && crm.kind === 'shown' && !showsAfter(crm.record.values, { linkId: link.id, after: link.base }, run);
	const submitted = one.id === null && link.appId !== null ? one.values : undefined;
	const app: AppSide = one.deleted ? { kind: 'deleted' } : submitted ? { kind: 'absent' } : { kind: 'shown', values: one.values };
	return { pair: { items: one.items, link: strange ? { ...link, base: new Uint8Array() } : link, known, moved, app, submitted, crm, subject, keyHash: one.key?.hash, holds: [] as readonly SyncHold[] }, found };
}

/** A record is looked at again after so long; one of the app's, when the app shows it then, or when its key or the CRM's candidates change. */
const RETRY_MS = 60 * 60_000;

/** A record that found no partner, and why. `until`: it waits already, and is looked at again then. */
export function held(pair: Pair, reason: HoldOfMatch, candidates: readonly string[], until?: string): RecordPlan {
	return { ...restingPlan(pair), holds: [{ field: '', appField: '', reason, words: WORDS[reason], candidates: realIds(candidates), shown: '', retryAfterMs: RETRY_MS, nextTryAt: until }] };
}

