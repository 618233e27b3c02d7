import { escapeHtml, page } from './html';

/** A user who can sign in on the consent page. */
export interface Choice {
	readonly org: string;
	readonly id: string;
	readonly username: string;
	readonly name: string;
}

/** What the consent page shows and sends back. */
export interface Consent {
	readonly host: string;
	readonly app: string;
	readonly sandbox: boolean;
	readonly choices: readonly Choice[];
	readonly hint: string | undefined;
	readonly scopes: readonly string[];
	/** The parameters of the request, carried through the form. */
	readonly parameters: Readonly<Record<string, string | undefined>>;
}

const meanings: Record<string, string> = {
	api: 'Manage user data via APIs', refresh_token: 'Perform requests at any time', offline_access: 'Perform requests at any time', id: 'Access the identity URL service',
	openid: 'Access unique user identifiers', profile: 'Access the profile', email: 'Access the e-mail address', address: 'Access the address', phone: 'Access the phone number',
	full: 'Full access', web: 'Manage user data via Web browsers',
};

/** The page where a user allows an app. */
export function consentPage({ app, sandbox, choices, hint, scopes, parameters }: Consent): string {
	const orgs = [...new Set(choices.map((choice) => choice.org))];
	const carried = Object.entries(parameters).filter(([name]) => name !== 'user' && name !== 'decision');
	const hidden = carried.map(([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`).join('');
	const option = (choice: Choice) => `<option value="${escapeHtml(choice.id)}"${choice.username === hint ? ' selected' : ''}>${escapeHtml(`${choice.name} (${choice.username})${orgs.length > 1 ? ` – ${choice.org}` : ''}`)}</option>`;
	const rights = [...new Set(scopes.map((scope) => meanings[scope] ?? scope))].map((right) => `<li>${escapeHtml(right)}</li>`).join('');
	const body = `<h1>Allow access?</h1><p><strong>${escapeHtml(app)}</strong> is asking to:</p><ul>${rights}</ul>
		<form method="post" action="/services/oauth2/authorize">${hidden}
		<p><label for="user">Signed in to <strong>${escapeHtml(orgs.join(', '))}</strong>${sandbox ? ' (sandbox)' : ''} as</label></p>
		<select id="user" name="user">${choices.map(option).join('')}</select>
		<div class="buttons"><button name="decision" value="deny">Deny</button><button class="primary" name="decision" value="allow">Allow</button></div></form>
		<p class="note">To revoke access at any time, go to your personal settings.</p>`;
	return page({ title: 'Allow access?', aside: orgs.join(', ') || 'Stand-in Salesforce', body, narrow: true });
}

/** The page for a request that cannot be sent back to the app. */
export const refusalPage = (error: string, description: string): string =>
	page({ title: 'OAuth error', body: `<h1>We can’t authorize you because of an OAuth error.</h1><p>error=${escapeHtml(error)}&amp;error_description=${escapeHtml(description)}</p>`, narrow: true });
