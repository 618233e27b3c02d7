import type { SyncHold } from '../../model/syncHold';
import type { Fingerprint } from '../base/fieldBase';
import { openBase } from '../base/openBase';
import { isKnown, printOf } from '../merge/fieldFacts';
import { lookAtField, openRecord } from '../merge/lookAtField';
import type { ShownPrints } from '../merge/recordMerge';
import type { SyncRun } from '../run/syncRun';
import type { Pair } from './pair';
import type { RecordPlan } from './recordPlan';
import { shownWith } from './shownWith';

/** A row that waits in a hold of the record as a whole, and what both sides showed of it where that is known. */
export interface WaitingRow {
	readonly tag: number;
	readonly prints: ShownPrints;
}

/** Tags of the rows that wait in a hold of the record as a whole; `undefined` where it does not say, so that any may. */
export function waitingRows({ shown }: Pick<SyncHold, 'shown'>): readonly number[] | undefined {
	const rows = rowsIn(shown);
	return rows.length > 0 ? rows.map(({ tag }) => tag) : undefined;
}

/** The rows that a hold of the record as a whole is shown with. */
export function rowsIn(shown: string): readonly WaitingRow[] {
	const rows = shown.split(':')[2];
	return rows ? rows.split(',').map(readRow) : [];
}

function readRow(row: string): WaitingRow {
	const [tag, app, crm] = row.split('/').map((one) => (one === '' ? undefined : Number(one)));
	return { tag: tag!, prints: { app, crm } };
}

/** Those of a former write that the app does not show now either, with what the CRM shows of them by now. */
export function stillWaiting({ pair, unjudged }: RecordPlan, run: SyncRun): readonly WaitingRow[] {
	const former = new Map(pair.holds.flatMap(({ field, shown }) => (field === '' ? rowsIn(shown).map((row) => [row.tag, row] as const) : [])));
	const waiting = new Set([...former.keys()].filter((tag) => run.mapping.rules.some((one) => one.tag === tag && unjudged.has(one.rule.id))));
	return withCrm([...former.values()].filter(({ tag }) => waiting.has(tag)), pair, run);
}

/** What a write that was not done is held with: both sides as they were shown, and its rows, with those that wait already. */
export function shownWithRows(plan: RecordPlan, run: SyncRun): string {
	const { pair, write, merge } = plan;
	if (write?.kind !== 'update' || !merge) return shownWith(pair, run);
	const written = new Set(merge.explain(({ action }) => action === 'toCrm').map(({ ruleId }) => ruleId));
	// What a form sent is not what the app shows.
	const ofApp = printsInApp(pair.submitted ? pair.link.base : write.rowsWritten(), run);
	const rows = run.mapping.rules.flatMap(({ rule, tag }) => (written.has(rule.id) ? [{ tag, prints: { app: ofApp.get(tag), crm: undefined } }] : []));
	return withRows(shownWith(pair, run), [...withCrm(rows, pair, run), ...stillWaiting(plan, run)]);
}

function printsInApp(base: Uint8Array, { keyring }: SyncRun): ReadonlyMap<number, Fingerprint> {
	return new Map(openBase(base, keyring).entries.flatMap((row) => (isKnown(row.base) ? [[row.tag, row.base.app] as const] : [])));
}

function withCrm(rows: readonly WaitingRow[], pair: Pair, run: SyncRun): readonly WaitingRow[] {
	if (rows.length === 0) return rows;
	const ofCrm = printsInCrm(pair, run);
	const at = new Map(run.mapping.rules.map(({ tag }, index) => [tag, index]));
	return rows.map(({ tag, prints: { app, crm } }) => ({ tag, prints: { app, crm: ofCrm(at.get(tag)!) ?? crm } }));
}

/** What the CRM shows of the row at a place of the mapping; nothing where it does not. */
export function printsInCrm({ crm, link }: Pair, { mapping, keyring }: SyncRun): (at: number) => Fingerprint | undefined {
	const base = link.base.length > 0 ? link.base : undefined;
	const record = openRecord({ mapping, keyring, linkId: link.id, app: {}, crm: crm.kind === 'shown' ? crm.record.values : {}, base });
	return (at) => printOf(lookAtField(record, mapping.rules[at], at).state.crm);
}

/** What people call these rows: the labels of the CRM's fields. */
export function labelsOf(rows: readonly WaitingRow[], { mapping }: SyncRun): readonly string[] {
	return mapping.rules.flatMap(({ tag, field }) => (rows.some((row) => row.tag === tag) ? [field.label] : []));
}

/** `app:crm:tag/app/crm,tag/app/crm`; of a row that is given by its tag alone it is not known what both sides showed. */
export function withRows(shown: string, rows: readonly (WaitingRow | number)[]): string {
	return [...shown.split(':').slice(0, 2), rows.map(rowText).join(',')].join(':');
}

function rowText(row: WaitingRow | number): string {
	return typeof row === 'number' ? String(row) : [row.tag, row.prints.app ?? '', row.prints.crm ?? ''].join('/');
}
