import { admit } from '../signIn/admit';
import { Refusal } from '../signIn/reasons';
import { checkApp, checkSecret, unknownClient } from './client';
import { OAuthError } from './OAuthError';
import type { Grant } from './token';
import { openSession } from './tokenAnswer';

/**
 * The username-password flow. Whatever is wrong with user, password, address or hour, the answer is the same.
 * https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_username_password_flow.htm
 */
export const passwordGrant: Grant = ({ host, parameters, signIn }) => {
	const withApp = host.orgs().filter((org) => org.apps.find(parameters.client_id));
	if (withApp.length === 0) throw unknownClient();
	const known = withApp[0].apps.find(parameters.client_id);
	if (known) checkSecret(known, parameters);
	if (!parameters.username || !parameters.password) throw new OAuthError('invalid_grant', 'authentication failure');
	signIn.username = parameters.username;
	const org = host.orgs().find((one) => one.users.named(parameters.username ?? ''));
	if (!org) {
		signIn.org = host.kind === 'myDomain' ? withApp[0] : undefined;
		throw new Refusal('unknownUser');
	}
	Object.assign(signIn, { org, userId: org.users.named(parameters.username)?.id });
	const app = org.apps.find(parameters.client_id);
	if (!app) throw known?.kind === 'externalClientApp' ? new OAuthError('app_not_found', 'External client app is not installed in this org') : new OAuthError('invalid_client', 'app must be installed into org');
	checkApp({ org, app }, signIn);
	// External client apps and orgs made since Summer '23 refuse before they look at the password.
	if (app.kind === 'externalClientApp' || !org.signInPolicy.passwordFlow) throw new Refusal('passwordFlowOff');
	admit(signIn, { password: parameters.password, relaxIps: app.relaxIps });
	const { always, signed } = openSession({ org, app }, signIn.userId ?? '', { scopes: app.scopes });
	return { org, body: { ...always, ...signed } };
};
