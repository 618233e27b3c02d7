import type { LinkEnd } from '../../../src/model/syncLink';
import { recordMove, type AppState, type CrmState, type RecordMove } from '../../../src/sync/plan/recordTable';

const CRM_STATES: readonly CrmState[] = ['same', 'edited', 'deleted', 'merged', 'converted', 'missing', 'absent', 'new'];

/** The table a second time, cell by cell: one line for each state of the link and the app, one column for each state of the CRM. */
const GRID: readonly (readonly [LinkEnd | 'open', AppState, ...RecordMove[]])[] = [
	//                 app        same           edited         deleted        merged       converted    missing        absent       new
	['open', 'same', 'merge', 'merge', 'endInApp', 'endMerged', 'handOver', 'holdMissing', 'merge', 'createInCrm'],
	['open', 'edited', 'merge', 'merge', 'holdDeleted', 'endMerged', 'handOver', 'holdMissing', 'merge', 'createInCrm'],
	['open', 'deleted', 'endInCrm', 'holdDeleted', 'endInCrm', 'endInCrm', 'handOver', 'endInCrm', 'endInCrm', 'createInCrm'],
	['open', 'absent', 'merge', 'merge', 'endInApp', 'endMerged', 'handOver', 'holdMissing', 'merge', 'createInCrm'],
	['open', 'new', 'createInApp', 'createInApp', 'endInApp', 'endMerged', 'handOver', 'holdMissing', 'createInApp', 'createInCrm'],

	['deletedInCrm', 'same', 'revive', 'revive', 'tellAgain', 'endMerged', 'tellAgain', 'tellAgain', 'tellAgain', 'tellAgain'],
	['deletedInCrm', 'edited', 'revive', 'revive', 'holdDeleted', 'endMerged', 'holdDeleted', 'holdDeleted', 'holdDeleted', 'holdDeleted'],
	['deletedInCrm', 'deleted', 'createInApp', 'createInApp', 'rest', 'rest', 'rest', 'rest', 'rest', 'rest'],
	['deletedInCrm', 'absent', 'createInApp', 'createInApp', 'rest', 'rest', 'rest', 'rest', 'rest', 'rest'],
	['deletedInCrm', 'new', 'createInApp', 'createInApp', 'rest', 'rest', 'rest', 'rest', 'rest', 'rest'],

	['deletedInApp', 'same', 'revive', 'revive', 'endInApp', 'revive', 'revive', 'holdMissing', 'revive', 'revive'],
	['deletedInApp', 'edited', 'revive', 'revive', 'holdDeleted', 'revive', 'revive', 'holdDeleted', 'revive', 'revive'],
	['deletedInApp', 'deleted', 'rest', 'holdDeleted', 'rest', 'rest', 'rest', 'rest', 'rest', 'rest'],
	['deletedInApp', 'absent', 'rest', 'holdDeleted', 'rest', 'rest', 'rest', 'rest', 'rest', 'rest'],
	['deletedInApp', 'new', 'rest', 'holdDeleted', 'rest', 'rest', 'rest', 'rest', 'rest', 'rest'],

	['merged', 'same', 'revive', 'revive', 'holdMerged', 'holdMerged', 'holdMerged', 'holdMerged', 'holdMerged', 'holdMerged'],
	['merged', 'edited', 'revive', 'revive', 'holdMerged', 'holdMerged', 'holdMerged', 'holdMerged', 'holdMerged', 'holdMerged'],
	['merged', 'deleted', 'endInCrm', 'endInCrm', 'endInCrm', 'endInCrm', 'endInCrm', 'endInCrm', 'endInCrm', 'endInCrm'],
	['merged', 'absent', 'revive', 'revive', 'rest', 'rest', 'rest', 'rest', 'rest', 'rest'],
];

describe.each(GRID.map(([link, app, ...moves]) => ({ link, app, moves })))('the link is $link, the app: $app', ({ link, app, moves }) => {
	test.each(CRM_STATES.map((crm, column) => ({ crm, move: moves[column] })))('the CRM: $crm → $move', ({ crm, move }) => {
		expect(recordMove(link, app, crm)).toBe(move);
	});
});

test('a link that was converted stays closed: an edit of the app is held, nothing else happens', () => {
	for (const crm of CRM_STATES) {
		expect([crm, recordMove('converted', 'edited', crm)]).toEqual([crm, 'holdConverted']);
		for (const app of ['same', 'deleted', 'absent', 'new'] as const) expect([crm, app, recordMove('converted', app, crm)]).toEqual([crm, app, 'rest']);
	}
});
