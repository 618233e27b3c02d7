import type { SyncHold } from '../../../src/model/syncHold';
import { waitingRows, withRows } from '../../../src/sync/plan/waitingRows';

const hold = (shown: string): SyncHold => ({
	...{ syncId: 's', subject: 'link:1', field: '', reason: 'refused', appId: 'A-1', crmId: 'L-1', keyHash: null, candidates: [], words: '', code: null },
	...{ shown, heldAt: '', tries: 0, nextTryAt: null, decision: null },
});

test.each([
	['', undefined],
	['app:crm', undefined],
	['app:crm:', undefined],
	['app:crm:0', [0]],
	['::3,12', [3, 12]],
])('held with %j: rows %j wait', (shown, rows) => {
	expect(waitingRows(hold(shown))).toEqual(rows);
});

test('what a hold is given is what it tells', () => {
	expect(waitingRows(hold(withRows('app:crm:1', [3, 12])))).toEqual([3, 12]);
});
