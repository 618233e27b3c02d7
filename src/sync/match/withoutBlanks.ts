import { openBase } from '../base/openBase';
import { onlyRows } from '../base/withRows';
import { mergeRecord } from '../merge/mergeRecord';
import type { Pair } from '../plan/pair';
import { mergeInput } from '../plan/planMerge';
import type { SyncRun } from '../run/syncRun';

/**
 * The app shows a record for the first time. What stands blank in it where a form had sent a value was never filled, so that nobody has emptied
 * it: of these fields nothing was settled, and the CRM's value counts.
 */
export function withoutBlanks(pair: Pair, run: SyncRun): Pair {
	const { app, crm, link } = pair;
	if (app.kind !== 'shown' || crm.kind !== 'shown' || link.base.length === 0) return pair;
	const edited = mergeRecord(mergeInput(pair, run)).explain(({ reason }) => reason === 'cameFromApp' || reason === 'conflict');
	const changed = new Set(edited.map(({ ruleId }) => ruleId));
	const blank = new Set(run.mapping.rules.filter(({ rule, readApp }) => changed.has(rule.id) && readApp(app.values[rule.appField]).kind === 'blank').map(({ tag }) => tag));
	if (blank.size === 0) return pair;
	const kept = openBase(link.base, run.keyring).entries.flatMap(({ tag }) => (blank.has(tag) ? [] : [tag]));
	return { ...pair, link: { ...link, base: onlyRows(link.base, new Set(kept)) } };
}
