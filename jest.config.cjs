'use strict';

/** Packages that are published as ES modules only; Jest needs them compiled. */
const esModules = ['cockatiel', 'fast-check', 'jose', 'kysely', 'pure-rand'];

/** One project a layer, so that each can be run alone: `npx jest --selectProjects unit`. */
const layer = (displayName, folders, more = {}) => ({
	displayName,
	testEnvironment: 'node',
	testMatch: folders.map((folder) => `<rootDir>/test/${folder}/**/*.test.ts`),
	transform: {
		'^.+\\.(t|j|mj)s$': [
			'@swc/jest',
			{ jsc: { target: 'es2023', parser: { syntax: 'typescript', decorators: true } }, module: { type: 'commonjs' } },
		],
	},
	transformIgnorePatterns: [`/node_modules/(?!(${esModules.join('|')})/)`],
	modulePathIgnorePatterns: ['<rootDir>/dist/', '<rootDir>/.cache/', '<rootDir>/setup/'],
	...more,
});

module.exports = {
	// A slow machine is no failure.
	testTimeout: 60_000,
	projects: [
		layer('unit', ['model', 'sync', 'connections', 'crm', 'store', 'n8nEdge', 'setup']),
		layer('conformance', ['conformance']),
		layer('standin', ['standin']),
		layer('nodes', ['nodes', 'templates']),
		layer('package', ['package']),
		layer('e2e', ['e2e']),
	],
};
