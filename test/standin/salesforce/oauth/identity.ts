import type { FastifyRequest } from 'fastify';
import { bearerOf } from '../http/authenticate';
import type { OrgContext } from '../org/OrgContext';
import type { OrgUser } from '../org/Users';
import { toWireDateTime } from '../time';
import { publicKeys } from './idToken';
import { parametersOf, type AddEndpoint, type OAuthAnswer, type SignInHost } from './plugin';

/** Who a token belongs to. An expired one answers 403 here, unlike everywhere else. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_userinfo_endpoint.htm */
export function serveIdentity(add: AddEndpoint, host: SignInHost): void {
	for (const method of ['GET', 'POST'] as const) {
		add(method, '/services/oauth2/userinfo', (request) => forSession(host, request, 'Bad_OAuth_Token', (org, user) => ({ org, body: userInfo(org, user) })));
	}
	add('GET', '/id/:orgId/:userId', (request) => {
		const { orgId, userId } = request.params as { orgId: string; userId: string };
		return forSession(host, request, 'Bad_OAuth_Token', (org, user) => (org.id === orgId && user.id === userId ? { org, body: identity(org, user) } : { org, status: 403, body: 'Bad_Id' }));
	});
	add('GET', '/id/keys', () => ({ body: publicKeys() }));
	add('GET', '/.well-known/openid-configuration', () => ({ body: configuration(host.url()) }));
}

function forSession(host: SignInHost, request: FastifyRequest, refusal: string, answer: (org: OrgContext, user: OrgUser) => OAuthAnswer): OAuthAnswer {
	const parameters = parametersOf(request);
	const token = bearerOf(request.headers) ?? parameters.oauth_token ?? parameters.access_token;
	if (token === undefined) return { status: 403, body: 'Missing_OAuth_Token' };
	for (const org of host.orgs()) {
		const user = org.users.find(org.sessions.find(token)?.userId);
		if (user) return answer(org, user);
	}
	return { status: 403, body: refusal };
}

function urlsOf(org: OrgContext): Record<string, string> {
	const soap = (kind: string) => `${org.instanceUrl}/services/Soap/${kind}/{version}/${org.id.slice(0, 15)}`;
	const rest = `${org.instanceUrl}/services/data/v{version}/`;
	return {
		enterprise: soap('c'), metadata: soap('m'), partner: soap('u'), rest, sobjects: `${rest}sobjects/`, search: `${rest}search/`,
		query: `${rest}query/`, recent: `${rest}recent/`, tooling_soap: soap('T'), tooling_rest: `${rest}tooling/`, custom_domain: org.instanceUrl,
	};
}

const picture = (org: OrgContext, kind: string) => `${org.instanceUrl}/profilephoto/005/${kind}`;

function userInfo(org: OrgContext, user: OrgUser): object {
	return {
		sub: `${org.loginUrl}/id/${org.id}/${user.id}`, user_id: user.id, organization_id: org.id, preferred_username: user.username, nickname: user.firstName.toLowerCase(),
		name: user.name, email: user.email, email_verified: true, given_name: user.firstName, family_name: user.lastName, zoneinfo: 'Europe/Paris',
		photos: { picture: picture(org, 'F'), thumbnail: picture(org, 'T') }, profile: `${org.instanceUrl}/${user.id}`, picture: picture(org, 'F'), address: {},
		is_salesforce_integration_user: false, urls: urlsOf(org), active: true, user_type: 'STANDARD', language: 'en_US', locale: 'en_US', utcOffset: 3600000,
		updated_at: modifiedAt(org, user), is_app_installed: true,
	};
}

/** https://help.salesforce.com/s/articleView?id=sf.remoteaccess_using_openid.htm */
function identity(org: OrgContext, user: OrgUser): object {
	return {
		id: `${org.loginUrl}/id/${org.id}/${user.id}`, asserted_user: true, user_id: user.id, organization_id: org.id, username: user.username,
		nick_name: user.firstName.toLowerCase(), display_name: user.name, email: user.email, email_verified: true, first_name: user.firstName, last_name: user.lastName,
		timezone: 'Europe/Paris', photos: { picture: picture(org, 'F'), thumbnail: picture(org, 'T') }, addr_street: null, addr_city: null, addr_state: null,
		addr_country: null, addr_zip: null, mobile_phone: null, mobile_phone_verified: false, is_lightning_login_user: false, status: { created_date: null, body: null },
		urls: urlsOf(org), active: true, user_type: 'STANDARD', language: 'en_US', locale: 'en_US', utcOffset: 3600000, last_modified_date: modifiedAt(org, user), is_app_installed: true,
	};
}

const modifiedAt = (org: OrgContext, user: OrgUser): unknown => org.tables.get('User', user.id)?.LastModifiedDate ?? toWireDateTime(org.clock());

function configuration(issuer: string): object {
	const endpoint = (name: string) => `${issuer}/services/oauth2/${name}`;
	return {
		issuer, authorization_endpoint: endpoint('authorize'), token_endpoint: endpoint('token'), revocation_endpoint: endpoint('revoke'), userinfo_endpoint: endpoint('userinfo'),
		introspection_endpoint: endpoint('introspect'), jwks_uri: `${issuer}/id/keys`, registration_endpoint: endpoint('register'),
		scopes_supported: ['cdp_ingest_api', 'openid', 'api', 'refresh_token', 'offline_access', 'id', 'profile', 'email', 'address', 'phone', 'full', 'web'],
		response_types_supported: ['code', 'token', 'token id_token'], response_modes_supported: ['query', 'fragment'], subject_types_supported: ['public'],
		id_token_signing_alg_values_supported: ['RS256'], display_values_supported: ['page', 'popup', 'touch'],
		token_endpoint_auth_methods_supported: ['client_secret_post', 'client_secret_basic', 'private_key_jwt'],
		claims_supported: ['active', 'address', 'email', 'email_verified', 'family_name', 'given_name', 'is_app_installed', 'language', 'locale', 'name', 'nickname', 'organization_id', 'photos', 'picture', 'preferred_username', 'profile', 'sub', 'updated_at', 'urls', 'user_id', 'user_type', 'zoneinfo'],
	};
}
