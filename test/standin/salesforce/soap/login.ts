import type { SignInHost } from '../oauth/plugin';
import type { OrgContext } from '../org/OrgContext';
import type { OrgUser } from '../org/Users';
import { admit } from '../signIn/admit';
import { reasons, Refusal } from '../signIn/reasons';
import type { SignIn } from '../signIn/SignInLog';
import { SoapFault, type SoapCall } from './envelope';

/** The last version with login(). https://help.salesforce.com/s/articleView?id=005132110 */
const lastVersion = 64;

/**
 * login(): user name, and password with the security token behind it. An expired password signs in all the same, to change it.
 * https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_login.htm
 */
export function login(host: SignInHost, signIn: SignIn, { parameters }: SoapCall): object {
	try {
		const result = openSession(host, signIn, parameters);
		host.signIns.accept(signIn);
		return result;
	} catch (error) {
		const fault = error instanceof Refusal ? faultOf(error) : error;
		if (fault instanceof SoapFault) host.signIns.refuse(signIn, { reason: error instanceof Refusal ? error.message : fault.message, answer: fault.code });
		throw fault;
	}
}

function faultOf(refusal: Refusal): SoapFault {
	const [code, message] = reasons[refusal.reason].soap;
	return new SoapFault(code, message, 'LoginFault');
}

function openSession(host: SignInHost, signIn: SignIn, { username, password }: Readonly<Record<string, unknown>>): object {
	signIn.username = String(username ?? '');
	if (Number(signIn.apiVersion) > lastVersion) throw new SoapFault('UNSUPPORTED_API_VERSION', 'Invalid Api version specified on URL');
	const org = host.orgs().find((one) => one.users.named(signIn.username ?? ''));
	const user = org?.users.named(signIn.username);
	if (!org || !user) throw new Refusal('unknownUser');
	Object.assign(signIn, { org, userId: user.id });
	if (!org.signInPolicy.soapLogin) throw new Refusal('soapLoginOff');
	admit(signIn, { password: String(password ?? '') });
	// https://help.salesforce.com/s/articleView?id=000385436: without the API nobody signs in by it.
	if (!org.signInPolicy.apiAccess) throw new Refusal('apiDisabledForOrg');
	if (!user.permissions.apiEnabled) throw new Refusal('apiDisabledForUser');
	const session = org.sessions.issue(user.id);
	return loginResult(org, user, { sessionId: session.token, version: signIn.apiVersion ?? '' });
}

/** https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_login_loginresult.htm */
function loginResult(org: OrgContext, user: OrgUser, { sessionId, version }: { readonly sessionId: string; readonly version: string }): object {
	const url = (kind: string) => `${org.instanceUrl}/services/Soap/${kind}/${version}/${org.id.slice(0, 15)}`;
	return {
		metadataServerUrl: url('m'), passwordExpired: org.passwords.isExpired(user.id), sandbox: org.sandbox, serverUrl: url('u'), sessionId,
		userId: user.id, userInfo: userInfo(org, user),
	};
}

/** https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_getuserinfo_getuserinforesult.htm */
export function userInfo(org: OrgContext, user: OrgUser): object {
	return {
		accessibilityMode: false, chatterExternal: false, currencySymbol: '€', orgAttachmentFileSizeLimit: 26214400, orgDefaultCurrencyIsoCode: 'EUR',
		orgDefaultCurrencyLocale: 'fr_FR', orgDisallowHtmlAttachments: false, orgHasPersonAccounts: false, organizationId: org.id, organizationMultiCurrency: false,
		organizationName: org.name, profileId: '00e000000000001AAA', roleId: null, sessionSecondsValid: org.sessions.timeoutMinutes * 60, userDefaultCurrencyIsoCode: null,
		userEmail: user.email, userFullName: user.name, userId: user.id, userLanguage: 'en_US', userLocale: 'en_US', userName: user.username,
		userTimeZone: 'Europe/Paris', userType: 'Standard', userUiSkin: 'Theme3',
	};
}
