import { hkdfSync, randomBytes, scrypt } from 'node:crypto';
import { promisify } from 'node:util';
import { StateStoreError } from '../../model/stateStoreError';

const SECRET_BYTES = 32;
const MIN_PASSPHRASE_LENGTH = 20;

/** One for all stores: the passphrase must give the same secret on every n8n process, and there is nowhere to keep another one. */
const SALT = 'n8n-nodes-crm-sync';

/** A new secret, for the key file. */
export function newSecret(): Uint8Array {
	return randomBytes(SECRET_BYTES);
}

/** The 32 bytes that the text is the base64 or hexadecimal form of, if it is one. */
export function secretOf(text: string): Uint8Array | undefined {
	if (/^[0-9a-f]{64}$/i.test(text)) return Buffer.from(text, 'hex');
	const bytes = /^[\w+/-]{43}=?$/.test(text) ? Buffer.from(text, 'base64') : undefined;
	return bytes?.length === SECRET_BYTES ? bytes : undefined;
}

/** The secret that `CRM_SYNC_ENCRYPTION_KEY` stands for: 32 bytes in base64 or hexadecimal, or a passphrase. */
export async function secretFromSetting(text: string): Promise<Uint8Array> {
	const bytes = secretOf(text);
	if (bytes) return bytes;
	if (text.length < MIN_PASSPHRASE_LENGTH)
		throw new StateStoreError(
			'misconfigured',
			`CRM_SYNC_ENCRYPTION_KEY is too short: it has ${text.length} characters, and ${MIN_PASSPHRASE_LENGTH} is the least.`,
			'Set it to the output of: openssl rand -base64 32',
		);
	return await promisify<string, string, number, Buffer>(scrypt)(text, SALT, SECRET_BYTES);
}

/** What is derived from the secret for one purpose; nothing leads from one purpose to another, or back to the secret. */
export function derived(secret: Uint8Array, purpose: string, bytes: number): Uint8Array {
	return new Uint8Array(hkdfSync('sha256', secret, SALT, purpose, bytes));
}
