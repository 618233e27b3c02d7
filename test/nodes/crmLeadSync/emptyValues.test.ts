import { lead, pushRig } from './rig';

const rig = pushRig();
const known = { LastName: 'Known', Company: 'Foo', Email: 'known@foo.example' };
const rows = { ...lead, Phone: '={{ $json.Phone }}' };
const empties: Array<[string, object]> = [
	['null', { Phone: null }],
	['an empty text', { Phone: '' }],
	['blanks', { Phone: ' \t\n' }],
];

describe('CRM Lead Sync: empty values', () => {
	it.each(empties)('leaves what the CRM has by default: %s', async (_, value) => {
		const world = await rig.connect();
		world.org.insert('Lead', { ...known, Phone: '1' });
		expect((await world.push([{ ...known, ...value }], { rows })).outcomes).toEqual(['unchanged']);
		expect(world.rows()).toEqual([expect.objectContaining({ Phone: '1' })]);
	});

	it.each(empties)('clears the field when told so: %s', async (_, value) => {
		const world = await rig.connect();
		world.org.insert('Lead', { ...known, Phone: '1' });
		const pushed = await world.push([{ ...known, ...value }], { rows, options: { emptyValues: 'clear' } });
		expect(pushed.inOrder).toEqual([expect.objectContaining({ result: 'updated', changedFields: ['Phone'] })]);
		expect(world.rows()).toEqual([expect.objectContaining({ Phone: null })]);
	});

	it('clears nothing where the item does not have the value at all', async () => {
		const world = await rig.connect();
		world.org.insert('Lead', { ...known, Phone: '1' });
		expect((await world.push([known], { rows, options: { emptyValues: 'clear' } })).outcomes).toEqual(['unchanged']);
		expect((await world.push([known, { ...known, Phone: '2' }, known], { automatic: true, options: { emptyValues: 'clear' } })).outcomes).toEqual(['unchanged', 'updated', 'unchanged']);
		expect(world.rows()).toEqual([expect.objectContaining({ Phone: '2' })]);
	});

	it('maps no row that was left empty, so that it clears nothing', async () => {
		const world = await rig.connect();
		world.org.insert('Lead', { ...known, Phone: '1', Title: 'Dr' });
		const pushed = await world.push([known], { rows: { ...lead, Phone: '', Title: null, Fax: '=' }, options: { emptyValues: 'clear' } });
		expect(pushed.outcomes).toEqual(['unchanged']);
		expect(world.rows()).toEqual([expect.objectContaining({ Phone: '1', Title: 'Dr' })]);
	});

	it('refuses the item where the field cannot be empty', async () => {
		const world = await rig.connect();
		world.org.insert('Lead', known);
		const pushed = await world.push([{ ...known, Company: '' }, { ...known, LastName: 'Other' }], { options: { emptyValues: 'clear' } });
		expect(pushed.outcomes).toEqual(['refused', 'updated']);
		expect(pushed.problems(0)).toEqual([expect.objectContaining({ field: 'Company', reason: expect.stringContaining('cannot be emptied') })]);
	});

	it('keeps zero and false, which are not empty', async () => {
		const world = await rig.connect();
		world.org.insert('Lead', { ...known, NumberOfEmployees: 5, DoNotCall: true });
		const more = { ...lead, NumberOfEmployees: '={{ $json.count }}', DoNotCall: '={{ $json.not }}' };
		expect((await world.push([{ ...known, count: 0, not: false }], { rows: more })).inOrder[0].changedFields).toEqual(['NumberOfEmployees', 'DoNotCall']);
		expect(world.rows()).toEqual([expect.objectContaining({ NumberOfEmployees: 0, DoNotCall: false })]);
	});

	it('unticks no checkbox for an empty value', async () => {
		const world = await rig.connect();
		world.org.insert('Lead', { ...known, DoNotCall: true });
		const more = { ...lead, DoNotCall: '={{ $json.not }}' };
		expect((await world.push([{ ...known, not: '' }], { rows: more, options: { emptyValues: 'clear' } })).outcomes).toEqual(['unchanged']);
	});
});
