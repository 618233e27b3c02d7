import { createHash } from 'node:crypto';
import type { SyncDelivery } from '../../../src/model/syncDelivery';
import type { SyncLink } from '../../../src/model/syncLink';
import { packBase, type BaseEntry } from '../../../src/sync/base/packedBase';

export const FIELDS = 30;

/** What the ids of the two sides look like. */
export type IdKind = 'salesforce' | 'uuid' | 'objectId';

/** How the links of a bench look. */
export interface LinkShape {
	readonly crmIds: IdKind;
	readonly appIds: IdKind;
	/** Fields of each link that the CRM shows otherwise than the app. */
	readonly apart: number;
	/** One link of so many has three fields on their way to the app; 0: none has. */
	readonly pendingEvery: number;
}

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

/** Ids as their makers give them out, but in no order: records come as they are matched. */
const makers: Readonly<Record<IdKind, (bytes: Buffer) => string>> = {
	salesforce: (bytes) => `00QWz0${[...bytes.subarray(0, 9)].map((byte) => BASE62[byte % 62]).join('')}IA0`,
	uuid: (bytes) => uuidOf(bytes),
	objectId: (bytes) => bytes.toString('hex').slice(0, 24),
};

/** A link as the engine stores one, the same for the same number. */
export function linkNumber(number: number, { crmIds, appIds, apart, pendingEvery }: LinkShape): SyncLink {
	const pending = isPending(number, pendingEvery);
	const bytes = stream(`base ${number}`, FIELDS * 3);
	const printAt = (at: number) => bytes.readUIntBE(at * 6, 6);
	const entries = Array.from({ length: FIELDS }, (_, row): BaseEntry => {
		const app = printAt(row);
		const crm = row < apart ? printAt(FIELDS + row) : app;
		return { tag: row * 8_000_000, base: { app, crm, ...(pending && row >= FIELDS - 3 ? { pending: { print: printAt(2 * FIELDS + row), tries: 1, earlier: [] } } : {}) } };
	});
	return {
		...{ id: uuidOf(stream(`link ${number}`, 3)), syncId: SYNC_ID, appId: makers[appIds](stream(`app ${number}`, 3)), crmId: makers[crmIds](stream(`crm ${number}`, 3)) },
		...{ keyHash: null, base: packBase({ canonicalForm: 1, keyTag: 7, entries }), ended: null, endedAt: null, successor: null },
	};
}

/** What is on its way to the app, of a link. */
export function deliveryOf({ id: linkId, syncId }: SyncLink): SyncDelivery {
	return { id: uuidOf(stream(`delivery ${linkId}`, 3)), syncId, linkId, kind: 'update', rows: [], tries: 1, handedOver: true, withheld: null, createdAt: '2026-01-05T08:00:00.000Z' };
}

export function isPending(number: number, every: number): boolean {
	return every > 0 && number % every === 0;
}

export const SYNC_ID = uuidOf(stream('sync', 3));

function uuidOf(bytes: Buffer): string {
	const hex = bytes.toString('hex', 0, 16);
	return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-a${hex.slice(17, 20)}-${hex.slice(20, 32)}`;
}

/** So many times six bytes, as good as random, the same for the same seed. */
function stream(seed: string, sixes: number): Buffer {
	return createHash('shake256', { outputLength: sixes * 6 }).update(seed).digest();
}
