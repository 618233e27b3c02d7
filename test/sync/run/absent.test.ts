import { held, linkedPairs, next } from '../twoWay/pairs';

const fullCompare = { mode: 'changed', items: [], fullCompare: true } as const;

test.each([
	[1, ['A-1 absent']],
	[100, Array.from({ length: 100 }, (_, at) => `A-${at + 1} absent`).sort()],
	[101, ['run absent']],
])('a listing of everything does not show %i linked records', async (count, expected) => {
	const world = await linkedPairs(...Array.from({ length: count }, (_, at) => `n${at}`));
	world.crm.rows.splice(0);
	await next(world, fullCompare);
	expect(held(world)).toEqual(expected);
});

test('a listing of everything does not show a record that was deleted, and whose link has ended: nothing is missing', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.crm.remove('L-1');
	await next(world);
	world.crm.rows.splice(0, 1);
	await next(world, fullCompare);
	expect(held(world)).toEqual([]);
});
