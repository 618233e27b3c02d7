import type { CrmAdapter } from '../../model/crmAdapter';
import { CrmError } from '../../model/crmError';
import type { EntityDescription } from '../../model/entity';
import { applyWaves } from './applyWaves';
import { planPage } from './planPage';
import { openPushContext, type PushContext } from './pushContext';
import { newProgress, type PushProgress } from './pushProgress';
import { problemsOf, pushResult } from './pushResult';
import type { PushItem, PushResult, PushSettings } from './pushTypes';

export interface PushRequest {
	readonly adapter: CrmAdapter;
	readonly settings: PushSettings;
	readonly description: EntityDescription;
	/** API names of all fields that any item may give a value. */
	readonly mapped: readonly string[];
	/** The items in their order, in pages; each page is matched and written before the next is taken. */
	readonly pages: AsyncIterable<readonly PushItem[]>;
	/** Runs the work of one page while no other push does the same; without it, two pushes at once may create one key twice. */
	readonly inTurn?: <T>(work: () => Promise<T>) => Promise<T>;
}

/**
 * Pushes items into the CRM: prepare → match → decide → write → settle, page by page. Yields the results of each page in the order
 * of its items, exactly one per item. A dry run takes the same way and leaves out the write.
 *
 * @throws only while nothing was written; afterwards an error becomes the result of every item it keeps from being sent.
 */
export async function* runPush({ adapter, settings, description, mapped, pages, inTurn = async (work) => await work() }: PushRequest): AsyncGenerator<readonly PushResult[]> {
	const context = await openPushContext(adapter, settings, description, mapped);
	const progress = newProgress(settings.dryRun);
	for await (const items of pages) {
		await inTurn(async () => await pushPage(items, context, progress));
		yield progress.results.splice(0).sort((a, b) => a.index - b.index);
	}
}

async function pushPage(items: readonly PushItem[], context: PushContext, progress: PushProgress): Promise<void> {
	try {
		if (progress.halted) throw progress.halted;
		await applyWaves(await planPage(items, context, progress), context, progress);
	} catch (error) {
		if (!progress.wrote) throw error;
		endPage(items, error, progress);
	}
}

/** What was written before stays reported: the error becomes the result of every item of the page that has none yet. */
function endPage(items: readonly PushItem[], error: unknown, progress: PushProgress): void {
	const known = error instanceof CrmError;
	const cause = known ? error : unforeseen(error);
	progress.halted ??= cause;
	const settled = new Set(progress.results.map(({ index }) => index));
	for (const { index } of items) {
		if (!settled.has(index)) progress.results.push(pushResult(index, known ? 'refused' : 'uncertain', { problems: problemsOf(cause) }));
	}
}

/** An error of our own may have struck after a write, so nothing is claimed about the items it struck. */
function unforeseen(error: unknown): CrmError {
	return new CrmError('unavailable', {
		message: `The run broke off unexpectedly: ${error instanceof Error ? error.message : String(error)}.`,
		remedy: 'Run these items again: what was written is found by its match value.',
		cause: error,
	});
}
