import { NodeConnectionTypes, type IExecuteFunctions, type INode, type INodeType } from 'n8n-workflow';
import type { CredentialStore } from './coreCredentials';
import type { CorePackages } from './corePackages';

function passThrough(name: string, inputs: INodeType['description']['inputs']): INodeType {
	return {
		description: {
			displayName: name,
			name,
			group: ['transform'],
			version: 1,
			description: 'Passes its items on',
			defaults: { name },
			inputs,
			outputs: [NodeConnectionTypes.Main],
			properties: [],
		},
		async execute(this: IExecuteFunctions) {
			return [this.getInputData()];
		},
	};
}

/** Stand-ins for the two of n8n's own nodes that nearly every test uses. */
export const coreTypes = {
	'n8n-nodes-base.manualTrigger': passThrough('manualTrigger', []),
	'n8n-nodes-base.noOp': passThrough('noOp', [NodeConnectionTypes.Main]),
};

/** Gives each node that names no credentials those of the store that its description asks for. */
export function attachCredentials(nodes: readonly INode[], store: CredentialStore, packages: CorePackages): INode[] {
	return nodes.map((node) => {
		if (node.credentials) return node;
		const { description } = packages.getByNameAndVersion(node.type, node.typeVersion);
		const wanted = (description.credentials ?? []).map(({ name }) => name).filter((name) => name in store);
		return { ...node, credentials: Object.fromEntries(wanted.map((name) => [name, { id: name, name }])) };
	});
}
