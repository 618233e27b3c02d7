import type { CrmValue } from '../../model/record';
import type { FieldVerdict } from '../merge/recordMerge';
import type { SyncRun } from '../run/syncRun';
import type { Pair } from './pair';
import { verdictsOf } from './verdicts';
import { printsInCrm } from './waitingRows';

/**
 * Rows that are held, or part of a write that is, and that the app does not show now: what the CRM shows of them must not pass for the
 * only change. A decision for the CRM can be carried out all the same, as long as the CRM shows what it was about.
 */
export function unjudged(pair: Pair, run: SyncRun): ReadonlySet<string> {
	const { app, holds } = pair;
	if (holds.length === 0) return NONE;
	const held = new Set(holds.map(({ field }) => field));
	const waiting = new Set(app.kind === 'deleted' ? [] : holds.flatMap(({ rows }) => rows.map((row) => row.tag)));
	const decided = new Map(verdictsOf(holds, run).map((verdict) => [verdict.ruleId, verdict]));
	const silent = run.mapping.rules.filter(({ rule, tag }, at) => {
		if (app.kind === 'shown' && app.values[rule.appField] !== undefined) return false;
		return (held.has(rule.id) || waiting.has(tag)) && !isForCrm(decided.get(rule.id), at, pair, run);
	});
	return new Set(silent.map(({ rule }) => rule.id));
}

const NONE: ReadonlySet<string> = new Set();

/** What the CRM shows, without the rows that cannot be judged. */
export function judged(pair: Pair, run: SyncRun): Readonly<Record<string, CrmValue | undefined>> {
	const record = pair.crm.kind === 'shown' ? pair.crm.record.values : {};
	const left = unjudged(pair, run);
	if (left.size === 0) return record;
	const silent = new Set(run.mapping.rules.filter(({ rule }) => left.has(rule.id)).map(({ rule }) => rule.crmField));
	return Object.fromEntries(Object.entries(record).filter(([field]) => !silent.has(field)));
}

function isForCrm(verdict: FieldVerdict | undefined, at: number, pair: Pair, run: SyncRun): boolean {
	if (verdict?.winner !== 'crm' || verdict.prints.app === undefined || verdict.prints.crm === undefined) return false;
	return printsInCrm(pair, run)(at) === verdict.prints.crm;
}
