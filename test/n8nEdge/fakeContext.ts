import type { IDataObject, IExecuteFunctions, IHttpRequestOptions } from 'n8n-workflow';

import { strictContext } from '../n8n/strictContext';

export const secrets = { access_token: '00D000000000001!AQEAQsecretAccessToken', refresh_token: '5Aep861secretRefreshToken', clientSecret: 'secretOfTheApp' };

/** What n8n's helper does with one request: answers, or throws. */
export type Answering = (options: IHttpRequestOptions, signal: AbortSignal | undefined) => unknown;

/** A node's context with one connected Salesforce credential, and every request that was made through it. */
export function fakeContext(answering: Answering, more: { readonly tokens?: IDataObject; readonly credential?: IDataObject; readonly signal?: AbortSignal; readonly getCredentials?: () => Promise<never> } = {}) {
	const sent: IHttpRequestOptions[] = [];
	const tokens = more.tokens ?? { access_token: secrets.access_token, refresh_token: secrets.refresh_token, instance_url: 'https://foocorp.my.salesforce.com' };
	const node = { id: 'n', name: 'Node', type: 'crmConnection', typeVersion: 1, position: [0, 0], parameters: {}, credentials: { crmSalesforceOAuth2Api: { id: 'c1', name: 'SF One' } } };
	const credential = { environment: 'myDomain', domain: 'foocorp', clientSecret: secrets.clientSecret, oauthTokenData: tokens, ...more.credential };
	const context = strictContext<IExecuteFunctions>({
		getNode: () => node,
		getCredentials: more.getCredentials ?? (async () => credential),
		getInstanceBaseUrl: () => 'https://n8n.example/',
		getExecutionCancelSignal: () => more.signal,
		helpers: {
			async httpRequestWithAuthentication(this: IExecuteFunctions, credentialType: string, options: IHttpRequestOptions) {
				expect(credentialType).toBe('crmSalesforceOAuth2Api');
				sent.push(options);
				return await Promise.resolve(answering(options, this.getExecutionCancelSignal()));
			},
		},
	});
	return { context, sent, tokens };
}

/** What n8n's helper throws: its own error around the one that happened. */
export function wrapped(cause: object, more: object = {}): Error {
	return Object.assign(new Error('Authorization failed - please check your credentials', { cause }), { name: 'NodeApiError', ...more });
}

/** An error as axios throws it. */
export function axiosError(code: string | undefined, more: object = {}): Error {
	const error = new Error(`failed with ${secrets.access_token}`);
	return Object.assign(error, { name: 'AxiosError', isAxiosError: true, ...(code ? { code } : {}), ...more });
}
