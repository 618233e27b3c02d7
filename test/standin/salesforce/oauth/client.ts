import type { FastifyRequest } from 'fastify';
import type { OrgContext } from '../org/OrgContext';
import type { SignIn } from '../signIn/SignInLog';
import { isWithin } from '../signIn/SignInPolicy';
import type { App } from './App';
import { OAuthError } from './OAuthError';
import { parametersOf, type SignInHost } from './plugin';

/** Form parameters by name. */
export type Parameters = Record<string, string | undefined>;

/** The app of a request and the org it is used in. */
export interface Client {
	readonly org: OrgContext;
	readonly app: App;
}

/** Form parameters; the client may also come in a Basic header. */
export function clientParameters(request: FastifyRequest): Parameters {
	const basic = /^Basic (.+)$/i.exec(request.headers.authorization ?? '')?.[1];
	if (!basic) return parametersOf(request);
	const [id, ...secret] = Buffer.from(basic, 'base64').toString('utf8').split(':');
	return { ...parametersOf(request), client_id: decodeURIComponent(id), client_secret: decodeURIComponent(secret.join(':')) };
}

/** The app of a token request, and the org of the code or refresh token when several orgs share the app. */
export function clientOf(host: SignInHost, parameters: Parameters): Client {
	const candidates = host.orgs().filter((org) => org.apps.find(parameters.client_id));
	const org = candidates.find((one) => one.apps.knowsCode(parameters.code ?? '') || one.apps.familyOf(parameters.refresh_token ?? '')) ?? candidates[0];
	const app = org?.apps.find(parameters.client_id);
	if (!org || !app) throw unknownClient();
	checkSecret(app, parameters);
	return { org, app };
}

/** No app of this host has the client id; also for some minutes after an app was made. */
export const unknownClient = (): OAuthError => new OAuthError('invalid_client_id', 'client identifier invalid');

/** Refuses a wrong consumer secret. */
export function checkSecret(app: App, { client_secret: secret }: Parameters): void {
	if (app.clientSecret !== undefined && secret !== app.clientSecret) throw new OAuthError('invalid_client', 'invalid client credentials');
}

/**
 * Whether the org lets this app be used by this user from this address.
 * https://help.salesforce.com/s/articleView?id=005132365
 */
export function checkApp({ org, app }: Client, { userId, ip }: Pick<SignIn, 'userId' | 'ip'>): void {
	if (!app.installed) throw app.kind === 'externalClientApp' ? new OAuthError('app_not_found', 'External client app is not installed in this org') : new OAuthError('invalid_client', 'app must be installed into org');
	if (app.blocked) throw new OAuthError('OAUTH_APP_BLOCKED', 'this app is blocked by admin');
	if (app.ipRanges && !isWithin(ip, app.ipRanges)) throw new OAuthError('invalid_grant', 'ip restricted');
	if (userId !== undefined && app.permittedUsers === 'adminApproved' && !org.apps.isPreauthorized(app.clientId, userId)) {
		throw new OAuthError('invalid_app_access', 'user is not admin approved to access this app');
	}
}
