import type { FastifyRequest } from 'fastify';
import type { OrgContext } from '../org/OrgContext';
import { consentPage, refusalPage } from '../pages/consent';
import type { App } from './App';
import { OAuthError } from './OAuthError';
import { parametersOf, type AddEndpoint, type OAuthAnswer, type SignInHost } from './plugin';

type Parameters = Record<string, string | undefined>;

interface Asked {
	readonly org: OrgContext;
	readonly app: App;
	readonly redirectUri: string;
	readonly scopes: readonly string[];
	readonly state: string | undefined;
}

/** The browser part of the web server flow: a consent page and its two buttons. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_web_server_flow.htm */
export function serveAuthorize(add: AddEndpoint, host: SignInHost): void {
	add('GET', '/services/oauth2/authorize', (request) => withErrors(request, (parameters) => show(host, parameters)));
	add('POST', '/services/oauth2/authorize', (request) => withErrors(request, (parameters) => decide(host, parameters)));
}

/** Mistakes in client id or redirect address are shown, never redirected. */
function withErrors(request: FastifyRequest, handle: (parameters: Parameters) => OAuthAnswer): OAuthAnswer {
	try {
		return handle(parametersOf(request));
	} catch (error) {
		if (!(error instanceof OAuthError)) throw error;
		return { status: 400, body: refusalPage(error.error, error.description) };
	}
}

function show(host: SignInHost, parameters: Parameters): OAuthAnswer {
	const asked = read(host, parameters);
	const refusal = mistake(asked, parameters);
	if (refusal) return { org: asked.org, location: back(asked, { error: refusal.error, error_description: refusal.description }) };
	const orgs = host.orgs().filter((org) => org.apps.find(asked.app.clientId));
	const choices = orgs.flatMap((org) => org.users.all.filter((user) => org.users.isActive(user.id)).map((user) => ({ org: org.name, id: user.id, username: user.username, name: user.name })));
	const page = consentPage({ host: host.url(), app: asked.app.name, sandbox: asked.org.sandbox, choices, hint: parameters.login_hint, scopes: asked.scopes, parameters });
	return { org: asked.org, body: page };
}

function decide(host: SignInHost, parameters: Parameters): OAuthAnswer {
	const org = host.orgs().find((one) => one.users.find(parameters.user)) ?? host.orgs().find((one) => one.apps.find(parameters.client_id));
	const asked = read({ ...host, orgs: () => (org ? [org] : []) }, parameters);
	const refusal = mistake(asked, parameters);
	if (refusal) return { org, location: back(asked, { error: refusal.error, error_description: refusal.description }) };
	if (parameters.decision !== 'allow') return { org, location: back(asked, { error: 'access_denied', error_description: 'end-user denied authorization' }) };
	const user = asked.org.users.find(parameters.user) ?? asked.org.users.admin;
	if (asked.app.permittedUsers === 'adminApproved' && !asked.org.apps.isPreauthorized(asked.app.clientId, user.id)) {
		return { org, location: back(asked, { error: 'OAUTH_APP_ACCESS_DENIED', error_description: 'user is not admin approved to access this app' }) };
	}
	if (!asked.org.users.isActive(user.id) || asked.org.passwords.isFrozen(user.id)) return { org, location: back(asked, { error: 'inactive_user', error_description: 'user is inactive' }) };
	const code = asked.org.apps.openCode({ app: asked.app, userId: user.id, scopes: asked.scopes, redirectUri: asked.redirectUri, challenge: parameters.code_challenge });
	return { org, location: back(asked, { code }) };
}

function read(host: SignInHost, parameters: Parameters): Asked {
	const org = host.orgs().find((one) => one.apps.find(parameters.client_id));
	const app = org?.apps.find(parameters.client_id);
	if (!org || !app) throw new OAuthError('invalid_client_id', 'client identifier invalid');
	checkDoor(host, org, app);
	const redirectUri = parameters.redirect_uri ?? '';
	const allowed = app.callbackUrls.length === 0 ? redirectUri !== '' : app.callbackUrls.includes(redirectUri);
	if (!allowed) throw new OAuthError('redirect_uri_mismatch', 'redirect_uri must match configuration');
	const scopes = (parameters.scope ?? '').split(/[\s+]+/).filter((scope) => scope !== '');
	return { org, app, redirectUri, scopes: scopes.length > 0 ? scopes : app.scopes, state: parameters.state };
}

/** What a person is shown instead of the consent page. https://help.salesforce.com/s/articleView?id=005132365 */
function checkDoor(host: SignInHost, org: OrgContext, app: App): void {
	if (host.kind !== 'myDomain' && org.signInPolicy.myDomainOnly) throw new OAuthError('access_denied', 'use your My Domain address to log in');
	if (!app.installed) throw new OAuthError('OAUTH_APPROVAL_ERROR_GENERIC', 'An unexpected error has occurred during authentication. Please try again.');
	if (app.blocked) throw new OAuthError('OAUTH_APP_BLOCKED', 'this app is blocked by admin');
}

function mistake({ app, scopes }: Asked, parameters: Parameters): OAuthError | undefined {
	if (parameters.response_type !== 'code') return new OAuthError('unsupported_response_type', 'response type not supported');
	if (scopes.some((scope) => !app.scopes.includes(scope))) return new OAuthError('invalid_scope', 'the requested scope is not allowed');
	// Salesforce knows S256 only, and takes it when no method is named. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_pkce.htm
	if (parameters.code_challenge_method !== undefined && parameters.code_challenge_method !== 'S256') return new OAuthError('invalid_request', 'code challenge method not supported');
	if (app.pkceRequired && !parameters.code_challenge) return new OAuthError('invalid_request', 'missing required code challenge');
	return undefined;
}

function back({ redirectUri, state }: Asked, values: Record<string, string>): string {
	const url = new URL(redirectUri);
	for (const [name, value] of Object.entries({ ...values, ...(state === undefined ? {} : { state }) })) url.searchParams.set(name, value);
	return url.toString();
}
