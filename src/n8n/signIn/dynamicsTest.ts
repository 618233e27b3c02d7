import type { ICredentialTestRequest } from 'n8n-workflow';

/** What the Test button of a Dynamics 365 app asks: who it is. n8n signs in first only where it holds no token, or one that has ended. */
export const dynamicsTest: ICredentialTestRequest = {
	request: { url: '/api/data/v9.2/WhoAmI' },
	rules: [
		{
			type: 'responseCode',
			properties: {
				value: 403,
				message:
					'Microsoft takes the sign-in, but the environment does not let the app in: it has no application user there, that user is disabled or has no security role, or the environment is in administration mode. Check Health of the CRM Connection node says which.',
			},
		},
	],
};
