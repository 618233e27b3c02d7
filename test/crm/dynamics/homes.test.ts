import { newLead, openRig, written, type Rig } from './rig';

let rig: Rig;
beforeEach(async () => {
	rig = await openRig();
});
afterEach(() => rig.close());

const incident = (title: string, customerid: string) => ({ kind: 'create' as const, entity: 'incident', values: { title, customerid } });

async function seen() {
	const adapter = rig.open();
	await adapter.describe('incident');
	rig.env.calls.reset();
	return adapter;
}

test('a table that cannot be searched holds nothing, and the others are still looked through', async () => {
	const contact = String(rig.env.insert('contact', { lastname: 'Curie' }).contactid);
	const adapter = await seen();
	const fault = rig.env.faults.failOperation({ status: 400, code: '0x80040800', message: "The 'RetrieveMultiple' method does not support entities of type 'account'.", when: ({ method, path }) => method === 'GET' && path.includes('accounts') });
	expect(await written(adapter, [incident('Broken', contact), newLead('Ray')])).toEqual(['applied', 'applied']);
	expect(fault.struck).toBe(1);
	expect(rig.env.rows('incident').map(({ customerid }) => customerid)).toEqual([{ table: 'contact', id: contact }]);
});

test('a search that is refused for what it asks is told, and does not hide the record', async () => {
	const contact = String(rig.env.insert('contact', { lastname: 'Curie' }).contactid);
	const adapter = await seen();
	rig.env.faults.failOperation({ status: 400, code: '0x8004430c', message: 'Number of conditions in query exceeded maximum limit.', when: ({ method, path }) => method === 'GET' && path.includes('accounts') });
	expect(await written(adapter, [incident('Broken', contact), newLead('Ray')])).toEqual(['refused validation 0x8004430c', 'applied']);
});

test('the tables of thousands of records are found in batches of twenty searches', async () => {
	const contacts = Array.from({ length: 2_600 }, (_, at) => String(rig.env.insert('contact', { lastname: `C${at}` }).contactid));
	const adapter = await seen();
	const outcomes = await written(adapter, contacts.map((id, at) => incident(`Case ${at}`, id)));
	expect(new Set(outcomes)).toEqual(new Set(['applied']));
	expect(rig.env.calls.log.filter(({ kind }) => kind === 'batch').map(({ operations }) => operations.length)).toEqual([20, 2]);
});
