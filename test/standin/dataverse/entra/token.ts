import type { EntraApp, EntraUser } from './apps';
import { authenticateClient, type Form } from './authenticateClient';
import { checkUser } from './checkUser';
import { EntraError } from './EntraError';
import { resourceOf, tenantOf, type EntraHost } from './EntraHost';
import type { Grant } from './Grants';
import type { Tenant } from './Tenant';
import { pkceChallenge, tokenLifetimeSeconds } from './Tokens';

/** One request to the token endpoint. */
export interface TokenRequest {
	readonly host: EntraHost;
	/** As the path names it: an id, a domain, `common`, `organizations` or `consumers`. */
	readonly tenantName: string;
	readonly form: Form;
}

interface Asked {
	readonly host: EntraHost;
	readonly tenant: Tenant;
	readonly app: EntraApp;
	readonly form: Form;
}

type Answer = Record<string, unknown>;

/** Answers a request for tokens; throws an `EntraError`. https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow */
export async function answerTokenRequest({ host, tenantName, form }: TokenRequest): Promise<Answer> {
	const grant = form.grant_type;
	if (grant === undefined) throw new EntraError(90014, { field: 'grant_type' });
	if (form.client_id === undefined) throw new EntraError(90014, { field: 'client_id' });
	if (grant === 'client_credentials' && ['common', 'consumers', 'organizations'].includes(tenantName)) throw new EntraError(9001023);
	const tenant = tenantOf(host, tenantName, form.client_id, 900382);
	const app = tenant.app(form.client_id);
	if (!app) throw new EntraError(700016, { app: form.client_id, tenant: tenant.name });
	await authenticateClient(app, form, {
		now: host.clock(),
		audiences: [tenant.tokenUrl, tenant.issuer, `https://login.microsoftonline.com/${tenant.id}/oauth2/v2.0/token`],
	});
	const asked = { host, tenant, app, form };
	if (grant === 'client_credentials') return await clientCredentials(asked);
	if (grant === 'authorization_code') return await code(asked);
	if (grant === 'refresh_token') return await refresh(asked);
	throw new EntraError(70003, { grant });
}

async function clientCredentials({ host, tenant, app, form }: Asked): Promise<Answer> {
	const { resource, permission } = resourceOf(host, tenant, form.scope);
	if (permission !== '.default') throw new EntraError(1002012, { scope: form.scope ?? '' });
	const { clientId, objectId, name } = app;
	const token = await host.tokens.issue({ tenantId: tenant.id, audience: resource, clientId, objectId, appOnly: true, name, issuer: tenant.issuer });
	return { token_type: 'Bearer', expires_in: tokenLifetimeSeconds, ext_expires_in: tokenLifetimeSeconds, access_token: token };
}

async function code(asked: Asked): Promise<Answer> {
	const { tenant, app, form } = asked;
	const challenge = form.code_verifier === undefined ? undefined : pkceChallenge(form.code_verifier);
	const grant = tenant.grants.redeem(form.code, { app, redirectUri: form.redirect_uri, challenge });
	return await tokensFor(asked, grant);
}

async function refresh(asked: Asked): Promise<Answer> {
	const { tenant, app, form, host } = asked;
	const grant = tenant.grants.refresh(form.refresh_token, app);
	const scope = form.scope ?? grant.scope;
	const { resource } = resourceOf(host, tenant, scope);
	if (!app.consent) throw new EntraError(65001, { app: app.clientId });
	checkUser(grant.user, { interactive: false, signedInAt: grant.signedInAt, resource });
	return await tokensFor(asked, { ...grant, scope });
}

async function tokensFor({ host, tenant, app }: Asked, grant: Grant): Promise<Answer> {
	const { resource } = resourceOf(host, tenant, grant.scope);
	const { user, scope } = grant;
	const permission = `${resource}/user_impersonation`;
	const token = await host.tokens.issue({
		tenantId: tenant.id,
		audience: resource,
		clientId: app.clientId,
		objectId: user.id,
		appOnly: false,
		name: user.upn,
		issuer: tenant.issuer,
	});
	const wants = scope.split(' ');
	return {
		token_type: 'Bearer',
		scope: `${permission} ${resource}/.default`,
		expires_in: tokenLifetimeSeconds,
		ext_expires_in: tokenLifetimeSeconds,
		access_token: token,
		...(wants.includes('offline_access') ? { refresh_token: tenant.grants.addRefresh(grant) } : {}),
		...(wants.includes('openid') ? { id_token: await idToken(host, tenant, grant) } : {}),
		client_info: Buffer.from(JSON.stringify({ uid: user.id, utid: tenant.id })).toString('base64url'),
	};
}

async function idToken(host: EntraHost, tenant: Tenant, { app, user, nonce }: Grant): Promise<string> {
	const seconds = Math.floor(host.clock() / 1000);
	return await host.tokens.sign({
		...claimsOf(user),
		aud: app.clientId,
		iss: tenant.issuer,
		iat: seconds,
		nbf: seconds,
		exp: seconds + tokenLifetimeSeconds,
		tid: tenant.id,
		ver: '2.0',
		...(nonce === undefined ? {} : { nonce }),
	});
}

const claimsOf = (user: EntraUser) => ({ oid: user.id, sub: user.id, name: user.name, preferred_username: user.upn });
