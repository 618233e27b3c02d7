import type { SyncReport } from '../../../src/model/syncReport';
import type { FieldNote } from '../../../src/sync/merge/recordMerge';
import { lateReports } from '../../../src/sync/reports/lateReports';
import { sealedReport } from '../../../src/sync/reports/sealedReport';
import type { SyncRun } from '../../../src/sync/run/syncRun';
import type { SyncResult } from '../../../src/sync/run/syncTypes';
import { keyOf } from '../twoWay/World';

const keyring = { current: keyOf(1), former: [] };
const note: FieldNote = { ruleId: 'phone', appField: 'phone', crmField: 'Phone', appValue: '2', crmValue: '3', words: 'Why.', decision: { action: 'toApp', reason: 'conflict', winner: 'crm', base: 'await', reported: true, tries: 0 } };

const made = () => [sealedReport({ syncId: 's', linkId: 'l', at: '2026-01-05T08:00:00.000Z' }, { appId: 'A-1', crmId: 'L-1', note }, keyring.current)];

async function pagesOf(reports: readonly SyncReport[], ring = keyring): Promise<readonly (readonly SyncResult[])[]> {
	const listReports = async (_sync: string, _limit: number, after?: string) => (after === undefined ? { items: reports, next: 'end' } : { items: [] });
	const byIds = async () => [{ id: 'l', appId: 'A-9', crmId: 'L-9' }];
	const pages: (readonly SyncResult[])[] = [];
	for await (const page of lateReports({ state: { listReports, links: { byIds } }, sync: { id: 's' }, keyring: ring } as unknown as SyncRun)) pages.push(page);
	return pages;
}

test('what is told late names the record as it was then; where that is sealed, as it is now', async () => {
	const ids = (pages: Awaited<ReturnType<typeof pagesOf>>) => pages.map((page) => page.map(({ appId, crmId, notes }) => [appId, crmId, notes.length]));
	expect(ids(await pagesOf(made()))).toEqual([[['A-1', 'L-1', 1]]]);
	expect(ids(await pagesOf(made(), { current: keyOf(2), former: [] }))).toEqual([[['A-9', 'L-9', 0]]]);
});

test('where there is nothing to tell, nothing is told', async () => {
	expect(await pagesOf([])).toEqual([]);
});
