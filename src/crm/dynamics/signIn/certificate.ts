import { X509Certificate, type KeyObject } from 'node:crypto';

import { CrmError } from '../../../model/crmError';

/** A certificate as far as a sign-in needs it. */
export interface SigningCertificate {
	/** SHA-256, in hexadecimal digits. */
	readonly thumbprint: string;
	/** Milliseconds since 1970. */
	readonly expiresAt: number;
	/** Whether it belongs to the key. */
	fits(key: KeyObject): boolean;
}

const dashes = '[-\\u2010-\\u2015\\u2212]{3,}';
const block = new RegExp(`${dashes}\\s*BEGIN\\s*(?:TRUSTED |X509 )?CERTIFICATE\\s*${dashes}([^]*?)(?:${dashes}\\s*END|$)`, 'i');

/**
 * The certificate in what a person pasted from a PEM file, in whatever shape the pasting left it: in one line, with `\n` spelled out, in
 * quotes, or without its first line. Of a chain, the first one.
 *
 * @throws CrmError, worded; it never repeats the text.
 */
export function readCertificate(pasted: unknown): SigningCertificate {
	const text = typeof pasted === 'string' ? pasted.slice(0, 100_000).replace(/\\+[rn]/g, '\n') : '';
	if (/BEGIN\s*(?:[A-Z]+\s*)?PRIVATE\s*KEY/i.test(text) && !block.test(text)) {
		throw refusal('The field Certificate holds a private key.', 'Paste the certificate there (BEGIN CERTIFICATE), and the key in the field Private Key.');
	}
	const inside = block.exec(text)?.[1] ?? text;
	try {
		const certificate = new X509Certificate(Buffer.from(inside.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64'));
		return {
			thumbprint: certificate.fingerprint256.replaceAll(':', ''),
			expiresAt: certificate.validToDate.getTime(),
			fits: (key) => certificate.checkPrivateKey(key),
		};
	} catch {
		throw refusal('The certificate cannot be read.', 'Paste the whole PEM file, from BEGIN CERTIFICATE to END CERTIFICATE.');
	}
}

function refusal(message: string, remedy: string): CrmError {
	return new CrmError('auth', { message, remedy, code: 'CERTIFICATE_UNREADABLE', reason: 'credential-unreadable' });
}

/** Certificate and key are of two pairs. */
export function unfitting(): CrmError {
	return refusal('Certificate and private key in this credential do not belong together.', 'Paste the private key with which the certificate was made.');
}
