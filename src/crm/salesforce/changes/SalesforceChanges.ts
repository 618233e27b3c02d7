import type { ChangePage, ChangeQuery, ChangeReader, VersionedRecord } from '../../../model/changeReader';
import type { ChangeCapabilities } from '../../../model/crmAdapter';
import { listOf, objectOf, textOf } from '../../json';
import { malformedAnswer } from '../errors/localErrors';
import { canonicalId } from '../ids';
import { runSearches } from '../match/search';
import { readTogether } from '../rest/composite';
import { versionsRequest } from '../rest/SalesforceRest';
import { fieldLiteral } from '../soql/fieldLiteral';
import { statementsOf } from '../soql/searchStatement';
import type { ChangeContext } from './changeContext';
import { boundText, cursorText, readBound, readCursor, type ChangeCursor } from './changeCursor';
import { changedSince, lookbackMs } from './changedSince';
import { endedBy } from './changePages';
import { rememberedMs } from './deleteLog';
import { StampedListing } from './StampedListing';
import { rowView, versionedRecords, type RowView } from './versionedRows';

/** What Salesforce tells of changes. */
export const changeCapabilities: ChangeCapabilities = { deletions: 'always', bounded: true, lookbackMs };

/**
 * What changed in Salesforce, by SystemModstamp, which moves with every save; a formula may show something else without one.
 *
 * One request brings the first 2,000 changed records and both lists of deletions, those in the recycle bin and those in the log; each
 * further 2,000 are one more. Deletions that nobody can tell any more, after 15 days or where the log was cut, lead to a reading of
 * everything. What is changed after the bound while everything is listed may be left out, and comes with the next reading.
 */
export class SalesforceChanges implements ChangeReader {
	readonly tellsDeletions = true;

	constructor(private readonly context: ChangeContext) {}

	/** By the time of an answer that costs no API call: the list of versions is open to all. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_versions.htm */
	async upperBound(): Promise<string> {
		const { rest, clock } = this.context;
		const body = await rest.read(versionsRequest);
		if (!listOf(body).some((version) => textOf(objectOf(version).version))) throw malformedAnswer('no list of versions');
		if (clock.lastAnswer === undefined) throw malformedAnswer('answers that do not tell the time');
		return boundText(clock.lastAnswer);
	}

	async *readChanges({ entity, select, since, until }: ChangeQuery): AsyncGenerator<ChangePage> {
		const bound = readBound(until);
		const cursor = since === undefined ? undefined : readCursor(since, { host: this.context.host, entity });
		const view = rowView(entity, await this.context.describe(entity), select);
		const later = cursor && isUsable(cursor, bound) ? await changedSince(cursor, view, bound, this.context) : undefined;
		yield* later ?? this.everything(view, bound);
	}

	async *readByIds({ entity, ids, select }: Parameters<ChangeReader['readByIds']>[0]): AsyncGenerator<readonly VersionedRecord[]> {
		if (ids.length === 0) return;
		const { rest, clock, describe } = this.context;
		const view = rowView(entity, await describe(entity), select);
		const literals = new Set(ids.flatMap((id) => fieldLiteral(canonicalId(id) ?? '', 'id') ?? []));
		const pattern = { write: (list: string) => `SELECT ${view.selected.join(', ')} FROM ${entity} WHERE Id IN ${list}` };
		const searches = statementsOf(pattern, [...literals]).map((statement) => ({ statement, purpose: undefined }));
		for await (const { rows } of runSearches(rest, searches)) yield versionedRecords(rows, view, clock.lastAnswer);
	}

	private async *everything(view: RowView, to: number): AsyncGenerator<ChangePage> {
		const { rest, host, clock } = this.context;
		const { entity, selected } = view;
		const listing = new StampedListing({ entity, names: selected, from: 0, to });
		const [answer] = await readTogether(rest, [listing.request()]);
		const pages = async function* (): AsyncGenerator<ChangePage> {
			for await (const rows of listing.pages(answer, rest)) yield { records: versionedRecords(rows, view, clock.lastAnswer), deleted: [], full: true };
		};
		yield* endedBy(cursorText({ at: to, gone: to }, { host, entity }), pages());
	}
}

/** A cursor that lies in the future was taken by a wrong clock, or of an org that this one has replaced; trusting it would miss changes. */
function isUsable({ at, gone }: ChangeCursor, bound: number): boolean {
	return bound - gone <= rememberedMs && at <= bound + lookbackMs;
}
