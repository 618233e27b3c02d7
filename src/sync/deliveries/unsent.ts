import type { SyncDelivery } from '../../model/syncDelivery';
import { rowsUnderWay } from '../merge/confirmDelivered';
import type { RecordMerge } from '../merge/recordMerge';
import type { Pair } from '../plan/pair';
import { unjudged } from '../plan/silentFields';
import type { SyncRun } from '../run/syncRun';

/** So long what the CRM hides is not asked for by itself. */
const LOOK_AGAIN_AFTER_MS = 30 * 60_000;

/** Rows on their way to the app that no run has handed over, and that cannot be sent now: the CRM hides them, or they are off. What is held of them waits for a person. */
export function withheldRows(pair: Pair, { hidden }: RecordMerge, run: SyncRun): readonly number[] | undefined {
	if (!pair.delivery) return undefined;
	const { mapping, keyring } = run;
	const held = hidden.length > 0 ? unjudged(pair, run) : undefined;
	const ofHidden = mapping.rules.filter(({ rule }) => hidden.includes(rule.id) && !held!.has(rule.id)).map(({ tag }) => tag);
	const ofResting = mapping.restingTags.size > 0 ? rowsUnderWay({ keyring, base: pair.link.base }).filter((tag) => mapping.restingTags.has(tag)) : [];
	const rows = [...ofHidden, ...ofResting].filter((tag) => isUnsent(pair, tag));
	return rows.length > 0 ? rows : undefined;
}

/** Whether no run has handed the row over. A new record may have been handed over without it. */
export function isUnsent({ delivery, app }: Pair, tag: number): boolean {
	const { kind, rows, tries, handedOver, withheld } = delivery!;
	if (withheld && withheld.rows.length > 0 && (handedOver || tries === 0)) return withheld.rows.includes(tag);
	return !handedOver || (kind === 'create' && app.kind === 'shown' && !rows.includes(tag));
}

/** All that was not handed over stays so; `undefined`: nothing is left to be. */
export function allWithheld({ delivery }: Pair): readonly number[] | undefined {
	if (delivery?.handedOver !== false) return undefined;
	return delivery.tries === 0 ? (delivery.withheld?.rows ?? []) : [];
}

/** Nothing of it is sent now: what the run hands over at its end, it is not. */
export function leftUnsent(pair: Pair, rows: readonly number[], run: SyncRun): SyncDelivery {
	return { ...pair.delivery!, tries: 0, handedOver: false, withheld: withheldNow(pair, rows, run) };
}

/** The CRM need not be asked for what waits for something else. */
export function withheldNow({ crm }: Pair, rows: readonly number[], { clock }: SyncRun): SyncDelivery['withheld'] {
	return { rows, lookAt: crm.kind === 'absent' ? null : new Date(clock().getTime() + LOOK_AGAIN_AFTER_MS).toISOString() };
}

/** Whether it is looked for by itself; what the CRM shows of its own accord is sent all the same. */
export function isDue({ tries, withheld }: SyncDelivery, { clock }: SyncRun): boolean {
	return tries > 0 || !withheld || withheld.lookAt === null || withheld.lookAt <= clock().toISOString();
}
