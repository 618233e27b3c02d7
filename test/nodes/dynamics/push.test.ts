import type { INodeProperties, INodePropertyOptions, ResourceMapperFields } from 'n8n-workflow';

import { CrmLeadSync } from '../../../nodes/CrmLeadSync/CrmLeadSync.node';
import { dynamicsRig } from './dynamicsRig';
import type { DynamicsWorld } from './DynamicsWorld';

const lead = (lastname: string, more: object = {}) => ({ lastname, companyname: 'Sorbonne', emailaddress1: `${lastname}@example.com`, subject: 'Web form', ...more });
const people = (count: number) => Array.from({ length: count }, (_, index) => lead(`Person${index}`));

async function ask<T>({ runner, credentialType, credentials, credentialId }: DynamicsWorld, kind: 'loadOptions' | 'resourceMapping', method: string, parameters: object = {}): Promise<T> {
	const stored = { [credentialType]: credentials[credentialId] };
	return await runner.ask<T>({ type: 'n8n-nodes-crm-sync.crmLeadSync', kind, method, credentials: stored, parameters: { connectWith: credentialType, ...parameters } as never });
}

describe('Push to CRM, into Dynamics 365', () => {
	const rig = dynamicsRig();

	it('creates what is new and updates what is there, by e-mail whatever its case', async () => {
		const { world } = rig;
		world.withSecret().environment.insert('lead', lead('Curie', { emailaddress1: 'CURIE@example.com' }));
		const result = await world.push([lead('Curie', { companyname: 'ESPCI' }), lead('Noether')]);
		expect(result.items('Node', 0).map(({ json }) => json.result)).toEqual(['updated', 'created']);
		expect(world.environment.rows('lead').map(({ lastname, companyname }) => [lastname, companyname])).toEqual([['Curie', 'ESPCI'], ['Noether', 'Sorbonne']]);
		expect(result.items('Node', 0)[0].json).toMatchObject({ recordUrl: expect.stringContaining(`${world.environment.url}/main.aspx?etn=lead&pagetype=entityrecord&id=`) });
	});

	it('takes a thousand leads in ten requests', async () => {
		const { world } = rig;
		await world.withSecret().push([lead('Curie')]);
		world.environment.calls.reset();
		const result = await world.push(people(1000));
		expect(result.items('Node', 0)).toHaveLength(1000);
		expect(world.environment.calls.total).toBeLessThanOrEqual(10);
	}, 60_000);

	it('takes a thousand leads in ten requests too where duplicate rules are asked, one request for every 200', async () => {
		const { world } = rig;
		world.withSecret().environment.setDuplicateRule('lead', ['emailaddress1']);
		const result = await world.push(people(1000));
		expect(result.items('Node', 0)).toHaveLength(1000);
		expect(world.environment.calls.total).toBeLessThanOrEqual(10);
	}, 60_000);

	it('hands out the one that is refused, and writes the others', async () => {
		const { world } = rig;
		world.withSecret().environment.addPlugin('lead', { on: ['Create'], check: ({ lastname }) => (lastname === 'Bad' ? 'No bad people here.' : undefined) });
		const result = await world.push([lead('Curie'), lead('Bad'), lead('Noether')]);
		expect(result.items('Node', 0).map(({ json }) => json.result)).toEqual(['created', 'created']);
		expect(JSON.stringify(result.items('Node', 1).map(({ json }) => json.problems))).toContain('No bad people here.');
	});

	it('writes nothing in a dry run', async () => {
		const { world } = rig;
		const result = await world.withSecret().push([lead('Curie')], { dryRun: true });
		expect([result.items('Node', 0).length, world.environment.rows('lead')]).toEqual([1, []]);
	});

	it('takes a lead as data, whatever is in it', async () => {
		const { world } = rig;
		const hostile = `O'Hara" or 1 eq 1; <b>'')&$filter=x`;
		await world.withSecret().push([lead('Curie')]);
		const result = await world.push([lead('x', { lastname: hostile, emailaddress1: `o'hara@example.com` }), lead('x', { lastname: hostile, emailaddress1: `o'hara@example.com` })]);
		expect(result.error).toBeUndefined();
		expect(world.environment.rows('lead').map(({ lastname }) => lastname)).toEqual(['Curie', hostile]);
	});

	it('takes the labels of a yes or no, and times of every clock, mapped by name or by hand', async () => {
		const { world } = rig;
		world.withSecret().environment.addColumn('lead', { name: 'new_opens', type: 'DateTime', behavior: 'TimeZoneIndependent', label: 'Opens' });
		const item = lead('Curie', { donotemail: 'Do Not Allow', new_opens: '2026-03-29 02:30' });
		const named = await world.push([item, lead('Noether', { donotemail: 'perhaps' })], { options: { timeZone: 'Europe/Vienna' } });
		expect(named.items('Node', 0).map(({ json }) => json.result)).toEqual(['created']);
		expect(JSON.stringify(named.items('Node', 1)[0].json.problems)).toContain('is neither yes nor no, nor Do Not Allow (true) or Allow (false)');
		const value = { lastname: '={{ $json.lastname }}', emailaddress1: '={{ $json.emailaddress1 }}', donotemail: '={{ $json.donotemail }}', new_opens: '={{ $json.new_opens }}' };
		const { fields: schema } = await ask<ResourceMapperFields>(world, 'resourceMapping', 'getMappingFields', { operation: 'push', object: 'lead' });
		const byHand = await world.push([lead('Ray', { donotemail: 'Allow', new_opens: '2026-03-29T02:30:00' })], { fields: { mappingMode: 'defineBelow', value, matchingColumns: ['emailaddress1'], schema: schema.map((field) => ({ ...field, removed: false })) } });
		expect(byHand.items('Node', 0).map(({ json }) => json.result)).toEqual(['created']);
		expect(world.environment.rows('lead').map(({ donotemail, new_opens: opens }) => [donotemail, opens])).toEqual([[true, '2026-03-29T02:30:00Z'], [false, '2026-03-29T02:30:00Z']]);
		expect(schema.find(({ id }) => id === 'new_opens')).toMatchObject({ displayName: 'Opens (new_opens, YYYY-MM-DDTHH:MM, the same in every time zone)', type: 'string', readOnly: false });
	});

	it('says that no user or team is called like the owner', async () => {
		const result = await rig.world.withSecret().push([lead('Curie', { ownerid: 'Nobody' }), lead('Noether')]);
		expect(result.items('Node', 0).map(({ json }) => json.result)).toEqual(['created']);
		expect(JSON.stringify(result.items('Node', 1)[0].json.problems)).toContain('no active user or team is called');
	});

	it('offers no assignment rules, which Dynamics 365 does not have, and goes on with a workflow that was made for Salesforce', async () => {
		const { options = [] } = new CrmLeadSync().description.properties.find(({ name }) => name === 'options')!;
		const rules = (options as INodeProperties[]).find(({ name }) => name === 'runAssignmentRules');
		expect(rules?.displayOptions?.show?.['/connectWith']).toEqual(['crmSalesforceOAuth2Api', 'crmSalesforceTokenApi', 'crmSalesforceServerApi']);
		const result = await rig.world.withSecret().push([lead('Curie')], { object: 'Lead', options: { runAssignmentRules: true } });
		expect([result.items('Node', 0)[0].json.result, result.hints('Node')]).toEqual(['created', []]);
	});

	it('shows tables and columns of the environment, the e-mail to match on', async () => {
		const { world } = rig;
		world.withSecret();
		const objects = await ask<INodePropertyOptions[]>(world, 'loadOptions', 'getObjects');
		expect(objects.find(({ value }) => value === 'lead')).toEqual({ name: 'Lead (lead)', value: 'lead' });
		const { fields } = await ask<ResourceMapperFields>(world, 'resourceMapping', 'getMappingFields', { operation: 'push', object: 'lead' });
		expect(fields.filter(({ defaultMatch }) => defaultMatch).map(({ id }) => id)).toEqual(['emailaddress1']);
		expect(fields.filter(({ removed }) => !removed).map(({ id }) => id)).toEqual(expect.arrayContaining(['companyname', 'emailaddress1', 'firstname', 'lastname', 'telephone1']));
	});

	it('proposes the object of the chosen CRM, takes leads by the name of another, and refuses what it does not have', async () => {
		const { world } = rig;
		const proposed = new CrmLeadSync().description.properties.filter(({ name }) => name === 'object').map(({ default: value, displayOptions }) => [value, displayOptions?.show?.connectWith]);
		expect(proposed).toEqual([
			['Lead', ['crmSalesforceOAuth2Api', 'crmSalesforceTokenApi', 'crmSalesforceServerApi']],
			['lead', ['crmDynamicsOAuth2Api', 'crmDynamicsAppApi']],
		]);
		const left = await world.withSecret().push([lead('Curie')], { object: undefined });
		expect(left.outputs('Node')[0]).toMatchObject({ result: 'created' });
		// n8n chooses a credential for a new node after it has filled in the object of the first one.
		const foreign = await world.push([lead('Noether')], { object: 'Lead' });
		expect(foreign.outputs('Node')[0]).toMatchObject({ result: 'created', object: 'lead', recordUrl: expect.stringContaining('etn=lead&') });
		const unknown = await world.push([lead('Noether')], { object: 'Course__c' });
		expect(unknown.error?.message).toBe('There is no object "Course__c" in the CRM, or the signed-in user may not see it.');
	});
});
