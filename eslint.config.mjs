import { configWithoutCloudSupport } from '@n8n/node-cli/eslint';

/** What each floor under src may import beside itself. A folder that is not named here may not be created without a line. */
const floors = {
	model: [],
	sync: ['model'],
	connections: ['model'],
	licenses: ['model'],
	cases: ['model'],
	crm: ['model'],
	store: ['model'],
};
const folders = Object.keys(floors);
const zones = folders.map((folder) => ({
	target: `./src/${folder}`,
	from: [
		'./nodes',
		'./credentials',
		'./src/n8n',
		...folders.filter((other) => other !== folder && !floors[folder].includes(other)).map((other) => `./src/${other}`),
	],
	message: `src/${folder} may import only: ${['itself', ...floors[folder].map((below) => `src/${below}`)].join(', ')}`,
}));
for (const surface of ['./nodes', './credentials']) {
	zones.push({
		target: surface,
		from: ['crm', 'store', 'sync', 'connections', 'licenses', 'cases'].map((folder) => `./src/${folder}`),
		message: 'nodes and credentials reach everything through src/n8n',
	});
}
const adapters = ['salesforce', 'dynamics'];
for (const adapter of adapters) {
	zones.push({
		target: `./src/crm/${adapter}`,
		from: adapters.filter((other) => other !== adapter).map((other) => `./src/crm/${other}`),
		message: 'one CRM adapter never imports another',
	});
}
const pure = ['model', 'sync', 'connections', 'licenses', 'cases'].map((folder) => `src/${folder}/**/*.ts`);

export default [
	{ ignores: ['dist/**', '.cache/**', 'setup/**', 'gulpfile.js', 'jest.config.cjs', 'test/bench/results/**'] },
	...configWithoutCloudSupport,
	{ files: ['**/*.ts'], rules: { 'import-x/no-restricted-paths': ['error', { basePath: import.meta.dirname, zones }] } },
	{
		files: ['src/**/*.ts', 'nodes/**/*.ts', 'credentials/**/*.ts'],
		rules: {
			'max-lines': ['error', { max: 250, skipBlankLines: true, skipComments: true }],
			'max-lines-per-function': ['error', { max: 50, skipBlankLines: true, skipComments: true }],
			'@typescript-eslint/no-explicit-any': 'error',
			'no-console': 'error',
		},
	},
	{
		files: pure,
		rules: {
			'no-restricted-imports': ['error', { patterns: ['n8n-*', 'jsforce*', '@jsforce/*', '@azure/*', 'pg', 'node:*', '!node:crypto'] }],
			'no-restricted-globals': ['error', 'fetch', 'process', 'setTimeout', 'setInterval', 'setImmediate'],
			'no-restricted-syntax': ['error', { selector: "NewExpression[callee.name='Date'][arguments.length=0]", message: 'take a Clock' }],
			'no-restricted-properties': [
				'error',
				{ object: 'Date', property: 'now', message: 'take a Clock' },
				{ object: 'Math', property: 'random', message: 'take an id source' },
			],
		},
	},
	// Below src/n8n nothing knows n8n: errors thrown there are typed CrmErrors, which src/n8n/toNodeError.ts maps once.
	{ files: ['src/**/*.ts', 'test/**/*.ts', 'demo/**/*.ts'], rules: { '@n8n/community-nodes/require-node-api-error': 'off' } },
	// The stand-in hands out tokens that open nothing; tests and the demo start n8n and the compiler. None of it is published.
	{
		files: ['test/**/*.ts', 'demo/**/*.ts'],
		rules: { '@n8n/community-nodes/no-hardcoded-secrets': 'off', '@n8n/community-nodes/no-dangerous-functions': 'off', 'no-console': 'off' },
	},
	// Self-hosted package that talks to CRMs through their SDKs: docs/decisions/0002-declared-dependencies.md.
	{ files: ['package.json'], rules: { '@n8n/community-nodes/no-runtime-dependencies': 'off' } },
];
