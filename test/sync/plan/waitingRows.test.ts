import type { HeldRow } from '../../../src/model/syncHold';
import { sameRows } from '../../../src/sync/plan/waitingRows';

const row = (tag: number, app: number | null = 1, crm: number | null = null): HeldRow => ({ tag, app, crm });

test.each<[readonly HeldRow[], readonly HeldRow[], boolean]>([
	[[], [], true],
	[[row(3), row(4)], [row(3), row(4)], true],
	[[row(3)], [row(3), row(4)], false],
	[[row(3), row(4)], [row(3)], false],
	[[row(3)], [row(4)], false],
	[[row(3)], [row(3, 2)], false],
	[[row(3)], [row(3, 1, 1)], false],
])('%j and %j: the same rows with the same values? %s', (some, others, same) => {
	expect(sameRows(some, others)).toBe(same);
});
