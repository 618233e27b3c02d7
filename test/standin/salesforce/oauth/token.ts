import { createHash, createHmac } from 'node:crypto';
import type { FastifyRequest } from 'fastify';
import type { OrgContext } from '../org/OrgContext';
import type { App, Family } from './Apps';
import { idTokenFor } from './idToken';
import { OAuthError } from './OAuthError';
import { parametersOf, type AddEndpoint, type OAuthAnswer, type SignInHost } from './plugin';

/** A token request after its client was checked. */
export interface TokenRequest {
	readonly host: SignInHost;
	readonly parameters: Parameters;
	readonly org: OrgContext;
	readonly app: App;
}

type Parameters = Record<string, string | undefined>;

/** One grant: it names the client in its own way, so it gets the bare parameters. */
type Grant = (host: SignInHost, parameters: Parameters) => OAuthAnswer;

/** The grants by grant_type; a further grant is one more entry. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_flows.htm */
const grants: Record<string, Grant> = { authorization_code: redeemCode, refresh_token: refresh };

/** POST /services/oauth2/token. */
export function serveToken(add: AddEndpoint, host: SignInHost): void {
	add('POST', '/services/oauth2/token', (request) => {
		const parameters = clientParameters(request);
		const grant = grants[parameters.grant_type ?? ''];
		if (!grant) throw new OAuthError('unsupported_grant_type', 'grant type not supported');
		return grant(host, parameters);
	});
}

/** Form parameters; the client may also come in a Basic header. */
export function clientParameters(request: FastifyRequest): Parameters {
	const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (!basic) return parametersOf(request);
	const [id, ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
	return { ...parametersOf(request), client_id: decodeURIComponent(id), client_secret: decodeURIComponent(secret.join(':')) };
}

/** The app of a token request, and the org of the code or refresh token when several orgs share the app. */
export function clientOf(host: SignInHost, parameters: Parameters): { org: OrgContext; app: App } {
	const candidates = host.orgs().filter((org) => org.apps.find(parameters.client_id));
	const org = candidates.find((one) => one.apps.knowsCode(parameters.code ?? '') || one.apps.familyOf(parameters.refresh_token ?? '')) ?? candidates[0];
	const app = org?.apps.find(parameters.client_id);
	if (!org || !app) throw new OAuthError('invalid_client_id', 'client identifier invalid');
	if (app.clientSecret !== undefined && parameters.client_secret !== app.clientSecret) throw new OAuthError('invalid_client', 'invalid client credentials');
	return { org, app };
}

function redeemCode(host: SignInHost, parameters: Parameters): OAuthAnswer {
	const request = { host, parameters, ...clientOf(host, parameters) };
	const { org, app } = request;
	const code = org.apps.redeem(parameters.code ?? '');
	if (!code || code.app.clientId !== app.clientId) throw new OAuthError('invalid_grant', 'expired authorization code');
	if (code.redirectUri !== parameters.redirect_uri) throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
	const hashed = createHash('sha256').update(parameters.code_verifier ?? '').digest('base64url');
	if (code.challenge !== undefined && hashed !== code.challenge.replace(/=+$/, '')) throw new OAuthError('invalid_grant', 'invalid code verifier');
	checkUser(org, code.userId);
	const family = org.apps.approve(app, code.userId, code.scopes);
	const lasting = code.scopes.some((scope) => scope === 'refresh_token' || scope === 'offline_access');
	return answerWith(request, family, lasting ? { refresh_token: family.refreshToken } : {});
}

function refresh(host: SignInHost, parameters: Parameters): OAuthAnswer {
	const request = { host, parameters, ...clientOf(host, parameters) };
	const { org, app } = request;
	const fault = { method: 'POST', path: '/services/oauth2/token', kind: 'oauth', body: parameters };
	if (org.faults.strike('refreshRevoked', fault)) throw new OAuthError('invalid_grant', 'expired access/refresh token');
	const family = org.apps.use(parameters.refresh_token ?? '', app);
	checkUser(org, family.userId);
	const answer = answerWith(request, family, app.rotateRefreshTokens ? { refresh_token: family.refreshToken } : {});
	if (!org.faults.strike('omitInstanceUrlOnRefresh', fault)) return answer;
	return { ...answer, body: { ...(answer.body as object), instance_url: undefined } };
}

function checkUser(org: OrgContext, userId: string): void {
	if (!org.users.isActive(userId)) throw new OAuthError('invalid_grant', 'inactive user');
}

/** The token answer; no grant tells when the session ends. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm */
function answerWith({ org, app, host }: TokenRequest, family: Family, more: Record<string, string>): OAuthAnswer {
	const session = org.sessions.issue(family.userId, { scopes: family.scopes, familyId: family.id, clientId: app.clientId });
	const id = `${org.loginUrl}/id/${org.id}/${family.userId}`;
	const issuedAt = String(session.issuedAt);
	const signature = createHmac('sha256', app.clientSecret ?? '').update(id + issuedAt).digest('base64');
	const openId = family.scopes.includes('openid') ? { id_token: idTokenFor(org, app, family.userId, host.url()) } : {};
	const body = {
		access_token: session.token, ...more, signature, scope: family.scopes.join(' '), ...openId,
		instance_url: org.instanceUrl, id, token_type: 'Bearer', issued_at: issuedAt,
	};
	return { org, body };
}
