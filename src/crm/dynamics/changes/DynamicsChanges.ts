import type { ChangePage, ChangeQuery, ChangeReader, VersionedRecord } from '../../../model/changeReader';
import type { ChangeCapabilities, ChangeGap } from '../../../model/crmAdapter';
import { canonicalId } from '../guids';
import { runSearches } from '../match/runSearches';
import { searchPaths } from '../odata/searchPaths';
import { beginReading } from './beginReading';
import type { ChangeContext } from './changeContext';
import type { Untracked } from './changeCursor';
import { lookbackMs, modifiedChanges } from './modifiedChanges';
import { trackedChanges } from './trackedChanges';
import { rowView, versionedRecords } from './versionedRows';

/** Delta links know nothing of bounds; the lookback is for tables without them. */
export const changeCapabilities: ChangeCapabilities = { deletions: 'whereTracked', bounded: false, lookbackMs };

/**
 * What changed in Dataverse: by delta links where it tracks the changes of a table for the signed-in user, else by the time of
 * modification, which shows no deletions. A record that lost a merge is told as a deletion that names the winner.
 *
 * A reading shows everything up to its own beginning, whatever its bound: two readings with one cursor may differ by what was changed
 * between them, and each of their cursors stands behind what it showed.
 */
export class DynamicsChanges implements ChangeReader {
	private readonly found = new Map<string, ChangeGap>();

	constructor(private readonly context: ChangeContext) {}

	/** Until a table turns out not to be tracked. */
	get tellsDeletions(): boolean {
		return this.found.size === 0;
	}

	/** What was not told, by table. */
	get gaps(): readonly ChangeGap[] {
		return [...this.found.values()];
	}

	/** Costs no request: a reading of Dataverse ends with its own beginning. */
	async upperBound(): Promise<string> {
		return await Promise.resolve('now');
	}

	async *readChanges(query: ChangeQuery): AsyncGenerator<ChangePage> {
		const reading = await beginReading(query, this.context);
		if (reading.how === 'tracked') {
			this.found.delete(query.entity);
			return yield* trackedChanges(reading, this.context);
		}
		this.found.set(query.entity, gap(query.entity, reading.view.table.description.labelPlural, reading.why));
		yield* modifiedChanges(reading, this.context);
	}

	async *readByIds({ entity, ids, select }: Parameters<ChangeReader['readByIds']>[0]): AsyncGenerator<readonly VersionedRecord[]> {
		if (ids.length === 0) return;
		const { rest, tables } = this.context;
		const view = rowView(await tables.known(entity), select);
		const { setName, primaryId } = view.table;
		const literals = [...new Set(ids.map(canonicalId))].filter((id) => id !== undefined);
		const paths = searchPaths({ setName, select: view.readNames, names: [primaryId], literals });
		for await (const { rows } of runSearches(rest, paths.map((path) => ({ path, purpose: undefined })))) yield versionedRecords(rows, view);
	}
}

const reasons: Readonly<Record<Untracked, Pick<ChangeGap, 'words' | 'remedy'>>> = {
	off: {
		words: 'change tracking is off for the table',
		remedy: 'Ask your administrator to switch on "Track changes" in the properties of the table; it is used from the next day on.',
	},
	rights: {
		words: 'the signed-in user may not read all records of the table',
		remedy: 'Ask your administrator for a security role that reads the table for the whole organization; it is used from the next day on.',
	},
};

function gap(entity: string, label: string, why: Untracked): ChangeGap {
	const { words, remedy } = reasons[why];
	return { entity, words: `Dynamics 365 does not tell which ${label} are deleted: ${words}. What was changed is still found.`, remedy };
}
