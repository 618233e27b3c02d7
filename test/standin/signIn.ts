import { createHmac, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { SignJWT } from 'jose';

/** A pair of RSA keys as PEM: the private one for the client, the public one for the app. */
export interface Keys {
	readonly privateKey: string;
	readonly certificate: string;
	readonly key: KeyObject;
}

/** Makes keys for JWT bearer assertions. */
export function newKeys(): Keys {
	const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	return {
		key: privateKey,
		privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString(),
		certificate: publicKey.export({ type: 'spki', format: 'pem' }).toString(),
	};
}

/** Claims of a JWT bearer assertion; `exp` in seconds since 1970. */
export interface AssertionClaims {
	readonly iss: string;
	readonly sub: string;
	readonly aud: string;
	readonly exp?: number;
}

/** A signed JWT bearer assertion. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_jwt_flow.htm */
export const assertionOf = async (claims: AssertionClaims, { key }: Keys): Promise<string> => await new SignJWT({ ...claims }).setProtectedHeader({ alg: 'RS256' }).sign(key);

/** The signature of a token answer, made as Salesforce says it makes it. */
export const signatureOf = (secret: string, { id, issued_at }: Readonly<Record<string, string>>): string => createHmac('sha256', secret).update(id + issued_at).digest('base64');

/** An answer of the token endpoint. */
export interface TokenAnswer {
	readonly status: number;
	readonly body: Readonly<Record<string, string>>;
}

/** Posts a form to a host's token endpoint. */
export async function askToken(host: string, form: Readonly<Record<string, string>>, headers: Readonly<Record<string, string>> = {}): Promise<TokenAnswer> {
	const answer = await fetch(`${host}/services/oauth2/token`, { method: 'POST', body: new URLSearchParams(form), headers });
	return { status: answer.status, body: (await answer.json()) as Record<string, string> };
}
