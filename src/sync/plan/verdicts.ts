import type { SyncHold } from '../../model/syncHold';
import type { FieldVerdict, ShownPrints } from '../merge/recordMerge';
import type { SyncRun } from '../run/syncRun';

/** What a person decided about fields that are held, and about those of a write that the CRM refused. */
export function verdictsOf(holds: readonly SyncHold[], run: SyncRun): readonly FieldVerdict[] {
	return holds.flatMap((hold) => {
		const { decision } = hold;
		if (decision !== 'useApp' && decision !== 'useCrm') return [];
		const winner = decision === 'useApp' ? ('app' as const) : ('crm' as const);
		return shownOf(hold, run).map(([ruleId, prints]) => ({ ruleId, winner, prints }));
	});
}

function shownOf({ field, reason, shown, rows }: SyncHold, { mapping }: SyncRun): readonly (readonly [ruleId: string, prints: ShownPrints])[] {
	if (field !== '') {
		const [app, crm] = shown.split(':').map((print) => (print === '' ? undefined : Number(print)));
		return [[field, { app, crm }]];
	}
	if (reason !== 'refused') return [];
	const prints = new Map(rows.map(({ tag, app, crm }) => [tag, { app: app ?? undefined, crm: crm ?? undefined }]));
	return mapping.rules.flatMap(({ rule, tag }) => (prints.has(tag) ? [[rule.id, prints.get(tag)!] as const] : []));
}
