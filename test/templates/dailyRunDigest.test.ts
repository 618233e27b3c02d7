import type { IDataObject, INode, INodeType } from 'n8n-workflow';

import { coreTypes } from '../n8n/coreNodes';
import { credentialType, people, pushRig } from '../nodes/crmLeadSync/rig';
import { readTemplate } from './templates';

const template = readTemplate('daily-run-digest.json');
const schedule: INodeType = { description: { ...coreTypes['n8n-nodes-base.manualTrigger'].description, name: 'scheduleTrigger', version: [1.2] } };
const rig = pushRig({ extraNodeTypes: { ...coreTypes, 'n8n-nodes-base.scheduleTrigger': schedule } });

describe('the template Daily run digest', () => {
	it('hands on what needs somebody, and nothing that went well', async () => {
		const world = await rig.connect();
		await world.push(people(2));
		await world.push([{ LastName: 'Without company', Email: 'x@foo.example' }]);
		await world.push(people(1), { object: 'Nothing__c' });
		const [id] = Object.keys(world.credentials);
		const nodes = template.nodes
			.filter(({ type }) => !type.endsWith('.stickyNote'))
			.map((node): INode => (node.type.endsWith('crmConnection') ? { ...node, credentials: { [credentialType]: { id, name: 'Salesforce' } } } : node));
		const result = await rig.runner.run({ nodes, connections: template.connections, credentials: world.credentials, mode: 'trigger', pinned: { 'Every morning': [{ json: {} as IDataObject }] } });
		if (result.error) throw result.error;
		expect(result.outputs('Tell somebody').map(({ outcome, node, message }) => [outcome, node, message])).toEqual([
			['failed', 'Push', expect.stringContaining('(NOT_FOUND)')],
			['needsAttention', 'Push', expect.stringContaining('1 refused')],
		]);
	});
});
