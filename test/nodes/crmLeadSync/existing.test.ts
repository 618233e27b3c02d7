import { lead, pushRig } from './rig';

const rig = pushRig();

describe('CRM Lead Sync: a record that stands in the way', () => {
	it('is linked when a unique field is taken', async () => {
		const world = await rig.connect();
		const taken = String(world.org.insert('Lead', { LastName: 'First', Company: 'Foo', Email: 'first@foo.example', External_Id__c: 'X-1' }).Id);
		const item = { LastName: 'Second', Company: 'Foo', Email: 'second@foo.example', Key: 'X-1' };
		const pushed = await world.push([item], { rows: { ...lead, External_Id__c: '={{ $json.Key }}' } });
		expect(pushed.attention).toEqual([
			expect.objectContaining({
				result: 'refused',
				problems: [expect.objectContaining({ code: 'DUPLICATE_VALUE' })],
				candidates: [{ object: 'Lead', recordId: taken, recordUrl: `${world.org.instanceUrl}/${taken}` }],
			}),
		]);
		expect(world.rows()).toHaveLength(1);
	});
});
