import { sql } from 'kysely';
import type { Migration } from './migration';
import { type TableDefinition, tableOf } from './tableOf';

const syncs: TableDefinition = {
	name: 'syncs',
	columns: {
		id: 'key',
		number: 'whole',
		connectionId: 'text',
		entity: 'text',
		appName: 'text',
		mapping: 'text',
		keyId: 'text',
		userId: 'text',
		cursor: 'text?',
		runs: 'whole',
		inDoubt: 'whole',
		unread: 'whole',
	},
	unique: ['connectionId', 'entity', 'appName'],
};

const links: TableDefinition = {
	name: 'syncLinks',
	columns: {
		id: 'bytesKey',
		sync: 'whole',
		appId: 'bytes?',
		crmId: 'bytes?',
		keyHash: 'text?',
		base: 'bytes',
		ended: 'text?',
		endedAt: 'text?',
		successorEntity: 'text?',
		successorCrmId: 'bytes?',
	},
	unique: ['sync', 'crmId'],
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
		rows: 'text',
		heldAt: 'text',
		tries: 'whole',
		nextTryAt: 'text?',
		decision: 'text?',
	},
	unique: ['syncId', 'subject', 'field'],
};

const deliveries: TableDefinition = {
	name: 'syncDeliveries',
	columns: { linkId: 'bytesKey', id: 'bytes', sync: 'whole', kind: 'text', rows: 'text', tries: 'whole', handedOver: 'whole', withheld: 'text?', createdAt: 'text' },
};

const reports: TableDefinition = {
	name: 'syncReports',
	columns: { sync: 'whole', id: 'text', linkId: 'bytes', keyId: 'text', sealed: 'bytes', at: 'text' },
	unique: ['sync', 'id'],
};

const counts: TableDefinition = {
	name: 'syncCounts',
	columns: { connectionId: 'text', entity: 'text', since: 'text', updates: 'whole', deletions: 'whole' },
	unique: ['connectionId', 'entity', 'since'],
};

const notes: TableDefinition = {
	name: 'syncNotes',
	columns: { sync: 'whole', kind: 'text', key: 'text', value: 'text' },
	unique: ['sync', 'kind', 'key', 'value'],
};

/** What the two-way sync remembers. */
export const syncTables: Migration = {
	name: 'two-way sync',
	statements: (structure) => [
		...[syncs, links, intents, holds, deliveries, reports, counts, notes].map((table) => tableOf(structure, table)),
		structure.schema.createIndex('syncsByNumber').on('syncs').column('number').unique().compile(),
		structure.schema.createIndex('syncLinksByAppId').on('syncLinks').columns(['sync', 'appId']).unique().compile(),
		structure.schema.createIndex('syncLinksEnded').on('syncLinks').column('sync').where(sql.ref('ended'), 'is not', null).compile(),
		structure.schema.createIndex('syncLinksByKey').on('syncLinks').columns(['sync', 'keyHash']).where('keyHash', 'is not', null).compile(),
		structure.schema.createIndex('syncLinksBySuccessor').on('syncLinks').columns(['successorCrmId']).where('successorCrmId', 'is not', null).compile(),
		structure.schema.createIndex('syncIntentsBySync').on('syncIntents').columns(['syncId', 'startedAt', 'id']).compile(),
		structure.schema.createIndex('syncHoldsByKey').on('syncHolds').columns(['syncId', 'keyHash']).where('keyHash', 'is not', null).compile(),
		structure.schema.createIndex('syncDeliveriesById').on('syncDeliveries').column('id').compile(),
		structure.schema.createIndex('syncDeliveriesUnsent').on('syncDeliveries').columns(['sync', 'linkId']).where(sql.ref('handedOver'), '=', 0).compile(),
	],
};
