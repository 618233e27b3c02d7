import type { SyncHold } from '../../model/syncHold';
import type { SyncLink } from '../../model/syncLink';
import { applyPlans } from '../journal/applyPlans';
import { readRecords, readSides } from '../match/readRecords';
import { linkSubject, type Pair } from '../plan/pair';
import { isOfCrmAlone } from '../plan/planInDoubt';
import { OF_SIDES, planPair } from '../plan/planPair';
import type { RecordPlan } from '../plan/recordPlan';
import { againPlan, isReleased } from '../deliveries/againPlan';
import { haltOn } from '../run/halt';
import { crmPage } from '../run/crmPages';
import { sentOf, shownOf } from '../run/seen';
import type { SyncRun } from '../run/syncRun';
import type { SyncResult } from '../run/syncTypes';
import { loadMemory } from './loadMemory';

const PAGE = 200;

/** Looks again at what a person decided, and at what may have settled itself: with what the CRM shows now, never by repeating a plan. */
export async function* revisitHolds(run: SyncRun): AsyncGenerator<readonly SyncResult[]> {
	if (!run.settings.readChanges) return;
	let after: string | undefined;
	try {
		do {
			const page = await run.state.listHolds({ syncId: run.sync.id, dueAt: run.clock().toISOString(), limit: PAGE, after });
			yield* revisit(page.items, run);
			after = page.next;
		} while (after !== undefined && !run.progress.halted);
	} catch (error) {
		haltOn(error, run);
	}
}

async function* revisit(holds: readonly SyncHold[], run: SyncRun): AsyncGenerator<readonly SyncResult[]> {
	yield* revisitLinks(Map.groupBy(holds.filter((hold) => hold.decision !== null || isDoubtOver(hold, run)), linkOf), run);
	yield* revisitUnlinked(holds.filter((hold) => linkOf(hold) === undefined && (hold.appId === null || hold.decision !== null)), run);
}

/** Linked records, of which the app is silent: those of which something can be carried out. */
async function* revisitLinks(held: ReadonlyMap<string | undefined, readonly SyncHold[]>, run: SyncRun): AsyncGenerator<readonly SyncResult[]> {
	const ids = [...held.keys()].filter((id) => id !== undefined);
	if (ids.length === 0) return;
	// A preview ends no hold: what it has carried out or looked at already must not come twice.
	const sent = run.dryRun ? await sentOf(ids, run) : new Map<string, unknown>();
	const links = (await run.state.links.byIds(run.sync.id, ids)).filter((link) => !sent.has(link.id) && held.get(link.id)!.some((hold) => isToSendAgain(hold) || isSettling(hold, link, run)));
	const sides = await readSides(links.flatMap(({ crmId }) => crmId ?? []), run);
	const pairs = links.map((link): Pair => ({ items: [], link, known: true, app: { kind: 'absent' }, crm: sides.get(link.crmId ?? '') ?? { kind: 'absent' }, subject: linkSubject(link.id), holds: [] }));
	const plans = (await loadMemory(pairs, run)).flatMap((pair) => planOf(pair, run) ?? []);
	if (plans.length > 0) yield (await applyPlans(plans, run)).filter(({ steps }) => steps.length > 0);
}

/** Records without a link, as if the CRM had changed them; one of the app's only if a person decided about it. */
async function* revisitUnlinked(holds: readonly SyncHold[], run: SyncRun): AsyncGenerator<readonly SyncResult[]> {
	const seen = run.dryRun ? await shownOf(holds.flatMap(({ crmId }) => crmId ?? []), run) : new Set<string>();
	const fresh = holds.filter(({ crmId }) => !seen.has(crmId ?? ''));
	const records = await readRecords([...new Set(fresh.flatMap(({ crmId, candidates }) => [...(crmId === null ? [] : [crmId]), ...candidates]))], run);
	yield* crmPage([...records.values()], [], run);
}

/** The link that it is about. */
function linkOf({ subject }: SyncHold): string | undefined {
	return subject.startsWith(LINK) ? subject.slice(LINK.length) : undefined;
}

const LINK = linkSubject('');

/** The app's side counts only once the app shows it; the CRM's can be looked at now, and what was sent can be sent again. */
function planOf(pair: Pair, run: SyncRun): RecordPlan | undefined {
	if (isReleased(pair)) return againPlan(pair, run);
	return pair.holds.some((hold) => isSettling(hold, pair.link, run)) ? planPair(pair, run) : undefined;
}

/** A person wants what the app does not show to be sent once more. */
function isToSendAgain({ field, reason, decision }: SyncHold): boolean {
	return field === '' && reason === 'unseen' && decision === 'release';
}

function isSettling(hold: SyncHold, link: SyncLink, run: SyncRun): boolean {
	return isDoubtOver(hold, run) || canBeCarriedOut(hold, link);
}

/** A silent app's side counts only where that is to have no record. */
function canBeCarriedOut(hold: SyncHold, { ended }: SyncLink): boolean {
	const { field, reason, decision, rows } = hold;
	if (field !== '' || (reason === 'refused' && rows.length > 0)) return decision === 'useCrm';
	return decision !== null && OF_SIDES.includes(reason) && (decision !== 'useApp' || ended === 'deletedInApp');
}

function isDoubtOver(hold: SyncHold, { sync }: SyncRun): boolean {
	return !sync.inDoubt && isOfCrmAlone(hold);
}
