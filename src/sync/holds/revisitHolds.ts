import type { SyncHold } from '../../model/syncHold';
import { applyPlans } from '../journal/applyPlans';
import { readRecords, readSides } from '../match/readRecords';
import { linkSubject, type Pair } from '../plan/pair';
import { OF_SIDES, planPair } from '../plan/planPair';
import { isOfCrmAlone, isOvertaken } from '../plan/waits';
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
	const links = (await run.state.links.byIds(run.sync.id, ids)).filter(({ id }) => !sent.has(id));
	const silent = links.map((link): Pair => ({ items: [], link, known: true, app: { kind: 'absent' }, crm: { kind: 'absent' }, subject: linkSubject(link.id), holds: [] }));
	const pairs = (await loadMemory(silent, run)).filter((pair) => isReleased(pair) || isSettling(pair, run));
	const sides = await readSides(pairs.flatMap(({ link }) => link.crmId ?? []), run);
	const asShown = pairs.map((pair): Pair => ({ ...pair, crm: sides.get(pair.link.crmId ?? '') ?? pair.crm }));
	const plans = asShown.flatMap((pair) => (isReleased(pair) ? againPlan(pair, run) : planPair(pair, run)) ?? []);
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

function isSettling(pair: Pair, run: SyncRun): boolean {
	return pair.holds.some((hold) => isDoubtOver(hold, run) || canBeCarriedOut(hold, pair));
}

/** The CRM's side can be looked at now. The app's counts only once the app shows it, or where that is to have no record. */
function canBeCarriedOut(hold: SyncHold, pair: Pair): boolean {
	const { field, reason, decision, rows } = hold;
	if (isOvertaken(hold, pair)) return false;
	if (field !== '' || (reason === 'refused' && rows.length > 0)) return decision === 'useCrm';
	return decision !== null && OF_SIDES.includes(reason) && (decision !== 'useApp' || pair.link.ended === 'deletedInApp');
}

function isDoubtOver(hold: SyncHold, { sync }: SyncRun): boolean {
	return !sync.inDoubt && isOfCrmAlone(hold);
}
