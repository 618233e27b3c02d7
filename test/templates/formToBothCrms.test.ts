import type { IDataObject, INode, INodeType } from 'n8n-workflow';

import type { CoreResult } from '../n8n/coreRunner';
import { coreTypes } from '../n8n/coreNodes';
import { nodeType, pushRig, type World } from '../nodes/crmLeadSync/rig';
import { startDataverse, type Dataverse, type Environment } from '../standin';
import { readTemplate } from './templates';

const template = readTemplate('form-to-both-crms.json');
const form: INodeType = { description: { ...coreTypes['n8n-nodes-base.manualTrigger'].description, name: 'formTrigger', version: [2.2] } };
const rig = pushRig({ extraNodeTypes: { ...coreTypes, 'n8n-nodes-base.formTrigger': form } });
const dynamicsType = 'crmDynamicsOAuth2Api';
/** What n8n's form gives for one visitor. */
const visitor = { 'First name': 'Grace', 'Last name': 'Hopper', 'E-mail': 'grace@foo.example', Company: 'Foo', Phone: '+1 234', submittedAt: '2030-01-31T12:00:00.000+01:00', formMode: 'production' };

describe('the template Form → Salesforce and Dynamics 365', () => {
	let dataverse: Dataverse;
	let environment: Environment;
	let world: World;

	beforeEach(async () => {
		world = await rig.connect();
		dataverse = await startDataverse();
		environment = await dataverse.createEnvironment();
		const oauthTokenData = { access_token: await environment.issueToken(), token_type: 'Bearer' } as IDataObject;
		world.credentials[`${environment.url} ${dynamicsType}`] = { environmentType: 'custom', environmentUrl: environment.url, authorityUrl: dataverse.loginUrl, clientId: 'the-client-id', clientSecret: 'the-secret', oauthTokenData };
	});
	afterEach(async () => await dataverse.close());

	/** Runs the template as it is, with what somebody filled in and the credentials. */
	async function submit(filledIn: IDataObject): Promise<CoreResult> {
		const [salesforceId, dynamicsId] = Object.keys(world.credentials);
		const idOf = (type: string) => (type === dynamicsType ? dynamicsId : salesforceId);
		const connect = (node: INode): INode => ({ ...node, credentials: Object.fromEntries(Object.keys(node.credentials!).map((type) => [type, { id: idOf(type), name: type }])) });
		const nodes = template.nodes.filter(({ type }) => !type.endsWith('.stickyNote')).map((node) => (node.type === nodeType ? connect(node) : node));
		const result = await rig.runner.run({ nodes, connections: template.connections, settings: template.settings, credentials: world.credentials, pinned: { 'Contact form': [{ json: filledIn }] } });
		if (result.error) throw result.error;
		return result;
	}

	const leads = () => environment.rows('lead').map(({ firstname, lastname, emailaddress1, companyname, telephone1 }) => ({ firstname, lastname, emailaddress1, companyname, telephone1 }));

	it('creates one lead in each CRM, and updates both when the person comes again', async () => {
		const first = await submit(visitor);
		expect([...first.outputs('In Salesforce'), ...first.outputs('In Dynamics 365')]).toEqual([
			expect.objectContaining({ result: 'created', object: 'Lead', recordId: world.rows()[0].Id }),
			expect.objectContaining({ result: 'created', object: 'lead', recordId: environment.rows('lead')[0].leadid }),
		]);
		const again = await submit({ ...visitor, 'E-mail': ' Grace@Foo.example', Phone: '+1 567' });
		expect([...again.outputs('In Salesforce'), ...again.outputs('In Dynamics 365')]).toEqual([
			expect.objectContaining({ result: 'updated', changedFields: ['Phone'] }),
			expect.objectContaining({ result: 'updated', changedFields: ['telephone1'] }),
		]);
		expect(world.rows()).toEqual([expect.objectContaining({ FirstName: 'Grace', LastName: 'Hopper', Email: 'grace@foo.example', Company: 'Foo', Phone: '+1 567' })]);
		expect(leads()).toEqual([{ firstname: 'Grace', lastname: 'Hopper', emailaddress1: 'grace@foo.example', companyname: 'Foo', telephone1: '+1 567' }]);
	});

	it('keeps what one CRM cannot take from nobody: the other has it, and somebody is told', async () => {
		world.org.faults.alwaysUnauthorized();
		const result = await submit(visitor);
		expect(result.outputs('In Dynamics 365')).toEqual([expect.objectContaining({ result: 'created' })]);
		expect(result.outputs('Tell somebody')).toEqual([expect.objectContaining({ result: 'refused', input: visitor })]);
		expect([world.rows(), leads()]).toEqual([[], [expect.objectContaining({ lastname: 'Hopper' })]]);
	});

	it('tells somebody what each CRM leaves to a person', async () => {
		world.org.insert('Contact', { LastName: 'Hopper', Email: visitor['E-mail'] });
		environment.insert('lead', { lastname: 'Hopper', emailaddress1: visitor['E-mail'], statecode: 2, statuscode: 4 });
		const result = await submit(visitor);
		const told = ['Salesforce', 'Dynamics 365'].map((name) => result.items(name, 1).map(({ json }) => json.message));
		expect(told).toEqual([[expect.stringContaining('belongs to a Contact')], [expect.stringContaining('Disqualified')]]);
		expect(result.nodes['Tell somebody']).toHaveLength(2);
	});

	it('maps only fields that a lead of Dynamics 365 has', async () => {
		const [, id] = Object.keys(world.credentials);
		const parameters = { connectWith: dynamicsType, object: 'lead' };
		const credentials = { [dynamicsType]: world.credentials[id] };
		const { fields } = await rig.runner.ask<{ fields: Array<{ id: string }> }>({ type: nodeType, kind: 'resourceMapping', method: 'getMappingFields', credentials, parameters });
		const mapper = template.nodes.find(({ name }) => name === 'Dynamics 365')?.parameters.fields as { value: object; schema: Array<{ id: string }>; matchingColumns: string[] };
		expect(fields.map((field) => field.id)).toEqual(expect.arrayContaining([...Object.keys(mapper.value), ...mapper.schema.map((field) => field.id), ...mapper.matchingColumns]));
		expect(mapper.schema.map((field) => field.id)).toEqual(expect.arrayContaining(Object.keys(mapper.value)));
	});
});
