import { createCipheriv, createDecipheriv, createHmac, hkdfSync } from 'node:crypto';
import type { FingerprintKey } from '../../model/fingerprint';
import type { SyncReport } from '../../model/syncReport';
import type { Keyring } from '../base/keyring';
import type { FieldNote } from '../merge/recordMerge';

/** What a report says, in clear. */
export interface ReportContent {
	readonly appId: string | null;
	readonly crmId: string | null;
	/** With both values, as they were shown; a date of the app as its text. */
	readonly note: FieldNote;
}

const ALGORITHM = 'aes-256-gcm';
const NONCE = 12;
const TAG = 16;

/**
 * Seals a report with AES-256-GCM. Pure: the nonce is a keyed hash of id and content, as in synthetic initialization vectors
 * (https://www.rfc-editor.org/rfc/rfc5297), so that no nonce stands with two contents and the same content always gives the same bytes.
 */
export function sealedReport({ syncId, linkId, at }: Pick<SyncReport, 'syncId' | 'linkId' | 'at'>, content: ReportContent, key: FingerprintKey): SyncReport {
	const { seal, mark } = keysOf(key);
	const { ruleId, appValue, crmValue, decision } = content.note;
	const id = createHmac('sha256', mark).update(JSON.stringify(['id', syncId, linkId, ruleId, appValue, crmValue, decision.winner])).digest('base64url').slice(0, 22);
	const text = JSON.stringify(content);
	const nonce = createHmac('sha256', mark).update(JSON.stringify(['nonce', id, text])).digest().subarray(0, NONCE);
	const cipher = createCipheriv(ALGORITHM, seal, nonce).setAAD(Buffer.from(id));
	const sealed = Buffer.concat([nonce, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
	return { id, syncId, linkId, keyId: key.id, sealed: new Uint8Array(sealed), at };
}

/** What it says; `undefined` where its key is not at hand, or it was damaged or cut off. */
export function openedReport({ id, keyId, sealed }: SyncReport, { current, former }: Keyring): ReportContent | undefined {
	const key = [current, ...former].find((candidate) => candidate.id === keyId);
	if (!key) return undefined;
	const end = sealed.length - TAG;
	try {
		const cipher = createDecipheriv(ALGORITHM, keysOf(key).seal, sealed.subarray(0, NONCE), { authTagLength: TAG }).setAAD(Buffer.from(id)).setAuthTag(sealed.subarray(end));
		return JSON.parse(cipher.update(sealed.subarray(NONCE, end), undefined, 'utf8') + cipher.final('utf8')) as ReportContent;
	} catch {
		return undefined;
	}
}

/** Keys of their own for what is done with them, from the one of the fingerprints. */
interface ReportKeys {
	readonly seal: Buffer;
	readonly mark: Buffer;
}

const known = new WeakMap<FingerprintKey, ReportKeys>();

function keysOf(key: FingerprintKey): ReportKeys {
	const made = known.get(key) ?? { seal: derived(key, 'seal of reports'), mark: derived(key, 'mark of reports') };
	known.set(key, made);
	return made;
}

function derived({ secret }: FingerprintKey, purpose: string): Buffer {
	return Buffer.from(hkdfSync('sha256', secret, '', purpose, 32));
}
