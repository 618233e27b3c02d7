import { X509Certificate } from 'node:crypto';

/** A certificate with its private key, and the names Entra ID knows it by. */
export interface TestCertificate {
	readonly certificate: string;
	readonly privateKey: string;
	/** SHA-1, 40 hex digits in upper case, as the portal shows it. */
	readonly thumbprint: string;
	/** SHA-256, 64 hex digits in upper case. */
	readonly thumbprintSha256: string;
}

/** Makes a self-signed certificate for an app registration, good from a day ago for a year unless told otherwise; times in milliseconds since 1970. */
export async function newCertificate({
	name = 'CRM sync',
	notBefore = Date.now() - 86_400_000,
	notAfter = Date.now() + 365 * 86_400_000,
} = {}): Promise<TestCertificate> {
	// Loaded only here: it takes longer than the rest of the stand-in.
	const { generate } = await import('selfsigned');
	const made = await generate([{ name: 'commonName', value: name }], {
		keySize: 2048,
		algorithm: 'sha256',
		notBeforeDate: new Date(notBefore),
		notAfterDate: new Date(notAfter),
	});
	const { fingerprint, fingerprint256 } = new X509Certificate(made.cert);
	return {
		certificate: made.cert,
		privateKey: made.private,
		thumbprint: fingerprint.replaceAll(':', ''),
		thumbprintSha256: fingerprint256.replaceAll(':', ''),
	};
}
