import { createPublicKey, generateKeyPairSync, sign, type KeyObject } from 'node:crypto';
import type { OrgContext } from '../org/OrgContext';
import type { App } from './App';

let key: KeyObject | undefined;

/** One key for all orgs of the process, made when it is first needed. */
const signingKey = (): KeyObject => (key ??= generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey);

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** A signed OpenID Connect id token. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_openid.htm */
export function idTokenFor(org: OrgContext, app: App, userId: string, issuer: string): string {
	const iat = Math.floor(org.clock() / 1000);
	const user = org.users.find(userId);
	const claims = { iss: issuer, sub: `${org.loginUrl}/id/${org.id}/${userId}`, aud: app.clientId, iat, exp: iat + 120, preferred_username: user?.username, email: user?.email, name: user?.name };
	const content = `${part({ alg: 'RS256', kid: 'standin', typ: 'JWT' })}.${part(claims)}`;
	return `${content}.${sign('sha256', Buffer.from(content), signingKey()).toString('base64url')}`;
}

/** The public key, as /id/keys gives it. */
export const publicKeys = (): object => ({ keys: [{ ...createPublicKey(signingKey()).export({ format: 'jwk' }), alg: 'RS256', use: 'sig', kid: 'standin' }] });
