import { readRecords } from '../../../src/sync/match/readRecords';
import type { SyncRun } from '../../../src/sync/run/syncRun';

test('of no ids, the CRM is asked nothing', async () => {
	const readByIds = jest.fn();
	const run = { select: ['Email'], changes: { readByIds }, settings: { scope: { entity: 'Lead' } } } as unknown as SyncRun;
	expect([...(await readRecords([], run))]).toEqual([]);
	expect(readByIds).not.toHaveBeenCalled();
});
