import { held, linkedPairs, next } from '../twoWay/pairs';
import { World } from '../twoWay/World';

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

test('a first run looks for nothing that it has met or made itself, also where the CRM adds values to it', async () => {
	const world = new World();
	const add = world.crm.add.bind(world.crm);
	world.crm.add = (values, by) => add({ ...values, NumberOfEmployees: 7 }, by);
	world.crm.add({ Email: 'ada@x.com' });
	for (const name of ['ada', 'bob', 'eve']) world.app.add({ email: `${name}@x.com`, name });
	world.submissions.push({ email: 'joe@x.com', name: 'Joe', company: 'Acme' });
	world.crm.fault = () => void world.tick();
	await world.run({ pageSize: 10 });
	expect([world.crm.alive.length, held(world), world.crm.calls]).toEqual([4, [], ['match', 'read', 'write', 'read', 'changes']]);
});

describe('with more links than are looked at in one go', () => {
	/** So many links, of which the CRM does not show these. */
	const without = async (count: number, isGone: (at: number) => boolean) => {
		const world = await linkedPairs('ada');
		const { links } = world.memory.contents;
		const [link] = links.values();
		for (let at = 2; at <= count; at++) {
			const { id } = world.crm.add({ Email: `n${at}@x.com` });
			links.set(`link ${10_000 + at}`, { ...link, id: `link ${10_000 + at}`, appId: `A-${at}`, crmId: id });
		}
		world.crm.pageSize = 10_000;
		world.crm.rows.splice(0, Infinity, ...world.crm.rows.filter((_, at) => !isGone(at)));
		await next(world, { ...fullCompare, createInApp: false });
		return held(world).filter((line) => line.endsWith(' absent'));
	};

	test('those of the last part are missed too', async () => {
		expect(await without(1_030, (at) => at >= 1_010)).toHaveLength(20);
	});

	test('too many in all parts together: none is held by itself', async () => {
		expect(await without(1_130, (at) => (at > 0 && at <= 60) || at >= 1_070)).toEqual(['run absent']);
	});
});
