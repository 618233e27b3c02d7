import { resendDeliveries } from '../deliveries/resendDeliveries';
import { checkGuards } from '../guards/checkGuards';
import { revisitHolds } from '../holds/revisitHolds';
import { settleIntents } from '../journal/settleIntents';
import { lateReports } from '../reports/lateReports';
import { appPages } from './appPages';
import { closeRun } from './closeRun';
import { crmPages } from './crmPages';
import { unlessHalted } from './halt';
import { takeLease } from './lease';
import { openRun } from './openRun';
import { survey } from './survey';
import type { SyncRequest, SyncRun } from './syncRun';
import type { SyncResult, SyncSummary } from './syncTypes';

/**
 * One run of a sync: lease → what former runs left untold and open → survey → guards → the app's pages → the CRM's changes → what waits → watermark.
 * Each page is matched, merged, planned, applied and stored before the next is taken. Yields results in the order of the work, and returns
 * how the run ended. Once the caller has taken all results, what they report counts as told, also of a run that was stopped; deliveries
 * count as handed over if it was not. A dry run takes the same way and leaves out every write, to the CRM as to what is remembered.
 *
 * @throws CrmError while nothing was done yet (another mapping, no answer); later failures of the CRM stop the run, and the next one goes on.
 */
export async function* runSync(request: SyncRequest): AsyncGenerator<readonly SyncResult[], SyncSummary> {
	const lease = await takeLease(request, request.settings.scope, request.newId());
	if (!lease) return { runs: request.settings.runsKnown, busy: true, gaps: [] };
	try {
		const run = await openRun(request, lease);
		yield* lateReports(run);
		await unlessHalted(run, async () => await settleIntents(run));
		await checkGuards(await survey(run), run, pagesOf);
		yield* pagesOf(run);
		const summary = await closeRun(run);
		await run.state.notes.forget(run.sync.id);
		if (!run.dryRun) await run.state.handOver(run.sync.id, run.progress.lease, { deliveries: !run.sync.inDoubt && !run.crmWaits && !run.progress.halted });
		return summary;
	} finally {
		await request.leases.release(lease);
	}
}

/** All that a run does with records. The guards may ask for it once more, dry, before it is done. */
async function* pagesOf(run: SyncRun): AsyncGenerator<readonly SyncResult[]> {
	yield* appPages(run);
	yield* crmPages(run);
	// What waits may have been done already, or the app has edited it.
	if (run.sync.inDoubt || run.crmWaits) return;
	yield* revisitHolds(run);
	yield* resendDeliveries(run);
}
