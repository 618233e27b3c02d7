import type { ICredentialTestRequest } from 'n8n-workflow';

import { apiRoot } from '../../crm/salesforce/rest/SalesforceRest';

/**
 * What the Test button of a Salesforce credential asks: something that needs a session and that every user with access to the API may
 * see. n8n signs in first only where it holds no token; one that has ended answers 401, and n8n signs in anew.
 */
export const salesforceTest: ICredentialTestRequest = {
	request: { url: `${apiRoot}/query`, qs: { q: 'SELECT Id FROM Organization' } },
	rules: [
		{
			type: 'responseCode',
			properties: {
				value: 403,
				message:
					'Salesforce takes the sign-in, but does not let it use the API: the edition of the org has none, the user lacks the permission "API Enabled", or the calls of the last 24 hours are used up. Check Health of the CRM Connection node says which.',
			},
		},
	],
};
