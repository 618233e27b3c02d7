import type { OrgContext } from '../org/OrgContext';
import { clientOf, clientParameters } from './client';
import { parametersOf, type AddEndpoint, type SignInHost } from './plugin';

/** Revoking and asking about tokens. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_revoke_token.htm */
export function serveTokenCare(add: AddEndpoint, host: SignInHost): void {
	for (const method of ['GET', 'POST'] as const) {
		add(method, '/services/oauth2/revoke', (request) => {
			const token = parametersOf(request).token ?? '';
			const org = host.orgs().find((one) => revoke(one, token));
			// The error of this endpoint is form-encoded unless a callback is named.
			return org ? { org, status: 200 } : { status: 400, type: 'application/x-www-form-urlencoded', body: 'error=unsupported_token_type&error_description=this%20token%20type%20is%20not%20supported' };
		});
	}
	add('POST', '/services/oauth2/introspect', (request) => {
		const parameters = clientParameters(request);
		const { org } = clientOf(host, parameters);
		return { org, body: introspection(host, parameters.token ?? '') };
	});
}

function revoke(org: OrgContext, token: string): boolean {
	const family = org.apps.familyOf(token);
	if (family) org.apps.revoke(family);
	const session = org.sessions.find(token);
	if (session) org.sessions.end(token);
	return family !== undefined || session !== undefined;
}

/** https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oidc_token_introspection.htm */
function introspection(host: SignInHost, token: string): object {
	for (const org of host.orgs()) {
		const family = org.apps.familyOf(token);
		if (family && family.refreshToken === token && !family.revoked) return claims(org, family.userId, { client_id: family.app.clientId, scope: family.scopes.join(' '), token_type: 'refresh_token' });
		const session = org.sessions.find(token);
		if (!session) continue;
		const iat = Math.floor(session.issuedAt / 1000);
		const exp = Math.floor(org.clock() / 1000) + org.sessions.timeoutMinutes * 60;
		return claims(org, session.userId, { scope: session.scopes.join(' '), client_id: session.clientId, token_type: 'access_token', exp, iat, nbf: iat });
	}
	return { active: false };
}

const claims = (org: OrgContext, userId: string, more: object): object => ({
	active: true, ...more, username: org.users.find(userId)?.username, sub: `${org.loginUrl}/id/${org.id}/${userId}`,
});
