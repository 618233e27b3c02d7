import type { ChangePage, ChangeQuery, ChangeReader } from '../../../src/model/changeReader';
import { ChangePages } from '../../../src/sync/cursor/ChangePages';

const QUERY: ChangeQuery = { entity: 'Lead', select: [], since: 'then', until: 'now' };
const pageOf = (at: number): ChangePage => ({ records: [], deleted: [{ id: `L-${at}`, deletedAt: '2026-01-05T08:00:00Z' }], full: false });

async function idsOf(changes: ChangePages): Promise<readonly string[]> {
	const ids: string[] = [];
	for await (const { deleted } of changes.pages()) ids.push(...deleted.map(({ id }) => id));
	return ids;
}

test.each([
	[0, 1],
	[1, 1],
	[5, 1],
	[6, 3],
	[7, 3],
])('%i pages of changes, looked at three times: each time all of them, read %i times', async (count, readings) => {
	const ids = Array.from({ length: count }, (_, at) => `L-${at}`);
	let read = 0;
	const reader: Pick<ChangeReader, 'readChanges'> = {
		async *readChanges() {
			read += 1;
			for (let at = 0; at < count; at++) yield pageOf(at);
		},
	};
	const changes = new ChangePages(reader as ChangeReader, QUERY);
	expect([await idsOf(changes), await idsOf(changes), await idsOf(changes)]).toEqual([ids, ids, ids]);
	expect(read).toBe(readings);
});

test('who stops in the middle gets all pages the next time', async () => {
	const reader: Pick<ChangeReader, 'readChanges'> = {
		async *readChanges() {
			yield* [pageOf(1), pageOf(2)];
		},
	};
	const changes = new ChangePages(reader as ChangeReader, QUERY);
	for await (const page of changes.pages()) if (page.deleted.length > 0) break;
	expect(await idsOf(changes)).toEqual(['L-1', 'L-2']);
});
