import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { isLoginHost, jwtAudience } from '../../crm/salesforce/signIn/audience';
import { pastedText } from '../../crm/signIn/pastedText';
import { readPrivateKey } from '../../crm/signIn/privateKey';
import { CrmError } from '../../model/crmError';
import { salesforceSignInOrigin } from '../credentialAddress';
import { salesforceForm } from './salesforceForm';
import { filledIn } from './signInForm';

/** The credential of an app that signs in for itself: by its secret, or by a request that it signs. */
export const serverForm = salesforceForm(['flow', 'domain', 'consumerKey', 'consumerSecret', 'username', 'privateKey', 'audience'], serverOrigin, (credential) => {
	const jwt = credential.flow === 'jwt';
	const origin = serverOrigin(credential);
	const consumerKey = filledIn(pastedText(credential.consumerKey), 'Consumer Key');
	if (jwt) {
		const username = filledIn(pastedText(credential.username), 'User Name');
		filledIn(pastedText(credential.privateKey), 'Private Key');
		return { way: 'jwt', origin, consumerKey, username, privateKey: readPrivateKey(credential.privateKey, 'Salesforce'), audience: jwtAudience(origin, credential.audience) };
	}
	if (isLoginHost(origin)) throw myDomainNeeded();
	return { way: 'clientCredentials', origin, consumerKey, consumerSecret: filledIn(pastedText(credential.consumerSecret), 'Consumer Secret') };
});

/** The origin at which such a credential signs in: that of its My Domain, as it has no field for anything else. */
export function serverOrigin({ domain }: ICredentialDataDecryptedObject): string {
	return salesforceSignInOrigin({ domain });
}

/** https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_client_credentials_flow.htm */
function myDomainNeeded(): CrmError {
	return new CrmError('auth', {
		message: 'With client credentials an app signs in at the My Domain of its own org only, not at the general login page, so nothing was sent.',
		remedy: 'Enter the address that Salesforce shows under Setup > My Domain, such as https://foocorp.my.salesforce.com.',
		code: 'MY_DOMAIN_NEEDED',
		reason: 'wrong-address',
	});
}
