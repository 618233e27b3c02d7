import { createHash } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import { admit } from '../signIn/admit';
import { Refusal } from '../signIn/reasons';
import type { SignIn, SignInGrant } from '../signIn/SignInLog';
import type { Family } from './Apps';
import { checkApp, clientOf, clientParameters, type Client, type Parameters } from './client';
import { clientCredentialsGrant } from './clientCredentialsGrant';
import { idTokenFor } from './idToken';
import { jwtBearerGrant } from './jwtBearerGrant';
import { OAuthError, toOAuthError } from './OAuthError';
import { passwordGrant } from './passwordGrant';
import type { AddEndpoint, OAuthAnswer, SignInHost } from './plugin';
import { openSession } from './tokenAnswer';

/** A token request; a grant fills in what it finds out about who signs in. */
export interface TokenRequest {
	readonly host: SignInHost;
	readonly parameters: Parameters;
	readonly signIn: SignIn;
}

/** One grant: it names the client in its own way, so it gets the bare parameters. Throws OAuthError or Refusal. */
export type Grant = (request: TokenRequest) => OAuthAnswer | Promise<OAuthAnswer>;

/** The grants by grant_type; a further grant is one more entry. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flows.htm */
const grants: Record<string, { readonly name: SignInGrant; readonly handle: Grant }> = {
	authorization_code: { name: 'authorization_code', handle: redeemCode },
	refresh_token: { name: 'refresh_token', handle: refresh },
	password: { name: 'password', handle: passwordGrant },
	client_credentials: { name: 'client_credentials', handle: clientCredentialsGrant },
	'urn:ietf:params:oauth:grant-type:jwt-bearer': { name: 'jwt-bearer', handle: jwtBearerGrant },
};

/** POST /services/oauth2/token. */
export function serveToken(add: AddEndpoint, host: SignInHost): void {
	add('POST', '/services/oauth2/token', async (request) => {
		const parameters = clientParameters(request);
		const grant = grants[parameters.grant_type ?? ''];
		if (!grant) throw new OAuthError('unsupported_grant_type', 'grant type not supported');
		return await logged(host, signInOf(host, grant.name, request, parameters), async (signIn) => await grant.handle({ host, parameters, signIn }));
	});
}

function signInOf(host: SignInHost, grant: SignInGrant, request: FastifyRequest, { client_id: clientId }: Parameters): SignIn {
	return { grant, host: host.kind, ip: request.ip, loginUrl: host.url(), clientId, org: host.kind === 'myDomain' ? host.orgs()[0] : undefined };
}

/** Keeps the outcome in the log of sign-ins, with the true reason, and gives the caller the words of OAuth. */
async function logged(host: SignInHost, signIn: SignIn, handle: (signIn: SignIn) => Promise<OAuthAnswer>): Promise<OAuthAnswer> {
	try {
		const answer = await handle(signIn);
		host.signIns.accept(signIn);
		return answer;
	} catch (error) {
		const told = error instanceof Refusal ? toOAuthError(error, signIn.grant) : error;
		if (told instanceof OAuthError) host.signIns.refuse(signIn, { reason: error instanceof Refusal ? error.message : told.description, answer: told.message });
		throw told;
	}
}

function redeemCode({ host, parameters, signIn }: TokenRequest): OAuthAnswer {
	const client = clientOf(host, parameters);
	const { org, app } = client;
	signIn.org = org;
	const code = org.apps.redeem(parameters.code ?? '');
	if (!code || code.app.clientId !== app.clientId) throw new OAuthError('invalid_grant', 'expired authorization code');
	signIn.userId = code.userId;
	if (code.redirectUri !== parameters.redirect_uri) throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
	const hashed = createHash('sha256').update(parameters.code_verifier ?? '').digest('base64url');
	if (code.challenge !== undefined && hashed !== code.challenge.replace(/=+$/, '')) throw new OAuthError('invalid_grant', 'invalid code verifier');
	checkApp(client, signIn);
	admit(signIn, { relaxIps: app.relaxIps });
	const family = org.apps.approve(app, code.userId, code.scopes);
	const lasting = code.scopes.some((scope) => scope === 'refresh_token' || scope === 'offline_access');
	return answerWith(host, client, family, lasting ? { refresh_token: family.refreshToken } : {});
}

function refresh({ host, parameters, signIn }: TokenRequest): OAuthAnswer {
	const client = clientOf(host, parameters);
	const { org, app } = client;
	const presented = org.apps.familyOf(parameters.refresh_token ?? '');
	Object.assign(signIn, { org, userId: presented?.userId });
	const fault = { method: 'POST', path: '/services/oauth2/token', kind: 'oauth', body: parameters };
	if (org.faults.strike('refreshRevoked', fault)) throw new OAuthError('invalid_grant', 'expired access/refresh token');
	if (presented && !presented.revoked) {
		checkApp(client, signIn);
		admit(signIn, { relaxIps: app.relaxIps });
	}
	const family = org.apps.use(parameters.refresh_token ?? '', app);
	const answer = answerWith(host, client, family, app.rotateRefreshTokens ? { refresh_token: family.refreshToken } : {});
	if (!org.faults.strike('omitInstanceUrlOnRefresh', fault)) return answer;
	return { ...answer, body: { ...(answer.body as object), instance_url: undefined } };
}

function answerWith(host: SignInHost, client: Client, family: Family, more: Record<string, string>): OAuthAnswer {
	const { always, signed, scope } = openSession(client, family.userId, { scopes: family.scopes, familyId: family.id });
	const openId = family.scopes.includes('openid') ? { id_token: idTokenFor(client.org, client.app, family.userId, host.url()) } : {};
	return { org: client.org, body: { ...always, ...more, scope, ...openId, ...signed } };
}
