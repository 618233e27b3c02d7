import { compactVerify, decodeJwt, decodeProtectedHeader } from 'jose';
import type { X509Certificate } from 'node:crypto';
import type { EntraApp } from './apps';
import { EntraError } from './EntraError';

/** Form fields of a request to the token endpoint. */
export type Form = Readonly<Record<string, string | undefined>>;

/** What the check needs to know beside the form: the present in milliseconds since 1970, and which audiences mean this endpoint. */
export interface AssertionPlace {
	readonly now: number;
	readonly audiences: readonly string[];
}

/** Checks that the request comes from the app. https://learn.microsoft.com/en-us/entra/identity-platform/certificate-credentials */
export async function authenticateClient(app: EntraApp, form: Form, place: AssertionPlace): Promise<void> {
	if (app.disabled) throw new EntraError(7000112, { app: app.clientId });
	const secret = form.client_secret;
	const assertion = form.client_assertion;
	if (app.platform === 'publicClient') {
		if (secret !== undefined || assertion !== undefined) throw new EntraError(700025);
		return;
	}
	if (assertion !== undefined) return await checkAssertion(app, assertion, place);
	if (secret === undefined && app.platform === 'spa') return;
	if (secret === undefined) throw new EntraError(7000218);
	checkSecret(app, secret, place.now);
}

function checkSecret(app: EntraApp, value: string, now: number): void {
	const known = app.secrets.find((secret) => secret.value === value);
	if (!known) throw new EntraError(7000215, { app: app.clientId });
	if (known.expiresAt <= now) throw new EntraError(7000222, { app: app.clientId });
}

async function checkAssertion(app: EntraApp, assertion: string, { now, audiences }: AssertionPlace): Promise<void> {
	const { header, claims } = decoded(assertion);
	const certificate = app.certificates.find((one) => named(one, header));
	const thumbprint = thumbprintOf(header);
	if (!certificate) throw new EntraError(700027, { reason: 'The key was not found.', thumbprint });
	if (Date.parse(certificate.validTo) <= now) throw new EntraError(700027, { reason: 'The key used is expired.', thumbprint });
	try {
		await compactVerify(assertion, certificate.publicKey, { algorithms: ['RS256', 'PS256'] });
	} catch {
		throw new EntraError(700027, { reason: 'The key was found, but the signature does not match.', thumbprint });
	}
	if (claims.iss !== app.clientId || claims.sub !== app.clientId) throw new EntraError(50012);
	if (![claims.aud].flat().some((audience) => audiences.includes(String(audience)))) throw new EntraError(700023);
	checkTimes(claims, now);
}

const tolerance = 5 * 60;

function checkTimes({ exp, nbf }: { exp?: number; nbf?: number }, now: number): void {
	const seconds = now / 1000;
	const early = nbf !== undefined && nbf > seconds + tolerance;
	if (exp !== undefined && exp >= seconds - tolerance && !early) return;
	throw new EntraError(700024, { now: new Date(now).toISOString(), expiry: new Date((exp ?? 0) * 1000).toISOString() });
}

function decoded(assertion: string) {
	try {
		return { header: decodeProtectedHeader(assertion) as Record<string, unknown>, claims: decodeJwt(assertion) };
	} catch {
		throw new EntraError(50012);
	}
}

const bytesOf = (fingerprint: string): Buffer => Buffer.from(fingerprint.replaceAll(':', ''), 'hex');

function named(certificate: X509Certificate, header: Record<string, unknown>): boolean {
	if (typeof header['x5t#S256'] === 'string') return header['x5t#S256'] === bytesOf(certificate.fingerprint256).toString('base64url');
	return header.x5t === bytesOf(certificate.fingerprint).toString('base64url');
}

const thumbprintOf = (header: Record<string, unknown>): string =>
	Buffer.from(String(header.x5t ?? header['x5t#S256'] ?? ''), 'base64url')
		.toString('hex')
		.toUpperCase();
