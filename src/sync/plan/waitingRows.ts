import type { HeldRow } from '../../model/syncHold';
import type { Fingerprint } from '../base/fieldBase';
import { openBase } from '../base/openBase';
import { isKnown, printOf } from '../merge/fieldFacts';
import { lookAtField, openRecord } from '../merge/lookAtField';
import type { SyncRun } from '../run/syncRun';
import type { Pair } from './pair';
import type { RecordPlan } from './recordPlan';

/** Rows of a former write that the app does not show now either, with what the CRM shows of them by now. */
export function stillWaiting({ pair, unjudged }: Pick<RecordPlan, 'pair' | 'unjudged'>, run: SyncRun): readonly HeldRow[] {
	const former = new Map(pair.holds.flatMap(({ rows }) => rows.map((row) => [row.tag, row] as const)));
	const waiting = new Set([...former.keys()].filter((tag) => run.mapping.rules.some((one) => one.tag === tag && unjudged.has(one.rule.id))));
	return withCrm([...former.values()].filter(({ tag }) => waiting.has(tag)), pair, run);
}

/** What a write that was not done is held with: its rows, and those that wait already. */
export function rowsNotWritten(plan: RecordPlan, run: SyncRun): readonly HeldRow[] {
	const { pair, write, merge } = plan;
	if (write?.kind !== 'update' || !merge) return [];
	const written = new Set(merge.explain(({ action }) => action === 'toCrm').map(({ ruleId }) => ruleId));
	// What a form sent is not what the app shows.
	const ofApp = printsInApp(pair.submitted ? pair.link.base : write.rowsWritten(), run);
	const rows = run.mapping.rules.flatMap(({ rule, tag }) => (written.has(rule.id) ? [{ tag, app: ofApp.get(tag) ?? null, crm: null }] : []));
	return [...withCrm(rows, pair, run), ...stillWaiting(plan, run)];
}

function printsInApp(base: Uint8Array, { keyring }: SyncRun): ReadonlyMap<number, Fingerprint> {
	return new Map(openBase(base, keyring).entries.flatMap((row) => (isKnown(row.base) ? [[row.tag, row.base.app] as const] : [])));
}

function withCrm(rows: readonly HeldRow[], pair: Pair, run: SyncRun): readonly HeldRow[] {
	if (rows.length === 0) return rows;
	const ofCrm = printsInCrm(pair, run);
	const at = new Map(run.mapping.rules.map(({ tag }, index) => [tag, index]));
	return rows.map(({ tag, app, crm }) => ({ tag, app, crm: ofCrm(at.get(tag)!) ?? crm }));
}

/** What the CRM shows of the row at a place of the mapping; nothing where it does not. */
export function printsInCrm({ crm, link }: Pair, { mapping, keyring }: SyncRun): (at: number) => Fingerprint | undefined {
	const base = link.base.length > 0 ? link.base : undefined;
	const record = openRecord({ mapping, keyring, linkId: link.id, app: {}, crm: crm.kind === 'shown' ? crm.record.values : {}, base });
	return (at) => printOf(lookAtField(record, mapping.rules[at], at).state.crm);
}

/** Whether the same rows wait, with the same values. */
export function sameRows(some: readonly HeldRow[], others: readonly HeldRow[]): boolean {
	return some.length === others.length && some.every(({ tag, app, crm }, at) => tag === others[at].tag && app === others[at].app && crm === others[at].crm);
}

/** What people call these rows: the labels of the CRM's fields. */
export function labelsOf(rows: readonly HeldRow[], { mapping }: SyncRun): readonly string[] {
	return mapping.rules.flatMap(({ tag, field }) => (rows.some((row) => row.tag === tag) ? [field.label] : []));
}
