import type { Migration } from './migration';
import { type TableDefinition, tableOf } from './tableOf';

const connections: TableDefinition = {
	name: 'connections',
	columns: {
		id: 'key',
		crm: 'text',
		orgId: 'text',
		name: 'text',
		nameKey: 'text',
		description: 'text',
		orgName: 'text',
		edition: 'text',
		sandbox: 'whole',
		instanceUrl: 'text',
		status: 'text',
		statusSince: 'text',
		runAutomatically: 'whole',
		apiBudgetPercent: 'number?',
		registeredAt: 'text',
		deletedAt: 'text?',
		version: 'whole',
	},
	unique: ['crm', 'orgId'],
};

const signIns: TableDefinition = {
	name: 'signIns',
	columns: {
		credentialId: 'key',
		credentialType: 'text',
		credentialName: 'text',
		connectionId: 'text',
		userId: 'text',
		status: 'text',
		statusSince: 'text',
		cause: 'text?',
		lastWellAt: 'text?',
		unreachableSince: 'text?',
		credentialFingerprint: 'text',
		lastTriedAt: 'text?',
		failedTries: 'whole',
		otherOrg: 'text?',
		version: 'whole',
	},
};

const runs: TableDefinition = {
	name: 'runs',
	columns: {
		id: 'key',
		connectionId: 'text?',
		credentialId: 'text?',
		nodeType: 'text',
		nodeName: 'text',
		operation: 'text',
		workflowId: 'text?',
		workflowName: 'text?',
		executionId: 'text?',
		executionUrl: 'text?',
		manual: 'whole',
		startedAt: 'text',
		finishedAt: 'text?',
		outcome: 'text',
		words: 'text',
		counts: 'text',
		calls: 'whole',
	},
};

const leases: TableDefinition = { name: 'leases', columns: { scope: 'key', owner: 'text', fence: 'whole', expiresAt: 'text' } };

const refusals: TableDefinition = { name: 'refusals', columns: { fingerprint: 'key', refusedAt: 'text', code: 'text', words: 'text' } };

const facts: TableDefinition = { name: 'facts', columns: { name: 'key', value: 'text' } };

/** Connections, sign-ins, runs, leases, refused sign-ins, and facts about the store itself. */
export const firstTables: Migration = {
	name: 'first tables',
	statements: (structure) => [
		...[connections, signIns, runs, leases, refusals, facts].map((table) => tableOf(structure, table)),
		structure.schema.createIndex('signInsByConnection').on('signIns').column('connectionId').compile(),
		structure.schema.createIndex('runsByStart').on('runs').columns(['startedAt', 'id']).compile(),
		structure.schema.createIndex('runsByConnection').on('runs').columns(['connectionId', 'startedAt', 'id']).compile(),
		structure.schema.createIndex('runsByCredential').on('runs').columns(['credentialId', 'startedAt', 'id']).compile(),
	],
};
