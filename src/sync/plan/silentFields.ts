import type { CrmValue } from '../../model/record';
import type { SyncHold } from '../../model/syncHold';
import { printOf } from '../merge/fieldFacts';
import { lookAtField, openRecord } from '../merge/lookAtField';
import type { SyncRun } from '../run/syncRun';
import type { Pair } from './pair';
import { waitingRows } from './waitingRows';

/**
 * Rows that are held, or part of a write that is, and that the app does not show now: what the CRM shows of them must not pass for the only change. A decision for the
 * CRM can be carried out all the same, as long as the CRM shows what it was about.
 */
export function unjudged(pair: Pair, run: SyncRun): ReadonlySet<string> {
	const held = new Map(pair.holds.map((hold) => [hold.field, hold]));
	const waiting = new Set(pair.holds.flatMap((hold) => waitingRows(hold) ?? []));
	const { app } = pair;
	const silent = run.mapping.rules.filter(({ rule, tag }, at) => {
		const hold = held.get(rule.id);
		if (app.kind === 'shown' && app.values[rule.appField] !== undefined) return false;
		return (waiting.has(tag) && app.kind !== 'deleted') || (hold !== undefined && !isDecided(hold, at, pair, run));
	});
	return new Set(silent.map(({ rule }) => rule.id));
}

/** What the CRM shows, without the rows that cannot be judged. */
export function judged(pair: Pair, run: SyncRun): Readonly<Record<string, CrmValue | undefined>> {
	const record = pair.crm.kind === 'shown' ? pair.crm.record.values : {};
	const left = unjudged(pair, run);
	if (left.size === 0) return record;
	const silent = new Set(run.mapping.rules.filter(({ rule }) => left.has(rule.id)).map(({ rule }) => rule.crmField));
	return Object.fromEntries(Object.entries(record).filter(([field]) => !silent.has(field)));
}

function isDecided({ decision, shown }: SyncHold, at: number, { crm, link }: Pair, { mapping, keyring }: SyncRun): boolean {
	const [ofApp, ofCrm] = shown.split(':');
	if (decision !== 'useCrm' || crm.kind !== 'shown' || !ofApp || !ofCrm) return false;
	const base = link.base.length > 0 ? link.base : undefined;
	const record = openRecord({ mapping, keyring, linkId: link.id, app: {}, crm: crm.record.values, base });
	return printOf(lookAtField(record, mapping.rules[at], at).state.crm) === Number(ofCrm);
}
