import { linkedPairs, next } from '../twoWay/pairs';
import { withRule, type World } from '../twoWay/World';

const form = (values: Record<string, unknown>) => ({ mode: 'events', createInApp: false, items: [{ index: 0, values: { email: 'ada@x.com', ...values } }] }) as const;

/** Both sides edited the phone of `A-1`; a person decides for the CRM. */
async function decidedForCrm(): Promise<World> {
	const world = await linkedPairs('ada');
	world.mapping = withRule('phone', { conflict: 'hold' });
	world.app.edit('A-1', { phone: '2' });
	world.crm.edit('L-1', { Phone: '3' });
	expect(await next(world)).toEqual(['hold A-1 conflict phone']);
	const [hold] = world.memory.contents.holds.values();
	await world.state.decide(hold, 'useCrm');
	return world;
}

test('what is decided beside what a form sent is reported as well', async () => {
	const world = await decidedForCrm();
	world.tick(30 * 60_000);
	await world.run({ ...form({ note: 'x' }), crashAt: 'after write 1' });
	expect(world.memory.contents.reports.size).toBe(1);
});

test('of what a form sent, and of what the CRM shows, each field that fits nowhere is held', async () => {
	const world = await linkedPairs('ada');
	world.mapping = withRule('phone', { transform: { kind: 'valueMap', pairs: [{ app: '1', crm: '1' }] } });
	await next(world);
	world.crm.edit('L-1', { Phone: '7' });
	expect(await next(world, form({ name: '' }))).toEqual(['hold A-1 value phone', 'hold A-1 value name']);
});
