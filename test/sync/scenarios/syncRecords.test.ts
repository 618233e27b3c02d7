import { held, linkedPairs, next } from '../twoWay/pairs';
import { MAPPING, withRule, World } from '../twoWay/World';

test('D1 deleted in the CRM, the app unchanged: the app is told to delete it', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'delete app A-1']);
	expect(world.app.records.size).toBe(0);
	expect(await next(world)).toEqual([]);
});

test('D2 deleted in the CRM, edited in the app: held; a person decides', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	world.app.edit('A-1', { phone: '2' });
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited']);
	const [hold] = world.memory.contents.holds.values();
	await world.state.decide(hold, 'useApp');
	expect(await next(world)).toEqual(['revive A-1 L-2', 'create crm L-2 from A-1']);
	expect(held(world)).toEqual([]);
});

test('D3 the same, and the CRM is to count: the app is told to delete it', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	world.app.edit('A-1', { phone: '2' });
	await next(world);
	const [hold] = world.memory.contents.holds.values();
	await world.state.decide(hold, 'useCrm');
	expect(await next(world, { mode: 'changed', items: [] })).toEqual(['delete app A-1']);
});

test('D4 deleted in the app: the link ends, the record of the CRM stays', async () => {
	const world = await linkedPairs('ada');
	world.app.remove('A-1');
	expect(await next(world)).toEqual(['unlink A-1 L-1']);
	expect(world.crm.alive).toHaveLength(1);
	expect(await next(world)).toEqual([]);
});

test('D5 deleted in the app, edited in the CRM, before or after: held', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.crm.edit('L-1', { Phone: '2' });
	world.app.remove('A-1');
	world.app.remove('A-2');
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 deletedAndEdited', 'unlink A-2 L-2']);
	world.crm.edit('L-2', { Phone: '3' });
	expect(await next(world)).toEqual(['hold A-2 deletedAndEdited']);
});

test('D6 a stale copy of a deleted record: the app is told again, a few times, then it is held', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	const lost = { arrives: () => false };
	expect(await next(world, lost)).toEqual(['unlink A-1 L-1', 'delete app A-1']);
	for (let count = 0; count < 2; count++) expect(await next(world, lost)).toEqual(['delete app A-1 again']);
	expect(await next(world, lost)).toEqual(['hold A-1 unseen']);
	expect(world.crm.alive).toEqual([]);
});

test('D7 undeleted in the CRM: the link is open again, and the app gets the record back', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	await next(world);
	world.crm.restore('L-1');
	expect(await next(world)).toEqual(['revive - L-1', 'create app new from L-1 email+name+phone']);
	expect(await next(world)).toEqual(['link A-2 L-1']);
});

test('D8 the app shows a record again that it had deleted: the link is open again', async () => {
	const world = await linkedPairs('ada');
	const items = world.app.items('all');
	world.app.remove('A-1');
	await next(world);
	expect(await next(world, { items })).toEqual(['revive A-1 L-1']);
});

test('D9 missing in the app, or gone in the CRM without a trace: nothing is deleted; the latter is held', async () => {
	const world = await linkedPairs('ada', 'bob');
	expect(await next(world, { items: [] })).toEqual([]);
	world.crm.rows.shift();
	world.app.edit('A-1', { phone: '2' });
	expect(await next(world)).toEqual(['hold A-1 absent']);
	expect(world.app.records.size).toBe(2);
});

test('D10 away longer than the CRM remembers deletions: everything is compared, and what is absent is held', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.crm.remove('L-1');
	world.crm.edit('L-2', { Phone: '2' });
	world.tick(20 * 24 * 60 * 60_000);
	expect(await next(world)).toEqual(['update app A-2 phone']);
	expect(held(world)).toEqual(['A-1 absent']);
});

test('D11 merged into a record without a link: the link goes on with the winner', async () => {
	const world = await linkedPairs('ada');
	const { id } = world.crm.add({ Email: 'ada@y.com', LastName: 'ada', Phone: '1' });
	world.crm.remove('L-1', id);
	expect(await next(world, { createInApp: false })).toEqual(['link A-1 L-2', 'update app A-1 email']);
});

test('D12 merged, both linked: the winner keeps its link, the other one is held', async () => {
	const world = await linkedPairs('ada', 'bob');
	world.crm.remove('L-1', 'L-2');
	expect(await next(world)).toEqual(['unlink A-1 L-1', 'hold A-1 merged (L-2)']);
});

test('D13 converted: the link is closed, and says what the record became', async () => {
	const world = await linkedPairs('ada');
	world.crm.edit('L-1', { IsConverted: true, ConvertedContactId: 'C-1' });
	expect(await next(world)).toEqual(['unlink A-1 L-1']);
	const [link] = world.memory.contents.links.values();
	expect([link.ended, link.successor]).toEqual(['converted', { entity: 'Contact', crmId: 'C-1' }]);
	world.app.edit('A-1', { phone: '2' });
	expect(await next(world)).toEqual(['hold A-1 converted']);
});

test('D14 a field is held, and only the CRM shows it changed: it stays held until the app shows it too', async () => {
	const world = await linkedPairs('ada');
	world.mapping = withRule('phone', { conflict: 'hold' }, MAPPING);
	world.app.edit('A-1', { phone: '2' });
	world.crm.edit('L-1', { Phone: '3' });
	expect(await next(world)).toEqual(['hold A-1 conflict phone']);
	world.crm.edit('L-1', { Phone: '4', LastName: 'Ada' });
	expect(await next(world, { mode: 'changed', items: [] })).toEqual(['update app A-1 name']);
	world.crm.edit('L-1', { Phone: '2' });
	expect([await next(world), held(world)]).toEqual([[], []]);
});

test('D15 a person decides a held field: it counts only for the values that were shown', async () => {
	const world = await linkedPairs('ada');
	world.mapping = withRule('phone', { conflict: 'hold' }, MAPPING);
	world.app.edit('A-1', { phone: '2' });
	world.crm.edit('L-1', { Phone: '3' });
	await next(world);
	await world.state.decide([...world.memory.contents.holds.values()][0], 'useApp');
	world.crm.edit('L-1', { Phone: '4' });
	expect(await next(world)).toEqual(['hold A-1 conflict phone']);
	await world.state.decide([...world.memory.contents.holds.values()][0], 'useApp');
	expect(await next(world)).toEqual(['update crm L-1 Phone']);
	expect(held(world)).toEqual([]);
});

test('D16 a delivered new record that the app does not show: sent again with its id, only after a full input', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com' });
	const lost = { arrives: () => false };
	await next(world, lost);
	expect(await next(world, { mode: 'changed', items: [], ...lost })).toEqual([]);
	expect(await next(world, lost)).toEqual(['create app new from L-2 email+name again']);
	await next(world, lost);
	await next(world, lost);
	expect(held(world)).toEqual(['L-2 unseen']);
	const ids = world.results.flatMap(({ steps }) => steps.flatMap((step) => (step.do === 'deliver' ? [step.delivery.id] : [])));
	expect(new Set(ids).size).toBe(1);
});

test('D31 a person decides a held field for the CRM, and the app shows only changes: carried out as long as the CRM shows the same', async () => {
	const silent = { mode: 'changed' as const, items: [] };
	const world = await linkedPairs('ada');
	world.mapping = withRule('phone', { conflict: 'hold' }, MAPPING);
	world.app.edit('A-1', { phone: '2' });
	world.crm.edit('L-1', { Phone: '3' });
	await next(world);
	const [hold] = world.memory.contents.holds.values();
	await world.state.decide(hold, 'useCrm');
	world.crm.edit('L-1', { Phone: '4' });
	expect(await next(world, silent)).toEqual([]);
	expect(held(world)).toEqual(['A-1 conflict phone']);
	world.crm.edit('L-1', { Phone: '3' });
	expect(await next(world, silent)).toEqual(['update app A-1 phone']);
	expect([held(world), world.app.records.get('A-1')?.phone]).toEqual([[], '3']);
	expect([await next(world), await next(world, silent)]).toEqual([[], []]);
});

test('D32 what the app never showed stays held in every run, and is sent once more when a person says so', async () => {
	const silent = { mode: 'changed' as const, items: [] };
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com' });
	for (let count = 0; count < 4; count++) await next(world, { arrives: () => false });
	const [{ heldAt, ...hold }] = world.memory.contents.holds.values();
	for (let count = 0; count < 3; count++) expect([await next(world), held(world)]).toEqual([['hold L-2 unseen'], ['L-2 unseen']]);
	expect([...world.memory.contents.holds.values()][0].heldAt).toBe(heldAt);
	await world.state.decide(hold, 'release');
	expect(await next(world, silent)).toEqual(['create app new from L-2 email+name again']);
	expect([await next(world), held(world)]).toEqual([['link A-2 L-2'], []]);
});

test('D33 a deletion that the app never showed is sent once more when a person says so', async () => {
	const world = await linkedPairs('ada');
	world.crm.remove('L-1');
	for (let count = 0; count < 5; count++) await next(world, { arrives: () => false });
	const [hold] = world.memory.contents.holds.values();
	expect(hold).toMatchObject({ appId: 'A-1', reason: 'unseen' });
	await world.state.decide(hold, 'release');
	expect(await next(world)).toEqual(['delete app A-1 again']);
	expect([await next(world), held(world), world.app.records.size]).toEqual([[], [], 0]);
});

test('S31 a record that waits is looked at again every hour, not in every run', async () => {
	const world = await linkedPairs('ada');
	world.crm.add({ Email: 'bob@x.com' });
	world.crm.add({ Email: 'bob@x.com' });
	await next(world);
	world.tick(20 * 60_000);
	world.crm.calls.length = 0;
	expect([await next(world, { mode: 'changed', items: [] }), world.crm.calls]).toEqual([[], ['changes']]);
	world.tick(40 * 60_000);
	world.crm.calls.length = 0;
	await next(world, { mode: 'changed', items: [] });
	expect(world.crm.calls).toEqual(['changes', 'read', 'match']);
});

test('D17 a converted record shows up in the sync of what it became: linked there, by what it descends from', async () => {
	const world = await linkedPairs('ada');
	const contact = world.crm.add({ Email: 'else@x.com', LastName: 'ada', Phone: '1' });
	const [lead] = world.memory.contents.links.values();
	const former = { ...lead, id: 'lead', syncId: 'leads', crmId: '00Q', ended: 'converted' as const, successor: { entity: 'Lead', crmId: contact.id } };
	const [sync] = world.memory.contents.syncs.values();
	const scope = { ...sync.scope, entity: 'Prospect' };
	world.memory.contents.syncs.set('leads', { ...sync, id: 'leads', scope });
	world.memory.contents.links.set('lead', { ...former, appId: 'A-2' });
	world.app.add({ email: 'ada2@x.com', name: 'ada', phone: '1' });
	expect(await next(world)).toEqual(['link A-2 L-2', 'update app A-2 email']);
});

test('D71 what a form sent is merged before the app shows it: its half-link goes on with the winner', async () => {
	const world = new World();
	await next(world, { items: [{ index: 0, values: { email: 'ada@x.com', name: 'Ada', company: 'Acme' } }] });
	const winner = world.crm.add({ Email: 'ada@x.com', LastName: 'Ada' });
	world.crm.remove('L-1', winner.id);
	expect(await next(world, { mode: 'changed', items: [] })).toEqual(['link - L-2']);
	world.app.add({ email: 'ada@x.com', name: 'Ada' });
	expect(await next(world)).toEqual(['link A-1 L-2']);
});
