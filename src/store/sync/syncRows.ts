import type { SyncDelivery, Withheld } from '../../model/syncDelivery';
import type { HeldRow, SyncHold } from '../../model/syncHold';
import type { SyncIntent } from '../../model/syncIntent';
import type { SyncLink } from '../../model/syncLink';
import type { SyncReport } from '../../model/syncReport';
import type { StoredSync } from '../../model/syncState';
import { fromJson } from '../storedJson';
import { idIn, packedId } from './packedId';
import { syncNumber } from './syncNumber';

export interface SyncRow extends Omit<StoredSync, 'scope' | 'inDoubt' | 'unread'> {
	/** What `syncNumber` makes of the id. */
	readonly number: number;
	readonly connectionId: string;
	readonly entity: string;
	readonly appName: string;
	readonly inDoubt: number;
	readonly unread: number;
}

/** Ids are packed (`packedId`), and the sync is a number, because every pair of records has such a row. */
export interface LinkRow extends Omit<SyncLink, 'id' | 'syncId' | 'appId' | 'crmId' | 'successor'> {
	readonly id: Uint8Array;
	readonly sync: number;
	readonly appId: Uint8Array | null;
	readonly crmId: Uint8Array | null;
	readonly successorEntity: string | null;
	readonly successorCrmId: Uint8Array | null;
}

export interface HoldRow extends Omit<SyncHold, 'candidates' | 'rows'> {
	readonly candidates: string;
	readonly rows: string;
}

/** As a link's: there may be one for each pair. */
export interface DeliveryRow extends Omit<SyncDelivery, 'linkId' | 'id' | 'syncId' | 'rows' | 'handedOver' | 'withheld'> {
	readonly linkId: Uint8Array;
	readonly id: Uint8Array;
	readonly sync: number;
	readonly rows: string;
	readonly handedOver: number;
	readonly withheld: string | null;
}

export interface ReportRow extends Omit<SyncReport, 'syncId' | 'linkId'> {
	readonly sync: number;
	readonly linkId: Uint8Array;
}

export interface CountRow {
	readonly connectionId: string;
	readonly entity: string;
	readonly since: string;
	readonly updates: number;
	readonly deletions: number;
}

export interface NoteRow {
	readonly sync: number;
	readonly kind: string;
	readonly key: string;
	readonly value: string;
}

export const syncColumns = ['id', 'number', 'connectionId', 'entity', 'appName', 'mapping', 'keyId', 'userId', 'cursor', 'runs', 'inDoubt', 'unread'] as const satisfies readonly (keyof SyncRow)[];

export const linkColumns = [
	...(['id', 'sync', 'appId', 'crmId', 'keyHash', 'base', 'ended', 'endedAt', 'successorEntity', 'successorCrmId'] as const),
] as const satisfies readonly (keyof LinkRow)[];

export const holdColumns = [
	...(['syncId', 'subject', 'field', 'reason', 'appId', 'crmId', 'keyHash', 'candidates', 'words', 'code'] as const),
	...(['shown', 'rows', 'heldAt', 'tries', 'nextTryAt', 'decision'] as const),
] as const satisfies readonly (keyof HoldRow)[];

export const deliveryColumns = ['linkId', 'id', 'sync', 'kind', 'rows', 'tries', 'handedOver', 'withheld', 'createdAt'] as const satisfies readonly (keyof DeliveryRow)[];

export const reportColumns = ['sync', 'id', 'linkId', 'keyId', 'sealed', 'at'] as const satisfies readonly (keyof ReportRow)[];

export const intentColumns = ['id', 'syncId', 'linkId', 'kind', 'appId', 'crmId', 'keyHash', 'after', 'startedAt'] as const satisfies readonly (keyof SyncIntent)[];

/** Named one by one, as all rows here: what the caller's object carries beside them is not stored. */
export function syncRow({ id, scope, mapping, keyId, userId, cursor, runs, inDoubt, unread }: StoredSync): SyncRow {
	const { connectionId, entity, appName } = scope;
	return { id, number: syncNumber(id), connectionId, entity, appName, mapping, keyId, userId, cursor, runs, inDoubt: Number(inDoubt), unread: Number(unread) };
}

export function syncOf({ id, connectionId, entity, appName, mapping, keyId, userId, cursor, runs, inDoubt, unread }: SyncRow): StoredSync {
	return { id, scope: { connectionId, entity, appName }, mapping, keyId, userId, cursor, runs, inDoubt: inDoubt === 1, unread: unread === 1 };
}

export function linkRow({ id, syncId, appId, crmId, keyHash, base, ended, endedAt, successor }: SyncLink): LinkRow {
	const ids = { id: packedId(id), sync: syncNumber(syncId), appId: packedOrNull(appId), crmId: packedOrNull(crmId) };
	return { ...ids, keyHash, base, ended, endedAt, successorEntity: successor?.entity ?? null, successorCrmId: packedOrNull(successor?.crmId ?? null) };
}

/** The link of a row of the given sync. */
export function linkOf({ id, appId, crmId, keyHash, base, ended, endedAt, successorEntity, successorCrmId }: LinkRow, syncId: string): SyncLink {
	const successor = successorEntity === null || successorCrmId === null ? null : { entity: successorEntity, crmId: idIn(successorCrmId) };
	return { id: idIn(id), syncId, appId: idOrNull(appId), crmId: idOrNull(crmId), keyHash, base: new Uint8Array(base), ended, endedAt, successor };
}

function packedOrNull(id: string | null): Uint8Array | null {
	return id === null ? null : packedId(id);
}

function idOrNull(packed: Uint8Array | null): string | null {
	return packed === null ? null : idIn(packed);
}

export function holdRow({ syncId, subject, field, reason, appId, crmId, keyHash, words, code, ...hold }: SyncHold): HoldRow {
	const { candidates, shown, rows, heldAt, tries, nextTryAt, decision } = hold;
	const subjectOf = { syncId, subject, field, reason, appId, crmId, keyHash };
	return { ...subjectOf, candidates: JSON.stringify(candidates), words, code, shown, rows: heldRows(rows), heldAt, tries, nextTryAt, decision };
}

export function holdOf(row: HoldRow): SyncHold {
	return { ...row, candidates: fromJson<readonly string[]>(row.candidates), rows: fromJson<readonly HeldRow[]>(row.rows) };
}

/** As they are stored: the same rows always as the same text. */
export function heldRows(rows: readonly HeldRow[]): string {
	return JSON.stringify(rows.map(({ tag, app, crm }) => ({ tag, app, crm })));
}

export function deliveryRow({ linkId, id, syncId, kind, rows, tries, handedOver, withheld, createdAt }: SyncDelivery): DeliveryRow {
	return { linkId: packedId(linkId), id: packedId(id), sync: syncNumber(syncId), kind, rows: JSON.stringify(rows), tries, handedOver: Number(handedOver), withheld: withheld && JSON.stringify(withheld), createdAt };
}

/** The delivery of a row of the given sync. */
export function deliveryOf({ linkId, id, kind, rows, tries, handedOver, withheld, createdAt }: DeliveryRow, syncId: string): SyncDelivery {
	return { id: idIn(id), syncId, linkId: idIn(linkId), kind, rows: fromJson<readonly number[]>(rows), tries, handedOver: handedOver === 1, withheld: withheld === null ? null : fromJson<Withheld>(withheld), createdAt };
}

export function intentRow({ id, syncId, linkId, kind, appId, crmId, keyHash, after, startedAt }: SyncIntent): SyncIntent {
	return { id, syncId, linkId, kind, appId, crmId, keyHash, after, startedAt };
}

export function intentOf(row: SyncIntent): SyncIntent {
	return { ...row, after: new Uint8Array(row.after) };
}

export function reportRow({ id, syncId, linkId, keyId, sealed, at }: SyncReport): ReportRow {
	return { sync: syncNumber(syncId), id, linkId: packedId(linkId), keyId, sealed, at };
}

/** The report of a row of the given sync. */
export function reportOf({ id, linkId, keyId, sealed, at }: ReportRow, syncId: string): SyncReport {
	return { id, syncId, linkId: idIn(linkId), keyId, sealed: new Uint8Array(sealed), at };
}
