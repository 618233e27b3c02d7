import type { Tombstone, VersionedRecord } from '../../model/changeReader';
import { applyPlans } from '../journal/applyPlans';
import { matchRecords } from '../match/matchRecords';
import { planPair } from '../plan/planPair';
import { haltOn } from './halt';
import { unseen, withSent } from './seen';
import type { SyncRun } from './syncRun';
import type { SyncResult } from './syncTypes';

/**
 * Goes over what the CRM changed. What the app's pages have settled already shows nothing new. The cursor moves only after the last page.
 */
export async function* crmPages(run: SyncRun): AsyncGenerator<readonly SyncResult[]> {
	if (!run.settings.readChanges || run.progress.halted) return;
	try {
		for await (const { records, deleted, cursor, full } of run.changePages.pages()) {
			yield* crmPage(records, deleted, run);
			if (run.progress.halted) return;
			if (full) run.progress.sawAll = true;
			if (cursor !== undefined) run.progress.cursor = cursor;
		}
	} catch (error) {
		haltOn(error, run);
	}
}

/** As many records as are matched and written together. */
const PAGE = 1_000;

/** One page of changes, in pieces, without what the run has worked on already. */
export async function* crmPage(records: readonly VersionedRecord[], deleted: readonly Tombstone[], run: SyncRun): AsyncGenerator<readonly SyncResult[]> {
	for (let start = 0; start < Math.max(records.length, deleted.length) && !run.progress.halted; start += PAGE) {
		yield await crmPiece(records.slice(start, start + PAGE), deleted.slice(start, start + PAGE), run);
	}
}

async function crmPiece(records: readonly VersionedRecord[], deleted: readonly Tombstone[], run: SyncRun): Promise<readonly SyncResult[]> {
	const news = await unseen(records, deleted, run);
	const { pairs, waiting } = await matchRecords(news.records, news.deleted, run);
	const results = await applyPlans([...(await withSent(pairs, run)).map((pair) => planPair(pair, run)), ...waiting], run);
	return results.filter(({ steps, notes }) => steps.length > 0 || notes.some(({ decision }) => decision.reported));
}
