import type { VersionedRecord } from '../../model/changeReader';
import type { HoldReason } from '../../model/syncHold';
import { openBase } from '../base/openBase';
import { mergeRecord } from '../merge/mergeRecord';
import type { RecordMerge } from '../merge/recordMerge';
import type { SyncRun } from '../run/syncRun';
import type { Pair } from './pair';
import { mergeInput } from './planMerge';
import type { AppState, CrmState } from './recordTable';
import { mayHaveEdit } from './waits';

/** Of holds for these reasons the app has shown the record as agreed: no edit waits in them. */
const WITHOUT_EDIT: readonly HoldReason[] = ['unseen', 'merged'];

/** What the app did with a record. */
export function appState(pair: Pair, run: SyncRun): AppState {
	if (pair.submitted !== undefined) return 'edited';
	if (pair.app.kind === 'absent') return silentState(pair);
	if (pair.app.kind !== 'shown') return pair.app.kind;
	if (pair.link.ended !== 'deletedInApp' && isHeldEdit(pair, run)) return 'edited';
	const merge = mergeRecord({ ...mergeInput(pair, run), crm: {} });
	return Object.keys(merge.toCrm).length + merge.holds.length > 0 || overtakes(merge, run) ? 'edited' : 'same';
}

/** An edit of a silent app waits in what is held, but not in what is held only because the CRM does not show the record. */
function silentState({ holds }: Pair): AppState {
	const waiting = holds.filter(mayHaveEdit);
	if (waiting.length === 0) return 'absent';
	return waiting.every(({ reason }) => WITHOUT_EDIT.includes(reason)) ? 'same' : 'edited';
}

/** The app edited a field of which another value was on its way to it. */
function overtakes(merge: RecordMerge, { mapping }: SyncRun): boolean {
	const overtaken = new Set(merge.explain(({ reason }) => reason === 'crmNotRead').map(({ ruleId }) => ruleId));
	return mapping.rules.some(({ rule }) => overtaken.has(rule.id) && rule.direction !== 'toApp');
}

/** What the CRM did with a record. */
export function crmState(pair: Pair, run: SyncRun): CrmState {
	if (pair.crm.kind === 'deleted') return pair.crm.mergedInto === undefined ? 'deleted' : 'merged';
	if (pair.crm.kind !== 'shown') return pair.crm.kind;
	if (isConverted(pair.crm.record, run)) return 'converted';
	if (pair.link.ended === 'deletedInApp' && isHeldEdit(pair, run)) return 'edited';
	const { toApp, holds } = mergeRecord({ ...mergeInput(pair, run), app: {} });
	return Object.keys(toApp).length + holds.length > 0 ? 'edited' : 'same';
}

/** Holds of a closed link for what one side edited. */
const OF_EDITS: readonly HoldReason[] = ['deletedAndEdited', 'converted'];

/** What was held as an edit is one as long as it is not known any more what was settled before it; what the app shows for the first time, as long as nothing is. */
function isHeldEdit({ holds, link, moved }: Pair, { keyring }: SyncRun): boolean {
	if (moved !== true && !holds.some(({ field, reason }) => field === '' && OF_EDITS.includes(reason))) return false;
	const { entries, otherwise } = openBase(link.base, keyring);
	return otherwise === 'lost' || entries.some(({ base }) => base === 'lost');
}

/** Whether the CRM says that the record became another one. */
export function isConverted({ values }: VersionedRecord, { description: { conversion } }: SyncRun): boolean {
	return conversion !== undefined && values[conversion.flagField] === true;
}
