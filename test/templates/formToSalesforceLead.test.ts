import type { IDataObject, INode, INodeType } from 'n8n-workflow';

import type { CoreResult } from '../n8n/coreRunner';
import { coreTypes } from '../n8n/coreNodes';
import { credentialType, nodeType, pushRig, type World } from '../nodes/crmLeadSync/rig';
import { readTemplate } from './templates';

const template = readTemplate('form-to-salesforce-lead.json');
const form: INodeType = { description: { ...coreTypes['n8n-nodes-base.manualTrigger'].description, name: 'formTrigger', version: [2.2] } };
const rig = pushRig({ extraNodeTypes: { ...coreTypes, 'n8n-nodes-base.formTrigger': form } });

/** Runs the template as it is, with what people filled in and a credential. */
async function submit(world: World, ...filledIn: IDataObject[]): Promise<CoreResult> {
	const [id] = Object.keys(world.credentials);
	const connected = template.nodes.map((node): INode => (node.type === nodeType ? { ...node, credentials: { [credentialType]: { id, name: 'Salesforce' } } } : node));
	const nodes = connected.filter(({ type }) => !type.endsWith('.stickyNote'));
	const result = await rig.runner.run({ nodes, connections: template.connections, settings: template.settings, credentials: world.credentials, pinned: { 'Contact form': filledIn.map((json) => ({ json })) } });
	if (result.error) throw result.error;
	return result;
}

/** What n8n's form gives for one visitor. */
const visitor = { 'First name': 'Grace', 'Last name': 'Hopper', 'E-mail': 'grace@foo.example', Company: 'Foo', Phone: '+1 234', submittedAt: '2030-01-31T12:00:00.000+01:00', formMode: 'production' };
const ran = (result: CoreResult): string[] => Object.keys(result.nodes);

describe('the template Form → Salesforce lead', () => {
	it('creates a lead with everything the visitor filled in', async () => {
		const world = await rig.connect();
		const result = await submit(world, visitor);
		expect(ran(result)).toEqual(['Contact form', 'CRM Lead Sync', 'In Salesforce']);
		expect(result.outputs('In Salesforce')).toEqual([expect.objectContaining({ result: 'created', recordId: world.rows()[0].Id })]);
		expect(world.rows()).toEqual([
			expect.objectContaining({ FirstName: 'Grace', LastName: 'Hopper', Email: 'grace@foo.example', Company: 'Foo', Phone: '+1 234' }),
		]);
	});

	it('updates the lead of somebody who fills in the form again, and keeps what is left empty this time', async () => {
		const world = await rig.connect();
		await submit(world, visitor);
		world.org.update('Lead', String(world.rows()[0].Id), { LeadSource: 'Partner', Description: 'Met at the fair.' });
		const result = await submit(world, { ...visitor, 'E-mail': 'Grace@Foo.example', 'Last name': 'Murray Hopper', Phone: '' });
		expect(result.outputs('In Salesforce')).toEqual([expect.objectContaining({ result: 'updated', changedFields: ['LastName'] })]);
		expect(world.rows()).toEqual([expect.objectContaining({ LastName: 'Murray Hopper', Phone: '+1 234', LeadSource: 'Partner', Description: 'Met at the fair.' })]);
	});

	it('tells somebody of a person who already is a contact', async () => {
		const world = await rig.connect();
		world.org.insert('Contact', { LastName: 'Hopper', Email: visitor['E-mail'] });
		const result = await submit(world, visitor);
		expect(ran(result)).toEqual(['Contact form', 'CRM Lead Sync', 'Tell somebody']);
		expect(result.outputs('Tell somebody')).toEqual([expect.objectContaining({ result: 'needsAttention', input: visitor })]);
	});

	it('tells somebody of what Salesforce refuses', async () => {
		const world = await rig.connect();
		world.org.addValidationRule({ object: 'Lead', message: 'No phone number of ours.', field: 'Phone', fails: ({ Phone }) => Phone === '+1 234' });
		const result = await submit(world, visitor, { ...visitor, 'E-mail': 'ada@foo.example', Phone: '' });
		expect(result.outputs('Tell somebody')).toEqual([expect.objectContaining({ result: 'refused', problems: [expect.objectContaining({ field: 'Phone' })] })]);
		expect(result.outputs('In Salesforce')).toEqual([expect.objectContaining({ result: 'created' })]);
	});

	it('maps only fields that a lead has', async () => {
		const world = await rig.connect();
		const { fields } = await world.ask<{ fields: Array<{ id: string; required: boolean }> }>('resourceMapping', 'getMappingFields', { object: 'Lead' });
		const mapper = template.nodes.find(({ type }) => type === nodeType)?.parameters.fields as { value: object; schema: Array<{ id: string }>; matchingColumns: string[] };
		const known = fields.map(({ id }) => id);
		expect(known).toEqual(expect.arrayContaining([...Object.keys(mapper.value), ...mapper.schema.map(({ id }) => id), ...mapper.matchingColumns]));
		expect(mapper.schema.map(({ id }) => id)).toEqual(expect.arrayContaining(Object.keys(mapper.value)));
		expect(Object.keys(mapper.value)).toEqual(expect.arrayContaining(fields.filter(({ required }) => required).map(({ id }) => id)));
	});
});
