import type { SyncIntent } from '../../model/syncIntent';
import { mergeRecord } from '../merge/mergeRecord';
import type { ShownByCrm } from '../merge/recordMerge';
import type { SyncRun } from '../run/syncRun';

/** Whether a record of the CRM shows what the intent was to write, in whichever direction its fields go. */
export function showsAfter(values: ShownByCrm, { linkId, after }: Pick<SyncIntent, 'linkId' | 'after'>, { mapping, keyring }: SyncRun): boolean {
	return mergeRecord({ mapping, keyring, linkId, app: {}, crm: values, base: after }).explain().every(({ decision }) => decision.reason !== 'cameFromCrm');
}
