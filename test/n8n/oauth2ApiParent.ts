import type { ICredentialType, INodeProperties } from 'n8n-workflow';

const field = (name: string, defaultValue: string | boolean, type: INodeProperties['type'] = 'string'): INodeProperties => ({
	displayName: name,
	name,
	type,
	default: defaultValue,
});

/** n8n's own credential type oAuth2Api, as far as its children inherit it: n8n-nodes-base, which has it, is not a dependency of ours. */
export const oAuth2ApiParent: ICredentialType = {
	name: 'oAuth2Api',
	displayName: 'OAuth2 API',
	properties: [
		field('useDynamicClientRegistration', false, 'hidden'),
		field('grantType', 'authorizationCode'),
		field('serverUrl', ''),
		field('authUrl', ''),
		field('accessTokenUrl', ''),
		field('clientId', ''),
		field('clientCredentialType', 'clientSecret', 'hidden'),
		field('clientSecret', ''),
		field('privateKey', '', 'hidden'),
		field('certificate', '', 'hidden'),
		field('scope', ''),
		field('authQueryParameters', ''),
		field('authentication', 'header'),
		field('sendAdditionalBodyProperties', false, 'boolean'),
		field('additionalBodyProperties', '', 'json'),
		{ displayName: 'oauthTokenData', name: 'oauthTokenData', type: 'json', default: {} },
	],
};
