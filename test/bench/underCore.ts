import { resolve } from 'node:path';
import type { CoreRunner } from '../n8n/coreRunner';
import type { NodeDraft } from '../n8n/workflows';
import { benchLeads, type BenchTask } from './workload';

type Credentials = NonNullable<Parameters<CoreRunner['run']>[0]['credentials']>;

/** n8n's own nodes. */
export const BASE_NODES = resolve(__dirname, '..', '..', 'setup', 'n8n', 'node_modules', 'n8n-nodes-base');

/** A node that is to run under n8n's engine. */
export interface NodeUnderCore {
	readonly node: Omit<NodeDraft, 'name'>;
	readonly credentials: Credentials;
	readonly morePackages?: readonly string[];
	/** The `result` of items that count as written; every item unless given. */
	readonly wanted?: string;
}

/** Loads n8n's engine and the packages; the function it returns runs the node once over all leads. */
export async function underCore({ leads }: BenchTask, { node, credentials, morePackages = [], wanted }: NodeUnderCore): Promise<() => Promise<number>> {
	const { createCoreRunner } = await import('../n8n/coreRunner');
	const runner = await createCoreRunner({ morePackages });
	const input = benchLeads(leads).map((json, item) => ({ json: { ...json }, pairedItem: { item } }));
	const start = { name: 'Start', type: 'n8n-nodes-base.manualTrigger', parameters: {} };
	return async () => {
		const result = await runner.run({ nodes: [start, { ...node, name: 'Push' }], input, credentials });
		if (result.error) throw new Error(result.error.message);
		return result.outputs('Push').filter((json) => wanted === undefined || json.result === wanted).length;
	};
}
