import { pastedPassword, pastedText } from '../../crm/signIn/pastedText';
import { salesforceSignInOrigin } from '../credentialAddress';
import { salesforceForm } from './salesforceForm';
import { filledIn } from './signInForm';

/** The credential with user name and password: OAuth's flow with the consumer key of an app, SOAP login without one. */
export const tokenForm = salesforceForm(['environment', 'domain', 'consumerKey', 'consumerSecret', 'username', 'password', 'securityToken'], salesforceSignInOrigin, (credential) => {
	const origin = salesforceSignInOrigin(credential);
	const consumerKey = pastedText(credential.consumerKey);
	const consumerSecret = pastedText(credential.consumerSecret);
	const user = {
		origin,
		username: filledIn(pastedText(credential.username), 'User Name'),
		password: filledIn(pastedPassword(credential.password), 'Password'),
		securityToken: pastedText(credential.securityToken),
	};
	if (consumerKey === '' && consumerSecret === '') return { way: 'soap', ...user };
	return { way: 'password', ...user, consumerKey: filledIn(consumerKey, 'Consumer Key'), consumerSecret: filledIn(consumerSecret, 'Consumer Secret') };
});
