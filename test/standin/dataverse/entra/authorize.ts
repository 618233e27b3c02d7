import { escapeHtml, page } from '../../salesforce/pages/html';
import type { EntraApp } from './apps';
import type { Form } from './authenticateClient';
import { checkUser } from './checkUser';
import { EntraError } from './EntraError';
import { resourceOf, tenantOf, type EntraHost } from './EntraHost';
import type { Tenant } from './Tenant';

/** What the sign-in page answers: a page, or where the browser is sent. */
export interface AuthorizeAnswer {
	readonly tenant: Tenant;
	readonly html?: string;
	readonly location?: string;
}

interface Asked {
	readonly host: EntraHost;
	readonly tenant: Tenant;
	readonly app: EntraApp;
	readonly form: Form;
	readonly redirectUri: string;
}

/** The page where a person signs in and consents; with `decision` it is the pressed button. https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-auth-code-flow */
export function answerAuthorizeRequest(host: EntraHost, tenantName: string, form: Form): AuthorizeAnswer {
	const asked = readRequest(host, tenantName, form);
	const { tenant } = asked;
	if (form.response_type !== 'code')
		return {
			tenant,
			location: back(asked, {
				error: 'unsupported_response_type',
				error_description: `AADSTS70005: response_type '${form.response_type ?? ''}' is not supported.`,
			}),
		};
	if (form.decision === undefined) return { tenant, html: signInPage(asked) };
	if (form.decision === 'deny')
		return { tenant, location: back(asked, { error: 'access_denied', error_subcode: 'cancel', error_description: new EntraError(65004).message }) };
	const user = tenant.users.find((one) => one.id === form.user);
	if (!user) throw new EntraError(50034, { user: form.user ?? '', tenant: tenant.name });
	const { resource } = resourceOf(host, tenant, form.scope);
	checkUser(user, { interactive: true, signedInAt: host.clock(), resource });
	asked.app.consent = true;
	const code = tenant.grants.addCode({
		app: asked.app,
		user,
		scope: form.scope ?? '',
		redirectUri: asked.redirectUri,
		challenge: form.code_challenge,
		nonce: form.nonce,
	});
	return { tenant, location: back(asked, { code, session_state: tenant.guids.next() }) };
}

function readRequest(host: EntraHost, tenantName: string, form: Form): Asked {
	const tenant = tenantOf(host, tenantName, form.client_id, 90038);
	const app = tenant.app(form.client_id);
	if (!app) throw new EntraError(700016, { app: form.client_id ?? '', tenant: tenant.name });
	if (app.disabled) throw new EntraError(7000112, { app: app.clientId });
	const redirectUri = form.redirect_uri ?? app.redirectUris[0] ?? '';
	if (!app.redirectUris.includes(redirectUri)) throw new EntraError(50011, { redirect: redirectUri, app: app.clientId });
	resourceOf(host, tenant, form.scope);
	return { host, tenant, app, form, redirectUri };
}

function back({ redirectUri, form }: Asked, values: Readonly<Record<string, string>>): string {
	const url = new URL(redirectUri);
	for (const [name, value] of Object.entries(values)) url.searchParams.set(name, value);
	if (form.state !== undefined) url.searchParams.set('state', form.state);
	return url.toString();
}

function signInPage({ tenant, app, form }: Asked): string {
	const hidden = Object.entries(form)
		.map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`)
		.join('');
	const option = (user: Tenant['users'][number]) =>
		`<option value="${escapeHtml(user.id)}"${user.upn === form.login_hint ? ' selected' : ''}>${escapeHtml(`${user.name} (${user.upn})`)}</option>`;
	const body = `<h1>Permissions requested</h1><p><strong>${escapeHtml(app.name)}</strong> would like to access Dynamics 365 as you, in <strong>${escapeHtml(tenant.name)}</strong>.</p>
		<form method="post">${hidden}<p><label for="user">Sign in as</label></p><select id="user" name="user">${tenant.users.map(option).join('')}</select>
		<div class="buttons"><button name="decision" value="deny">Cancel</button><button class="primary" name="decision" value="allow">Accept</button></div></form>`;
	return page({ title: 'Sign in to your account', aside: 'Stand-in Entra ID', body, narrow: true });
}

/** The page for a request that cannot be sent back to the app. */
export const refusedPage = (error: EntraError): string =>
	page({
		title: 'Sign in to your account',
		aside: 'Stand-in Entra ID',
		body: `<h1>Sorry, but we’re having trouble with signing you in.</h1><p>${escapeHtml(error.message)}</p>`,
		narrow: true,
	});
