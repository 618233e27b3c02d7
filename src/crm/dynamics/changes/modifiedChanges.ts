import type { ChangePage } from '../../../model/changeReader';
import { CrmError } from '../../../model/crmError';
import { textOf, type Json } from '../../json';
import { runSearches } from '../match/runSearches';
import type { ChangeContext } from './changeContext';
import { cursorText, type ModifiedCursor, type Untracked } from './changeCursor';
import { changePages, type RowView } from './versionedRows';

/** A reading by the time of modification, where Dataverse tracks no changes. */
export interface ModifiedReading {
	readonly how: 'modified';
	readonly view: RowView;
	/** Where the last one ended; none for a reading of everything. */
	readonly since?: ModifiedCursor;
	readonly why: Untracked;
	/** It was tried just now whether Dataverse tracks the changes. */
	readonly tried: boolean;
}

/**
 * How long before the end of the last reading one begins: the time is stamped when a save begins, and a save may take two minutes or be
 * part of a longer batch. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/plug-ins
 */
export const lookbackMs = 10 * 60_000;

/** What was modified since, deletions excepted; oldest first, so that no page misses what is saved while it is read. */
export async function* modifiedChanges(reading: ModifiedReading, { rest, clock, host }: ChangeContext): AsyncGenerator<ChangePage> {
	const { view, since } = reading;
	const { table } = view;
	const full = since === undefined;
	let began: number | undefined;
	let newest = since?.at ?? 0;
	for await (const { rows } of runSearches(rest, [{ path: pathOf(reading), purpose: undefined }])) {
		began ??= clock.lastAnswer;
		newest = Math.max(newest, latestIn(rows));
		yield* changePages(rows, view, { full, at: newest });
	}
	// Whoever tells no time is trusted for the times in its records.
	const at = Math.max(began ?? clock.lastAnswer ?? newest, since?.at ?? 0);
	const triedAt = reading.tried || !since ? at : since.triedAt;
	const cursor = cursorText({ how: 'modified', at, triedAt, why: reading.why }, { host, table: table.name });
	yield { records: [], deleted: [], full, cursor };
}

function pathOf({ view: { table, readNames }, since }: ModifiedReading): string {
	if (!table.columns.has('modifiedon')) throw cannotTell(table.name);
	const filter = since === undefined ? '' : `&$filter=${encodeURIComponent(`modifiedon ge ${new Date(Math.max(0, since.at - lookbackMs)).toISOString()}`)}`;
	// A cookie carries the values of the last row, so that pages neither overlap nor leave a gap:
	// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/query/page-results
	return `${table.setName}?$select=${readNames.join(',')}${filter}&$orderby=modifiedon%20asc,${table.primaryId}%20asc`;
}

function latestIn(rows: readonly Json[]): number {
	return rows.reduce((latest, row) => Math.max(latest, Date.parse(textOf(row.modifiedon) ?? '') || 0), 0);
}

function cannotTell(table: string): CrmError {
	return new CrmError('validation', {
		message: `Nobody can tell what changes in the table ${table}: change tracking is off, and it has no column for the time of modification.`,
		remedy: 'Ask your administrator to switch on "Track changes" in the properties of the table, or sync another table.',
	});
}
