import type { LinkEnd } from '../../model/syncLink';

/** What the app did with a record: shows it as agreed, edited it (or did, and the edit waits), deleted it, is silent, or has never had it. */
export type AppState = 'same' | 'edited' | 'deleted' | 'absent' | 'new';

/** What the CRM did with a record. `missing`: not there, and nothing says that it was deleted. */
export type CrmState = 'same' | 'edited' | 'deleted' | 'merged' | 'converted' | 'missing' | 'absent' | 'new';

/**
 * - `merge`: field by field. `revive`: the same, and the link is open again.
 * - `createInCrm`, `createInApp`: the other side gets the record, or gets it back.
 * - `endInApp`: the CRM deleted it, so the app is told to. `tellAgain`: it was told, and shows the record still.
 * - `endInCrm`: the app deleted it; the CRM's record stays, only the link ends.
 * - `endMerged`: it was merged into a record that is linked itself. `handOver`: the record was converted.
 * - `holdDeleted`, `holdMissing`, `holdMerged`, `holdConverted`: a person decides.
 * - `rest`: nothing.
 */
export type RecordMove =
	| 'merge'
	| 'revive'
	| 'createInCrm'
	| 'createInApp'
	| 'endInApp'
	| 'tellAgain'
	| 'endInCrm'
	| 'endMerged'
	| 'handOver'
	| 'holdDeleted'
	| 'holdMissing'
	| 'holdMerged'
	| 'holdConverted'
	| 'rest';

type Row = readonly [link: LinkEnd | 'open', app: AppState | '*', crm: CrmState | '*', move: RecordMove];

/** The first row that fits decides; docs/sync-rules.md has the same table. */
const TABLE: readonly Row[] = [
	['open', '*', 'new', 'createInCrm'],
	['open', 'deleted', 'merged', 'endInCrm'],
	['open', '*', 'merged', 'endMerged'],
	['open', '*', 'converted', 'handOver'],
	['open', 'edited', 'deleted', 'holdDeleted'],
	['open', 'deleted', 'edited', 'holdDeleted'],
	['open', 'deleted', '*', 'endInCrm'],
	['open', '*', 'deleted', 'endInApp'],
	['open', '*', 'missing', 'holdMissing'],
	['open', 'new', '*', 'createInApp'],
	['open', '*', '*', 'merge'],

	['deletedInCrm', 'same', 'same', 'revive'],
	['deletedInCrm', 'same', 'edited', 'revive'],
	['deletedInCrm', 'edited', 'same', 'revive'],
	['deletedInCrm', 'edited', 'edited', 'revive'],
	['deletedInCrm', '*', 'same', 'createInApp'],
	['deletedInCrm', '*', 'edited', 'createInApp'],
	['deletedInCrm', 'same', 'merged', 'endMerged'],
	['deletedInCrm', 'edited', 'merged', 'endMerged'],
	['deletedInCrm', 'edited', '*', 'holdDeleted'],
	['deletedInCrm', 'same', '*', 'tellAgain'],
	['deletedInCrm', '*', '*', 'rest'],

	['deletedInApp', 'edited', 'deleted', 'holdDeleted'],
	['deletedInApp', 'same', 'deleted', 'endInApp'],
	['deletedInApp', 'edited', 'missing', 'holdDeleted'],
	['deletedInApp', 'same', 'missing', 'holdMissing'],
	['deletedInApp', 'edited', '*', 'revive'],
	['deletedInApp', 'same', '*', 'revive'],
	['deletedInApp', '*', 'edited', 'holdDeleted'],
	['deletedInApp', '*', '*', 'rest'],

	['merged', 'deleted', '*', 'endInCrm'],
	['merged', '*', 'same', 'revive'],
	['merged', '*', 'edited', 'revive'],
	['merged', 'absent', '*', 'rest'],
	['merged', '*', '*', 'holdMerged'],
	['converted', 'edited', '*', 'holdConverted'],
	['converted', '*', '*', 'rest'],
];

/** What to do with a record as a whole. */
export function recordMove(link: LinkEnd | 'open', app: AppState, crm: CrmState): RecordMove {
	const row = TABLE.find(([ofLink, ofApp, ofCrm]) => ofLink === link && (ofApp === '*' || ofApp === app) && (ofCrm === '*' || ofCrm === crm));
	return row![3];
}
