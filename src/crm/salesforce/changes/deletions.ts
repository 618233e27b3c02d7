import type { Tombstone } from '../../../model/changeReader';
import { textOf, type Json } from '../../json';
import { malformedAnswer } from '../errors/localErrors';
import { canonicalId } from '../ids';
import { runSearches } from '../match/search';
import type { PartAnswer } from '../rest/composite';
import type { SalesforceRest } from '../rest/SalesforceRest';
import { fieldLiteral } from '../soql/fieldLiteral';
import { statementsOf } from '../soql/searchStatement';
import { momentText } from './moments';
import type { StampedListing } from './StampedListing';
import { stampOf, type RowView } from './versionedRows';

/** The names of what is read of a record in the recycle bin. */
export function binNames({ merges }: RowView): readonly string[] {
	return merges ? ['Id', 'SystemModstamp', 'MasterRecordId'] : ['Id', 'SystemModstamp'];
}

/** Both places where Salesforce tells of deletions. */
export interface Told {
	readonly bin: StampedListing;
	readonly binAnswer: PartAnswer;
	/** When each record was deleted, by id, as the log has it; taken from as the bin shows them. */
	readonly logged: Map<string, number>;
}

const mostInPage = 2_000;

/**
 * Evidence of deletions, in lists of 2,000 at most.
 *
 * The recycle bin tells of a deletion at once, and who won a merge. The log has also what was erased from the bin or never was in it, but
 * is exact to the minute. What only the log has is looked up: it may have been taken out of the bin again.
 */
export async function* deletionsIn({ bin, binAnswer, logged }: Told, view: RowView, rest: SalesforceRest): AsyncGenerator<readonly Tombstone[]> {
	for await (const rows of bin.pages(binAnswer, rest)) {
		const tombstones = rows.map(tombstoneOf);
		for (const { id } of tombstones) logged.delete(id);
		yield tombstones;
	}
	const others = [...logged];
	for (let start = 0; start < others.length; start += mostInPage) yield await lookedUp(others.slice(start, start + mostInPage), view, rest);
}

async function lookedUp(logged: ReadonlyArray<readonly [string, number]>, view: RowView, rest: SalesforceRest): Promise<readonly Tombstone[]> {
	const tombstones = new Map(logged.map(([id, at]): readonly [string, Tombstone] => [id, { id, deletedAt: momentText(at) }]));
	const pattern = { write: (list: string) => `SELECT ${['IsDeleted', ...binNames(view)].join(', ')} FROM ${view.entity} WHERE Id IN ${list}` };
	const literals = logged.flatMap(([id]) => fieldLiteral(id, 'id') ?? []);
	const searches = statementsOf(pattern, literals).map((statement) => ({ statement, purpose: undefined, deletedToo: true as const }));
	for await (const { rows } of runSearches(rest, searches)) {
		for (const row of rows) {
			if (row.IsDeleted === true) tombstones.set(idOf(row), tombstoneOf(row));
			else tombstones.delete(idOf(row));
		}
	}
	return [...tombstones.values()];
}

/** Who lost a merge is deleted and names the winner. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_lead.htm */
function tombstoneOf(row: Json): Tombstone {
	const mergedInto = canonicalId(textOf(row.MasterRecordId) ?? '');
	return { id: idOf(row), deletedAt: momentText(stampOf(row)), ...(mergedInto === undefined ? {} : { mergedInto }) };
}

function idOf(row: Json): string {
	const id = canonicalId(textOf(row.Id) ?? '');
	if (id === undefined) throw malformedAnswer('a record without an id');
	return id;
}
