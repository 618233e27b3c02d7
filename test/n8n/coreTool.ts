import { NodeConnectionTypes, type IDataObject, type IExecuteFunctions, type INodeExecutionData, type INodeType } from 'n8n-workflow';

/** The type of the node that stands for an AI agent. */
export const AGENT_TYPE = 'core-runner.agent';

/** The variant of a node that an AI agent calls; n8n makes the same changes when `usableAsTool` is set. */
export function asAiTool(nodeType: INodeType): INodeType {
	const { description } = nodeType;
	if (!description.usableAsTool) throw new Error(`${description.name} is not usable as a tool`);
	const replacements = typeof description.usableAsTool === 'object' ? description.usableAsTool.replacements : {};
	return Object.create(nodeType, {
		description: {
			value: {
				...description,
				...replacements,
				name: `${description.name}Tool`,
				inputs: [],
				outputs: [NodeConnectionTypes.AiTool],
				properties: [
					...description.properties,
					{ displayName: 'Description', name: 'toolDescription', type: 'string', default: description.description },
				],
			},
		},
	}) as INodeType;
}

interface CallableTool {
	readonly name: string;
	readonly description: string;
	invoke(values: IDataObject): Promise<string>;
}

/** A stand-in for n8n's AI agent: calls its one tool with each item's data and returns what the tool answered. */
export const agent: INodeType = {
	description: {
		displayName: 'Agent',
		name: 'agent',
		group: ['transform'],
		version: 1,
		description: 'Calls its tool once for each item',
		defaults: { name: 'Agent' },
		inputs: [NodeConnectionTypes.Main, NodeConnectionTypes.AiTool],
		outputs: [NodeConnectionTypes.Main],
		properties: [],
	},
	async execute(this: IExecuteFunctions): Promise<INodeExecutionData[][]> {
		const [tool] = (await this.getInputConnectionData(NodeConnectionTypes.AiTool, 0)) as CallableTool[];
		if (!tool) throw new Error('no tool is connected');
		const answers: INodeExecutionData[] = [];
		for (const [index, { json }] of this.getInputData().entries()) {
			const answer = JSON.parse(await tool.invoke(json)) as IDataObject[];
			answers.push({ json: { tool: tool.name, description: tool.description, answer }, pairedItem: { item: index } });
		}
		return [answers];
	},
};
