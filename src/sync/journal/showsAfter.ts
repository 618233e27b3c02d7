import type { SyncIntent } from '../../model/syncIntent';
import { openBase } from '../base/openBase';
import { mergeRecord } from '../merge/mergeRecord';
import type { ShownByCrm } from '../merge/recordMerge';
import type { SyncRun } from '../run/syncRun';

/** Whether a record of the CRM shows nothing else than what the intent was to write, in whichever direction its fields go. */
export function showsAfter(values: ShownByCrm, { linkId, after }: Pick<SyncIntent, 'linkId' | 'after'>, { mapping, keyring }: SyncRun): boolean {
	return mergeRecord({ mapping, keyring, linkId, app: {}, crm: values, base: after }).explain().every(({ decision }) => decision.reason !== 'cameFromCrm');
}

/** What the CRM shows of an update. */
export interface ProvenRows {
	/** Tags of the rows that it shows as they were to be written. */
	readonly tags: ReadonlySet<number>;
	/** All that were to be written. */
	readonly written: readonly number[];
}

/** Which rows of an update are proven: none where the CRM shows one otherwise. A row that it hides, or that is off by now, proves nothing. */
export function provenRows(values: ShownByCrm, intent: Pick<SyncIntent, 'linkId' | 'after'>, run: SyncRun): ProvenRows {
	const { rules } = run.mapping;
	const written = openBase(intent.after, run.keyring).entries.map(({ tag }) => tag);
	const shown = new Set(rules.filter(({ rule, readCrm }) => readCrm(values[rule.crmField]).kind !== 'absent').map(({ tag }) => tag));
	return { tags: new Set(showsAfter(values, intent, run) ? written.filter((tag) => shown.has(tag)) : []), written };
}
