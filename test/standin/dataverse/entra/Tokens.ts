import { exportJWK, generateKeyPair, SignJWT, type JWTPayload } from 'jose';
import { createHash } from 'node:crypto';
import type { Clock } from '../../salesforce/time';

/** What an access token says: for whom, of whom, until when. */
export interface IssuedToken {
	readonly tenantId: string;
	/** The resource without a slash at the end. */
	readonly audience: string;
	readonly clientId: string;
	/** The object id of the user, or of the service principal. */
	readonly objectId: string;
	/** True for client credentials. */
	readonly appOnly: boolean;
	readonly name: string;
	/** Milliseconds since 1970. */
	readonly issuedAt: number;
	readonly expiresAt: number;
	/** Counts up with every token of this stand-in. */
	readonly ordinal: number;
}

/** What to put into a new access token. */
export type NewToken = Omit<IssuedToken, 'issuedAt' | 'expiresAt' | 'ordinal'> & { readonly issuer: string; readonly scopes?: string };

let made: ReturnType<typeof generateKeyPair> | undefined;

/** One key pair for all stand-ins of a process, made when the first token is: that takes longer than most tests. */
const keyPair = async () => await (made ??= generateKeyPair('RS256'));
const keyId = 'standin-dataverse';

/** Access tokens live for about an hour. https://learn.microsoft.com/en-us/entra/identity-platform/configurable-token-lifetimes */
export const tokenLifetimeSeconds = 3599;

/** Every access token that was handed out. Clients see a signed JWT; the environments ask here what it stands for. */
export class Tokens {
	private readonly issued = new Map<string, IssuedToken>();

	constructor(private readonly clock: Clock) {}

	get count(): number {
		return this.issued.size;
	}

	find(token: string): IssuedToken | undefined {
		return this.issued.get(token);
	}

	/** Makes an access token. */
	async issue({ issuer, scopes, ...wanted }: NewToken): Promise<string> {
		const ordinal = this.issued.size + 1;
		const issuedAt = this.clock();
		const seconds = Math.floor(issuedAt / 1000);
		const kind = wanted.appOnly ? { idtyp: 'app', appidacr: '1' } : { scp: scopes ?? 'user_impersonation', name: wanted.name, unique_name: wanted.name };
		const token = await this.sign({
			aud: wanted.audience,
			iss: issuer,
			iat: seconds,
			nbf: seconds,
			exp: seconds + tokenLifetimeSeconds,
			appid: wanted.clientId,
			oid: wanted.objectId,
			sub: wanted.objectId,
			tid: wanted.tenantId,
			uti: String(ordinal),
			ver: '1.0',
			...kind,
		});
		this.issued.set(token, { ...wanted, issuedAt, expiresAt: issuedAt + tokenLifetimeSeconds * 1000, ordinal });
		return token;
	}

	/** Signs claims as Microsoft does, with RS256. */
	async sign(claims: JWTPayload): Promise<string> {
		return await new SignJWT(claims).setProtectedHeader({ typ: 'JWT', alg: 'RS256', kid: keyId }).sign((await keyPair()).privateKey);
	}

	/** The public key for whoever checks a signature. */
	async keys(): Promise<object> {
		return { keys: [{ ...(await exportJWK((await keyPair()).publicKey)), use: 'sig', kid: keyId, alg: 'RS256' }] };
	}
}

/** SHA-256 in the alphabet of PKCE. https://www.rfc-editor.org/rfc/rfc7636 */
export const pkceChallenge = (verifier: string): string => createHash('sha256').update(verifier).digest('base64url');
