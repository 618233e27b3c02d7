import type { Migration } from './migration';
import { type TableDefinition, tableOf } from './tableOf';

const syncs: TableDefinition = {
	name: 'syncs',
	columns: {
		id: 'key',
		connectionId: 'text',
		entity: 'text',
		appName: 'text',
		mapping: 'text',
		keyId: 'text',
		userId: 'text',
		cursor: 'text?',
		runs: 'whole',
		inDoubt: 'whole',
	},
	unique: ['connectionId', 'entity', 'appName'],
};

const links: TableDefinition = {
	name: 'syncLinks',
	columns: {
		id: 'key',
		syncId: 'text',
		appId: 'text?',
		crmId: 'text?',
		keyHash: 'text?',
		base: 'bytes',
		ended: 'text?',
		endedAt: 'text?',
		successorEntity: 'text?',
		successorCrmId: 'text?',
	},
	unique: ['syncId', 'crmId'],
};

const intents: TableDefinition = {
	name: 'syncIntents',
	columns: {
		id: 'key',
		syncId: 'text',
		linkId: 'text',
		kind: 'text',
		appId: 'text?',
		crmId: 'text?',
		keyHash: 'text?',
		after: 'bytes',
		startedAt: 'text',
	},
};

const holds: TableDefinition = {
	name: 'syncHolds',
	columns: {
		syncId: 'text',
		subject: 'text',
		field: 'text',
		reason: 'text',
		appId: 'text?',
		crmId: 'text?',
		keyHash: 'text?',
		candidates: 'text',
		words: 'text',
		code: 'text?',
		shown: 'text',
		heldAt: 'text',
		tries: 'whole',
		nextTryAt: 'text?',
		decision: 'text?',
	},
	unique: ['syncId', 'subject', 'field'],
};

const deliveries: TableDefinition = {
	name: 'syncDeliveries',
	columns: { linkId: 'key', id: 'text', syncId: 'text', kind: 'text', tries: 'whole', handedOver: 'whole', createdAt: 'text' },
};

const counts: TableDefinition = {
	name: 'syncCounts',
	columns: { connectionId: 'text', entity: 'text', since: 'text', updates: 'whole', deletions: 'whole' },
	unique: ['connectionId', 'entity', 'since'],
};

const notes: TableDefinition = {
	name: 'syncNotes',
	columns: { syncId: 'text', kind: 'text', key: 'text', value: 'text' },
	unique: ['syncId', 'kind', 'key', 'value'],
};

/** What the two-way sync remembers. */
export const syncTables: Migration = {
	name: 'two-way sync',
	statements: (structure) => [
		...[syncs, links, intents, holds, deliveries, counts, notes].map((table) => tableOf(structure, table)),
		structure.schema.createIndex('syncLinksByAppId').on('syncLinks').columns(['syncId', 'appId']).unique().compile(),
		structure.schema.createIndex('syncLinksByKey').on('syncLinks').columns(['syncId', 'keyHash']).where('keyHash', 'is not', null).compile(),
		structure.schema.createIndex('syncLinksBySuccessor').on('syncLinks').columns(['successorCrmId']).where('successorCrmId', 'is not', null).compile(),
		structure.schema.createIndex('syncIntentsBySync').on('syncIntents').columns(['syncId', 'startedAt', 'id']).compile(),
		structure.schema.createIndex('syncHoldsByKey').on('syncHolds').columns(['syncId', 'keyHash']).where('keyHash', 'is not', null).compile(),
		structure.schema.createIndex('syncDeliveriesById').on('syncDeliveries').columns(['syncId', 'id']).compile(),
		structure.schema.createIndex('syncDeliveriesBySync').on('syncDeliveries').columns(['syncId', 'linkId']).compile(),
	],
};
