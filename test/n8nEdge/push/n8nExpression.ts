import { Workflow, type IDataObject, type INodeTypes } from 'n8n-workflow';

const node = { id: '1', name: 'Push', typeVersion: 1, type: 'mock', position: [0, 0] as [number, number], parameters: {} };
const nodeTypes = { getByNameAndVersion: () => ({ description: { properties: [] } }), getByName: () => undefined, getKnownTypes: () => ({}) } as unknown as INodeTypes;
const { expression: engine } = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });

/** What n8n itself makes of an expression for an item. */
export function n8nValue(expression: string, json: IDataObject): unknown {
	return engine.resolveSimpleParameterValue(expression, {}, null, 0, 0, node.name, [{ json }], 'manual', {});
}
