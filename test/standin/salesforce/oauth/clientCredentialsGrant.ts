import { admit } from '../signIn/admit';
import { checkApp, clientOf } from './client';
import { OAuthError } from './OAuthError';
import type { Grant } from './token';
import { openSession } from './tokenAnswer';

/** Scopes no server flow gives. https://help.salesforce.com/s/articleView?id=sf.remoteaccess_oauth_client_credentials_flow.htm */
const forPeople = ['full', 'web', 'offline_access', 'refresh_token'];

/** The client credentials flow: only at the org's own host, as the app's run-as user. */
export const clientCredentialsGrant: Grant = ({ host, parameters, signIn }) => {
	// Seen as the answer of login.salesforce.com and test.salesforce.com: pozil/pub-sub-api-node-client#58.
	if (host.kind !== 'myDomain') throw new OAuthError('invalid_grant', 'request not supported on this domain');
	const client = clientOf(host, parameters);
	const { org, app } = client;
	signIn.org = org;
	if (app.clientSecret === undefined) throw new OAuthError('invalid_client', 'invalid client credentials');
	if (app.runAs === undefined) throw new OAuthError('invalid_grant', 'client credentials flow not enabled');
	if (app.runAs === null || !org.users.find(app.runAs)) throw new OAuthError('invalid_grant', 'no client credentials user enabled');
	signIn.userId = app.runAs;
	checkApp(client, signIn);
	admit(signIn, { relaxIps: app.relaxIps });
	const { always, signed, scope } = openSession(client, app.runAs, { scopes: app.scopes.filter((one) => !forPeople.includes(one)) });
	return { org, body: { ...always, ...signed, scope, api_instance_url: 'https://api.salesforce.com' } };
};
