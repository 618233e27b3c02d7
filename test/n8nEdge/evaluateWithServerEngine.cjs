'use strict';

const { Expression, Workflow } = require('n8n-workflow');

/** Reads `{ expression, asked }` from its input and prints, as JSON, what n8n's default engine makes of the expression for each `$self` in `asked`. */
async function main() {
	let input = '';
	for await (const piece of process.stdin) input += piece;
	const { expression, asked } = JSON.parse(input);
	await Expression.initExpressionEngine({ engine: 'vm', bridgeTimeout: 5000, bridgeMemoryLimit: 128, poolSize: 1, maxCodeCacheSize: 10 });
	const node = { id: '1', name: 'credential', typeVersion: 1, type: 'mock', position: [0, 0], parameters: {} };
	const nodeTypes = { getByNameAndVersion: () => ({ description: { properties: [] } }) };
	const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
	await workflow.expression.acquireIsolate();
	const answers = asked.map((self) => {
		try {
			return workflow.expression.getComplexParameterValue(node, expression, 'internal', {}, undefined, undefined, self);
		} catch (error) {
			return error.message;
		}
	});
	process.stdout.write(JSON.stringify(answers), () => process.exit(0));
}

void main();
