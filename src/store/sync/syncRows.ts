import type { SyncDelivery } from '../../model/syncDelivery';
import type { SyncHold } from '../../model/syncHold';
import type { SyncIntent } from '../../model/syncIntent';
import type { SyncLink } from '../../model/syncLink';
import type { StoredSync } from '../../model/syncState';
import { fromJson } from '../storedJson';

export interface SyncRow extends Omit<StoredSync, 'scope' | 'inDoubt'> {
	readonly connectionId: string;
	readonly entity: string;
	readonly appName: string;
	readonly inDoubt: number;
}

export interface LinkRow extends Omit<SyncLink, 'successor'> {
	readonly successorEntity: string | null;
	readonly successorCrmId: string | null;
}

export interface HoldRow extends Omit<SyncHold, 'candidates'> {
	readonly candidates: string;
}

export interface DeliveryRow extends Omit<SyncDelivery, 'handedOver'> {
	readonly handedOver: number;
}

export interface CountRow {
	readonly connectionId: string;
	readonly entity: string;
	readonly since: string;
	readonly updates: number;
	readonly deletions: number;
}

export interface NoteRow {
	readonly syncId: string;
	readonly kind: string;
	readonly key: string;
	readonly value: string;
}

export const syncColumns = ['id', 'connectionId', 'entity', 'appName', 'mapping', 'keyId', 'userId', 'cursor', 'runs', 'inDoubt'] as const satisfies readonly (keyof SyncRow)[];

export const linkColumns = [
	...(['id', 'syncId', 'appId', 'crmId', 'keyHash', 'base', 'ended', 'endedAt', 'successorEntity', 'successorCrmId'] as const),
] as const satisfies readonly (keyof LinkRow)[];

export const holdColumns = [
	...(['syncId', 'subject', 'field', 'reason', 'appId', 'crmId', 'keyHash', 'candidates', 'words', 'code'] as const),
	...(['shown', 'heldAt', 'tries', 'nextTryAt', 'decision'] as const),
] as const satisfies readonly (keyof HoldRow)[];

export const deliveryColumns = ['linkId', 'id', 'syncId', 'kind', 'tries', 'handedOver', 'createdAt'] as const satisfies readonly (keyof DeliveryRow)[];

export const intentColumns = ['id', 'syncId', 'linkId', 'kind', 'appId', 'crmId', 'keyHash', 'after', 'startedAt'] as const satisfies readonly (keyof SyncIntent)[];

/** Named one by one, as all rows here: what the caller's object carries beside them is not stored. */
export function syncRow({ id, scope, mapping, keyId, userId, cursor, runs, inDoubt }: StoredSync): SyncRow {
	const { connectionId, entity, appName } = scope;
	return { id, connectionId, entity, appName, mapping, keyId, userId, cursor, runs, inDoubt: Number(inDoubt) };
}

export function syncOf({ id, connectionId, entity, appName, mapping, keyId, userId, cursor, runs, inDoubt }: SyncRow): StoredSync {
	return { id, scope: { connectionId, entity, appName }, mapping, keyId, userId, cursor, runs, inDoubt: inDoubt === 1 };
}

export function linkRow({ id, syncId, appId, crmId, keyHash, base, ended, endedAt, successor }: SyncLink): LinkRow {
	return { id, syncId, appId, crmId, keyHash, base, ended, endedAt, successorEntity: successor?.entity ?? null, successorCrmId: successor?.crmId ?? null };
}

export function linkOf({ id, syncId, appId, crmId, keyHash, base, ended, endedAt, successorEntity, successorCrmId }: LinkRow): SyncLink {
	const successor = successorEntity === null || successorCrmId === null ? null : { entity: successorEntity, crmId: successorCrmId };
	return { id, syncId, appId, crmId, keyHash, base: new Uint8Array(base), ended, endedAt, successor };
}

export function holdRow({ syncId, subject, field, reason, appId, crmId, keyHash, words, code, ...hold }: SyncHold): HoldRow {
	const { candidates, shown, heldAt, tries, nextTryAt, decision } = hold;
	return { syncId, subject, field, reason, appId, crmId, keyHash, candidates: JSON.stringify(candidates), words, code, shown, heldAt, tries, nextTryAt, decision };
}

export function holdOf(row: HoldRow): SyncHold {
	return { ...row, candidates: fromJson<readonly string[]>(row.candidates) };
}

export function deliveryRow({ linkId, id, syncId, kind, tries, handedOver, createdAt }: SyncDelivery): DeliveryRow {
	return { linkId, id, syncId, kind, tries, handedOver: Number(handedOver), createdAt };
}

export function deliveryOf({ handedOver, ...row }: DeliveryRow): SyncDelivery {
	return { ...row, handedOver: handedOver === 1 };
}

export function intentRow({ id, syncId, linkId, kind, appId, crmId, keyHash, after, startedAt }: SyncIntent): SyncIntent {
	return { id, syncId, linkId, kind, appId, crmId, keyHash, after, startedAt };
}

export function intentOf(row: SyncIntent): SyncIntent {
	return { ...row, after: new Uint8Array(row.after) };
}
