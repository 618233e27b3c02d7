import type { ChangePage, Tombstone } from '../../../model/changeReader';
import { readTogether, type PartAnswer } from '../rest/composite';
import type { ChangeContext } from './changeContext';
import { cursorText, type ChangeCursor } from './changeCursor';
import { endedBy } from './changePages';
import { logAnswer, logRequest } from './deleteLog';
import { binNames, deletionsIn, type Told } from './deletions';
import { bodyOf, StampedListing } from './StampedListing';
import { versionedRecords, type RowView } from './versionedRows';

const minute = 60_000;

/**
 * A record bears the time when it was saved, and is seen when its transaction ends. Salesforce ends a request and a transaction after ten
 * minutes; one more is for clocks of several servers.
 * https://developer.salesforce.com/docs/atlas.en-us.apexcode.meta/apexcode/apex_gov_limits.htm
 */
export const lookbackMs = 11 * minute;

/** What changed and was deleted since the cursor, up to the bound; nothing at all where nobody can tell any more what was deleted. */
export async function changedSince(cursor: ChangeCursor, view: RowView, bound: number, context: ChangeContext): Promise<AsyncGenerator<ChangePage> | undefined> {
	const { rest, host, clock } = context;
	const { entity } = view;
	// The clock of another server may be a little behind; a reading never ends before the last one.
	const to = Math.max(bound, cursor.at);
	const from = cursor.at - lookbackMs;
	const goneFrom = Math.floor((Math.min(cursor.gone, cursor.at) - lookbackMs) / minute) * minute;
	const changed = new StampedListing({ entity, names: view.selected, from, to });
	const bin = new StampedListing({ entity, names: binNames(view), from: goneFrom, to, deleted: true });
	const [changedAnswer, binAnswer, logged] = await readTogether(rest, [changed.request(), bin.request(), logRequest(entity, { from: goneFrom, to })]);
	for (const answer of [changedAnswer, binAnswer]) bodyOf(answer);
	const first = { changedAnswer, answeredAt: clock.lastAnswer };
	const log = logAnswer(logged, { from: cursor.gone, to });
	if (!log) return undefined;
	const pages = pagesOf({ changed, ...first, told: { bin, binAnswer, logged: log.deletions } }, view, context);
	return endedBy(cursorText({ at: to, gone: log.covered }, { host, entity }), pages);
}

interface Answered {
	readonly changed: StampedListing;
	readonly changedAnswer: PartAnswer;
	readonly answeredAt: number | undefined;
	readonly told: Told;
}

/** The last deletions come with the first records, so that a few changes are one page. */
async function* pagesOf({ changed, changedAnswer, answeredAt, told }: Answered, view: RowView, { rest, clock }: ChangeContext): AsyncGenerator<ChangePage> {
	let deleted: readonly Tombstone[] = [];
	for await (const more of deletionsIn(told, view, rest)) {
		if (deleted.length > 0) yield { records: [], deleted, full: false };
		deleted = more;
	}
	let isFirst = true;
	for await (const rows of changed.pages(changedAnswer, rest)) {
		yield { records: versionedRecords(rows, view, isFirst ? answeredAt : clock.lastAnswer), deleted, full: false };
		[isFirst, deleted] = [false, []];
	}
}
