import { createPublicKey } from 'node:crypto';
import { compactVerify, decodeJwt, decodeProtectedHeader, type JWTPayload } from 'jose';
import type { OrgContext } from '../org/OrgContext';
import { admit } from '../signIn/admit';
import type { App } from './App';
import { checkApp, unknownClient, type Client } from './client';
import { OAuthError } from './OAuthError';
import type { SignInHost } from './plugin';
import type { Grant } from './token';
import { openSession } from './tokenAnswer';

const invalidAssertion = (): OAuthError => new OAuthError('invalid_grant', 'invalid assertion');
const notApproved = (): OAuthError => new OAuthError('invalid_grant', "user hasn't approved this consumer");

/** The JWT bearer flow: a signed assertion instead of a password. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_jwt_flow.htm */
export const jwtBearerGrant: Grant = async ({ host, parameters, signIn }) => {
	const claims = claimsOf(parameters.assertion);
	const candidates = host.orgs().filter((org) => org.apps.find(claims.iss));
	Object.assign(signIn, { clientId: claims.iss, username: claims.sub });
	if (candidates.length === 0) throw unknownClient();
	const client = clientFor(candidates, claims);
	signIn.org = client.org;
	signIn.userId = client.org.users.named(claims.sub ?? '')?.id;
	await checkSignature(client.app, parameters.assertion ?? '');
	checkAudience(host, client.org, claims.aud);
	checkExpiry(client.org, claims.exp);
	if (!signIn.userId) throw notApproved();
	checkApp(client, signIn);
	const approval = client.org.apps.approvalOf(client.app.clientId, signIn.userId);
	// An admin's approval stands in for the user's own; without either the user has to approve in a browser once.
	if (client.app.permittedUsers === 'all' && !approval) throw notApproved();
	admit(signIn, { relaxIps: client.app.relaxIps });
	const scopes = (approval?.scopes ?? client.app.scopes).filter((scope) => scope !== 'refresh_token' && scope !== 'offline_access');
	const { always, scope } = openSession(client, signIn.userId, { scopes, familyId: approval?.id });
	return { org: client.org, body: { scope, ...always } };
};

function claimsOf(assertion = ''): JWTPayload {
	try {
		if (decodeProtectedHeader(assertion).alg === 'RS256') return decodeJwt(assertion);
	} catch {
		// What is no JWT is refused as a JWT of another algorithm is.
	}
	throw invalidAssertion();
}

/** Several orgs may know the app: the one the user belongs to. */
function clientFor(candidates: readonly OrgContext[], { iss, sub = '' }: JWTPayload): Client {
	const org = candidates.find((one) => one.users.named(sub)) ?? candidates[0];
	const app = org.apps.find(iss);
	if (!app) throw unknownClient();
	return { org, app };
}

async function checkSignature({ certificate }: App, assertion: string): Promise<void> {
	if (certificate === undefined) throw invalidAssertion();
	try {
		await compactVerify(assertion, createPublicKey(certificate), { algorithms: ['RS256'] });
	} catch {
		throw invalidAssertion();
	}
}

/** The login host of the org's kind or the org's own host; clients may also write the host's real name. */
function checkAudience(host: SignInHost, org: OrgContext, audience: unknown): void {
	const real = org.sandbox ? 'https://test.salesforce.com' : 'https://login.salesforce.com';
	const known = [real, org.loginUrl, org.instanceUrl, host.url()];
	const given = [audience].flat().map((one) => String(one).replace(/\/$/, ''));
	if (!given.some((one) => known.includes(one))) throw new OAuthError('invalid_grant', 'Audience validation failed');
}

/**
 * Expired assertions are told as expired codes: simple-salesforce#491, newrelic-salesforce-exporter#31. How far ahead `exp` lies is not looked at:
 * the Salesforce CLI signs in with one in milliseconds (`authInfo.js`, tryJwtAuth).
 */
function checkExpiry(org: OrgContext, exp: number | undefined): void {
	if (exp === undefined) throw invalidAssertion();
	if (exp * 1000 < org.clock()) throw new OAuthError('invalid_grant', 'expired authorization code');
}
