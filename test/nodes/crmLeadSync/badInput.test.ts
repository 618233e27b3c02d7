import { lead, people, pushRig } from './rig';

const rig = pushRig();
const known = { LastName: 'Known', Company: 'Foo', Email: 'known@foo.example' };

describe('CRM Lead Sync: odd values', () => {
	it.each([
		['no e-mail at all', { Email: undefined }, 'Email', /Email is empty/],
		['an empty one', { Email: '' }, 'Email', /Email is empty/],
		['blanks', { Email: ' \n ' }, 'Email', /Email is empty/],
		['null', { Email: null }, 'Email', /Email is empty/],
		['no address', { Email: 'nobody' }, 'Email', /"nobody" is not an e-mail address/],
		['two addresses', { Email: 'a@foo.example, b@foo.example' }, 'Email', /is not an e-mail address/],
		['a list of addresses', { Email: ['a@foo.example'] }, 'Email', /holds a list/],
		['an object', { Email: { address: 'a@foo.example' } }, 'Email', /holds an object/],
		['a name too long', { LastName: 'x'.repeat(81) }, 'LastName', /is 81 characters long; the field takes 80/],
		['10 MB of text', { LastName: 'x'.repeat(10_000_000) }, 'LastName', /10,000,000 characters long/],
		['10 MB of address', { Email: `${'x'.repeat(10_000_000)}@foo.example` }, 'Email', /characters long; the field takes 80/],
		['half of an emoji', { LastName: '\ud83d' }, 'LastName', /broken characters/],
		['no last name', { LastName: '' }, 'LastName', /Last Name is empty, and a new Lead needs it/],
	])('refuses %s, with field and reason, and writes the others', async (_, odd, field, reason) => {
		const world = await rig.connect();
		const pushed = await world.push([{ ...known, ...odd }, ...people(1)]);
		expect(pushed.outcomes).toEqual(['refused', 'created']);
		expect(pushed.problems(0)).toEqual([expect.objectContaining({ field, reason: expect.stringMatching(reason) })]);
		expect(world.rows()).toHaveLength(1);
	});

	it.each([
		['a number that is none', 'NumberOfEmployees', '1.234,5'],
		['a fraction of a person', 'NumberOfEmployees', 1.5],
		['infinity', 'AnnualRevenue', Infinity],
		['an unknown choice', 'Status', 'Lukewarm'],
		['an ambiguous day', 'Birthday__c', '03/04/2026'],
		['a day that does not exist', 'Birthday__c', '2026-02-30'],
		['a moment that is none', 'Demo_At__c', 'tomorrow'],
		['a tick that is none', 'DoNotCall', 'perhaps'],
	])('refuses %s', async (_, field, value) => {
		const world = await rig.connect();
		const pushed = await world.push([{ ...known, value }], { rows: { ...lead, [field]: '={{ $json.value }}' } });
		expect([pushed.outcomes, pushed.problems()]).toEqual([['refused'], [expect.objectContaining({ field })]]);
		expect(world.writes).toBe(0);
	});

	it('tells every problem of an item at once', async () => {
		const world = await rig.connect();
		const pushed = await world.push([{ ...known, Email: 'nobody', LastName: 'x'.repeat(90) }]);
		expect(pushed.problems().map(({ field }) => field)).toEqual(['LastName', 'Email']);
	});

	it.each(['<b>Grace</b> & "Co"', '<script>alert(1)</script>', '👩‍💻 Ωmega é', 'Łukasz', "O'Brien", '{{ $json.Email }}', '={{ 1 + 1 }}', '@{ref.id}', 'null', '\\u0041\\'])('keeps the name %j as it is', async (LastName) => {
		const world = await rig.connect();
		expect((await world.push([{ ...known, LastName }])).outcomes).toEqual(['created']);
		expect(world.rows()).toEqual([expect.objectContaining({ LastName })]);
		expect((await world.push([{ ...known, LastName }])).outcomes).toEqual(['unchanged']);
	});

	it('shows no markup of an item in hints, which n8n renders', async () => {
		const world = await rig.connect();
		const pushed = await world.push([{ ...known, '<img src=x>': 1, Email: '<img src=x>' }], { automatic: true });
		expect(pushed.hints).toHaveLength(2);
		for (const hint of pushed.hints) expect(hint).not.toContain('<img');
	});

	it.each([
		['2026-07-01T23:30:00+02:00', '2026-07-01T21:30:00.000+0000', '2026-07-01'],
		['2026-07-01T23:30:00', '2026-07-01T21:30:00.000+0000', '2026-07-01'],
		['2026-07-01 23:30', '2026-07-01T21:30:00.000+0000', '2026-07-01'],
		['2026-07-01T23:30:00-10:00', '2026-07-02T09:30:00.000+0000', '2026-07-02'],
		['2026-07-01T00:30:00+14:00', '2026-06-30T10:30:00.000+0000', '2026-06-30'],
		['2026-01-01T00:00:00Z', '2026-01-01T00:00:00.000+0000', '2026-01-01'],
	])('keeps the moment and the day of %s', async (when, moment, day) => {
		const world = await rig.connect();
		const how = { rows: { ...lead, Demo_At__c: '={{ $json.when }}', Birthday__c: '={{ $json.when }}' }, options: { timeZone: 'Europe/Paris' } };
		expect((await world.push([{ ...known, when }], how)).outcomes).toEqual(['created']);
		expect(world.rows()).toEqual([expect.objectContaining({ Demo_At__c: moment, Birthday__c: day })]);
		expect((await world.push([{ ...known, when }], how)).outcomes).toEqual(['unchanged']);
	});

	it('reads a time without offset in the zone of the workflow', async () => {
		const world = await rig.connect();
		await world.push([{ ...known, when: '2026-07-01T12:00:00' }], { rows: { ...lead, Demo_At__c: '={{ $json.when }}' }, run: { settings: { timezone: 'Asia/Kathmandu' } } });
		expect(world.rows()).toEqual([expect.objectContaining({ Demo_At__c: '2026-07-01T06:15:00.000+0000' })]);
	});

	it('takes a Luxon moment that an expression gives', async () => {
		const world = await rig.connect();
		await world.push([{ ...known, when: '2026-07-01T12:00:00Z' }], { rows: { ...lead, Demo_At__c: '={{ DateTime.fromISO($json.when).plus({ hours: 1 }) }}' } });
		expect(world.rows()).toEqual([expect.objectContaining({ Demo_At__c: '2026-07-01T13:00:00.000+0000' })]);
	});
});

describe('CRM Lead Sync: match values that would be statements', () => {
	const hostile = ["O'Brien", '%', '_', '100%', '\\', "\\'", "a\nb", "a\r\nb", "') OR Name LIKE ('%", "' OR '1'='1", "x' ORDER BY Id --", '"', '*?{}[]', ':bind', 'a\u2028b'];

	it.each(hostile)('finds by %j only what is called so', async (LastName) => {
		const world = await rig.connect();
		for (const other of ['Innocent', 'a b', 'Brien', ...hostile.filter((text) => text !== LastName).slice(0, 5)]) world.org.insert('Lead', { LastName: other, Company: 'Foo', Email: 'foo@foo.example' });
		const before = world.rows();
		const how = { rows: { LastName: '={{ $json.LastName }}', Company: '={{ $json.Company }}' }, match: 'LastName' };
		expect((await world.push([{ LastName, Company: 'New' }], how)).outcomes).toEqual(['created']);
		expect((await world.push([{ LastName, Company: 'Newer' }], how)).outcomes).toEqual(['updated']);
		expect(world.rows().slice(0, before.length)).toEqual(before);
		expect(world.rows().slice(before.length)).toEqual([expect.objectContaining({ Company: 'Newer' })]);
	});

	it.each([
		["o'brien@foo.example", 'created'],
		["a'%@foo.example", 'created'],
		["x')or(name='y@foo.example", 'refused'],
	])('takes the address %j as nothing but an address', async (Email, outcome) => {
		const world = await rig.connect();
		world.org.insert('Lead', known);
		const pushed = await world.push([{ ...known, Email }]);
		expect(pushed.outcomes).toEqual([outcome]);
		expect(world.rows()[0]).toMatchObject(known);
	});

	it('finds an owner only by the name that was given', async () => {
		const world = await rig.connect();
		const pushed = await world.push(["' OR Name LIKE '%", '%', "Ada' --", 'Ada%'].map((owner, index) => ({ ...people(4)[index], owner })), { rows: { ...lead, OwnerId: '={{ $json.owner }}' } });
		expect(pushed.counts).toEqual({ refused: 4 });
	});
});
