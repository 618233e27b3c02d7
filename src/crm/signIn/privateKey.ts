import { createPrivateKey, type KeyObject } from 'node:crypto';

import { CrmError } from '../../model/crmError';

const dashes = '[-\\u2010-\\u2015\\u2212]{3,}';
const block = new RegExp(`${dashes}\\s*BEGIN\\s*([A-Z0-9 ]*?)\\s*${dashes}([^]*?)(?:${dashes}\\s*END|$)`, 'i');

/**
 * The RSA key in what a person pasted from a PEM file, in whatever shape the pasting left it: in one line, with `\n` spelled out, in
 * quotes, without spaces in its first line, or without that line. PKCS #8 and PKCS #1. `crmName` is where the app is that has the certificate.
 *
 * @throws CrmError, worded; it never repeats the text.
 */
export function readPrivateKey(pasted: unknown, crmName: string): KeyObject {
	const text = typeof pasted === 'string' ? pasted.slice(0, 100_000).replace(/\\+[rn]/g, '\n') : '';
	const [, label = '', inside = text] = block.exec(text) ?? [];
	const kind = label.replace(/\s/g, '').toUpperCase();
	if (kind === 'ENCRYPTEDPRIVATEKEY' || /Proc-Type:\s*4,\s*ENCRYPTED/i.test(inside)) {
		throw refusal('The private key is protected by a passphrase.', 'Paste it without the passphrase; "openssl pkey -in key.pem -out plain.pem" takes it off.');
	}
	if (kind.includes('CERTIFICATE') || kind.includes('PUBLICKEY')) {
		throw refusal('The field Private Key holds a certificate or public key.', `Paste the private key here (BEGIN PRIVATE KEY); the certificate belongs into the app in ${crmName}.`);
	}
	if (kind.startsWith('OPENSSH')) {
		throw refusal('The private key is in the format of OpenSSH.', 'Turn it into PEM with "ssh-keygen -p -m PEM -f key", then paste it again.');
	}
	const key = keyIn(inside);
	if (!key) throw refusal('The private key cannot be read.', 'Paste the whole PEM file, from BEGIN PRIVATE KEY to END PRIVATE KEY.');
	if (key.asymmetricKeyType !== 'rsa') throw refusal(`The private key is not an RSA key, and ${crmName} takes no other.`, `Create an RSA key and certificate, and give the certificate to the app in ${crmName}.`);
	return key;
}

/** What a file says in its first line is often lost, so the content decides. */
function keyIn(inside: string): KeyObject | undefined {
	const der = Buffer.from(inside.replace(/[^A-Za-z0-9+/=]/g, ''), 'base64');
	for (const type of ['pkcs8', 'pkcs1', 'sec1'] as const) {
		try {
			return createPrivateKey({ key: der, format: 'der', type });
		} catch {
			// The next form may fit.
		}
	}
	return undefined;
}

function refusal(message: string, remedy: string): CrmError {
	return new CrmError('auth', { message, remedy, code: 'PRIVATE_KEY_UNREADABLE', reason: 'credential-unreadable' });
}
