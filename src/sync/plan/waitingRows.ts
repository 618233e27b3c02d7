import type { SyncHold } from '../../model/syncHold';
import type { SyncRun } from '../run/syncRun';
import type { RecordPlan } from './recordPlan';
import { shownWith } from './shownWith';

/** Tags of the rows that wait in a hold of the record as a whole; `undefined` where it does not say, so that any may. */
export function waitingRows({ shown }: SyncHold): readonly number[] | undefined {
	const rows = shown.split(':')[2];
	return rows ? rows.split(',').map(Number) : undefined;
}

/** Those of a former write that the app does not show now either. */
export function stillWaiting({ pair, unjudged }: RecordPlan, { mapping }: SyncRun): readonly number[] {
	const former = new Set(pair.holds.flatMap((hold) => waitingRows(hold) ?? []));
	return mapping.rules.flatMap(({ rule, tag }) => (former.has(tag) && unjudged.has(rule.id) ? [tag] : []));
}

/** What a write that was not done is held with: both sides as they were shown, and its rows, with those that wait already. */
export function shownWithRows(plan: RecordPlan, run: SyncRun): string {
	const { pair, write, merge } = plan;
	if (write?.kind !== 'update' || !merge) return shownWith(pair, run);
	const written = new Set(merge.explain(({ action }) => action === 'toCrm').map(({ ruleId }) => ruleId));
	const rows = run.mapping.rules.flatMap(({ rule, tag }) => (written.has(rule.id) ? [tag] : []));
	return withRows(shownWith(pair, run), [...rows, ...stillWaiting(plan, run)]);
}

/** `app:crm:tag,tag` */
export function withRows(shown: string, rows: readonly number[]): string {
	return [...shown.split(':').slice(0, 2), rows.join(',')].join(':');
}
