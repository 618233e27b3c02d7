import type { IDataObject } from 'n8n-workflow';

import { approve } from '../standin/approve';
import type { App, Org } from '../standin';

const callback = 'http://127.0.0.1/rest/oauth2-credential/callback';

/** What n8n stores for a credential after a person has connected it to an org of the stand-in. */
export async function signedIn(org: Org, { clientId, clientSecret = '' }: App, user?: { readonly id: string }): Promise<IDataObject> {
	const scope = 'api refresh_token openid id';
	const authorize = new URLSearchParams({ response_type: 'code', client_id: clientId, redirect_uri: callback, scope, state: 'state' });
	const sentBack = new URL(await approve(`${org.instanceUrl}/services/oauth2/authorize?${authorize.toString()}`, { user }));
	const code = sentBack.searchParams.get('code') ?? '';
	const body = new URLSearchParams({ grant_type: 'authorization_code', code, client_id: clientId, client_secret: clientSecret, redirect_uri: callback });
	const answer = await fetch(`${org.instanceUrl}/services/oauth2/token`, { method: 'POST', body });
	if (!answer.ok) throw new Error(`The token endpoint answered ${answer.status}: ${await answer.text()}`);
	const oauthTokenData = (await answer.json()) as IDataObject;
	return { environment: 'myDomain', domain: org.instanceUrl, clientId, clientSecret, oauthTokenData };
}
