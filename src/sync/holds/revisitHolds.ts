import type { SyncHold } from '../../model/syncHold';
import type { SyncLink } from '../../model/syncLink';
import { applyPlans } from '../journal/applyPlans';
import { readRecords, readSides } from '../match/readRecords';
import { linkSubject, type Pair } from '../plan/pair';
import { isOfCrmAlone } from '../plan/planInDoubt';
import { OF_SIDES, planPair } from '../plan/planPair';
import type { RecordPlan } from '../plan/recordPlan';
import { waitingRows } from '../plan/waitingRows';
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
	const linkIds = holds.filter((hold) => hold.decision !== null || isDoubtOver(hold, run)).flatMap(({ subject }) => linkOf(subject));
	// A preview ends no hold: what it has carried out or looked at already must not come twice.
	const sent = run.dryRun ? await sentOf(linkIds, run) : new Map<string, unknown>();
	const isToBeSeen = (link: SyncLink) => holds.some((hold) => hold.subject === linkSubject(link.id) && (hold.decision === 'release' || isSettling(hold, link, run)));
	const links = (linkIds.length > 0 ? await run.state.links.byIds(run.sync.id, [...new Set(linkIds)]) : []).filter((link) => !sent.has(link.id) && isToBeSeen(link));
	const sides = await readSides(links.flatMap(({ crmId }) => crmId ?? []), run);
	const pairs = links.map((link): Pair => ({ items: [], link, known: true, app: { kind: 'absent' }, crm: sides.get(link.crmId ?? '') ?? { kind: 'absent' }, subject: linkSubject(link.id), holds: [] }));
	const plans = (await loadMemory(pairs, run)).flatMap((pair) => planOf(pair, run) ?? []);
	if (plans.length > 0) yield (await applyPlans(plans, run)).filter(({ steps }) => steps.length > 0);
	const waiting = holds.filter(({ subject, appId, decision }) => (appId === null || decision !== null) && linkOf(subject).length === 0);
	const seen = run.dryRun ? await shownOf(waiting.flatMap(({ crmId }) => crmId ?? []), run) : new Set<string>();
	const fresh = waiting.filter(({ crmId }) => !seen.has(crmId ?? ''));
	const records = await readRecords([...new Set(fresh.flatMap(({ crmId, candidates }) => [...(crmId === null ? [] : [crmId]), ...candidates]))], run);
	yield* crmPage([...records.values()], [], run);
}

function linkOf(subject: string): readonly string[] {
	return subject.startsWith('link:') ? [subject.slice('link:'.length)] : [];
}

/** The app's side counts only once the app shows it; the CRM's can be looked at now, and what was sent can be sent again. */
function planOf(pair: Pair, run: SyncRun): RecordPlan | undefined {
	if (isReleased(pair)) return againPlan(pair, run);
	return pair.holds.some((hold) => isSettling(hold, pair.link, run)) ? planPair(pair, run) : undefined;
}

function isSettling(hold: SyncHold, link: SyncLink, run: SyncRun): boolean {
	return isDoubtOver(hold, run) || canBeCarriedOut(hold, link);
}

/** A silent app's side counts only where that is to have no record. */
function canBeCarriedOut(hold: SyncHold, { ended }: SyncLink): boolean {
	const { field, reason, decision } = hold;
	if (field !== '' || (reason === 'refused' && waitingRows(hold))) return decision === 'useCrm';
	return decision !== null && OF_SIDES.includes(reason) && (decision !== 'useApp' || ended === 'deletedInApp');
}

function isDoubtOver(hold: SyncHold, { sync }: SyncRun): boolean {
	return !sync.inDoubt && isOfCrmAlone(hold);
}
