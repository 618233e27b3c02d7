import { SignJWT } from 'jose';

import type { AskRequest } from '../../../model/ask';
import type { ClientCredentialsSignIn, JwtSignIn, PasswordSignIn } from './salesforceSignIn';

/** The request for a token by user name and password; the security token follows the password without a gap. */
export function passwordRequest({ origin, consumerKey, consumerSecret, username, password, securityToken }: PasswordSignIn): AskRequest {
	return tokenRequest(origin, { grant_type: 'password', client_id: consumerKey, client_secret: consumerSecret, username, password: password + securityToken });
}

/** The request for a token by the app's own secret. */
export function clientCredentialsRequest({ origin, consumerKey, consumerSecret }: ClientCredentialsSignIn): AskRequest {
	return tokenRequest(origin, { grant_type: 'client_credentials', client_id: consumerKey, client_secret: consumerSecret });
}

const assertionLivesMs = 3 * 60_000;

/** The request for a token by an assertion that the app's key signs; `now` in milliseconds since 1970. */
export async function jwtRequest({ origin, consumerKey, username, privateKey, audience }: JwtSignIn, now: number): Promise<AskRequest> {
	const assertion = await new SignJWT()
		.setProtectedHeader({ alg: 'RS256' })
		.setIssuer(consumerKey)
		.setSubject(username)
		.setAudience(audience)
		.setExpirationTime(Math.floor((now + assertionLivesMs) / 1000))
		.sign(privateKey);
	return tokenRequest(origin, { grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
}

/** https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_endpoints.htm */
function tokenRequest(origin: string, parameters: Readonly<Record<string, string>>): AskRequest {
	return {
		method: 'POST',
		url: `${origin}/services/oauth2/token`,
		headers: { 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' },
		body: new URLSearchParams(parameters).toString(),
	};
}
