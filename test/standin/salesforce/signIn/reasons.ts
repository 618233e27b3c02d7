/** What the outside is told for one reason: an OAuth error with its description, and a SOAP exception code with its message. */
export interface Reason {
	/** The words of Login History. */
	readonly status: string;
	readonly oauth: readonly [error: string, description: string];
	readonly soap: readonly [code: string, message: string];
}

const invalidLogin = ['INVALID_LOGIN', 'Invalid username, password, security token; or user locked out.'] as const;
const authenticationFailure = ['invalid_grant', 'authentication failure'] as const;
const inactiveOrganization = ['invalid_grant', 'inactive organization'] as const;
// The words of an API client at an unknown address, as public clients recorded them.
const tokenRequired = 'Invalid username, password, security token; or user locked out. Are you at a new location? When accessing Salesforce--either via a desktop client or the API--from outside of your company’s trusted networks, you must add a security token to your password to log in. To get your new security token, log in to Salesforce. From your personal settings, enter Reset My Security Token in the Quick Find box, then select Reset My Security Token.';

/**
 * Why a sign-in is refused. Status: https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_eventlogfile_login_status.htm
 * OAuth: https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm
 * SOAP: https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_login.htm
 */
export const reasons = {
	unknownUser: { status: 'Invalid Login', oauth: authenticationFailure, soap: invalidLogin },
	wrongPassword: { status: 'Invalid Password', oauth: authenticationFailure, soap: invalidLogin },
	locked: { status: 'Password Lockout', oauth: authenticationFailure, soap: invalidLogin },
	tokenRequired: { status: 'Failed: API security token required', oauth: authenticationFailure, soap: ['LOGIN_MUST_USE_SECURITY_TOKEN', tokenRequired] },
	inactive: { status: 'User is Inactive', oauth: ['invalid_grant', 'inactive user'], soap: invalidLogin },
	frozen: { status: 'User Is Frozen', oauth: ['invalid_grant', 'inactive user'], soap: invalidLogin },
	restrictedIp: { status: 'Restricted IP', oauth: ['invalid_grant', 'ip restricted'], soap: ['LOGIN_DURING_RESTRICTED_DOMAIN', 'Your login attempt is from a restricted IP address. Contact your administrator.'] },
	restrictedTime: { status: 'Restricted Time', oauth: ['invalid_grant', 'ip restricted or invalid login hours'], soap: ['LOGIN_DURING_RESTRICTED_TIME', 'You cannot log in at this time. Contact your administrator.'] },
	passwordFlowOff: { status: 'Username-Password Flow Disabled', oauth: authenticationFailure, soap: invalidLogin },
	soapLoginOff: { status: 'Failed: SOAP API login() disabled', oauth: authenticationFailure, soap: ['INVALID_OPERATION', 'SOAP API login() is disabled by default in this org. Contact the org administrator to enable SOAP API login().'] },
	loginHostRefused: { status: 'Failed: Login through the org’s My Domain required', oauth: authenticationFailure, soap: invalidLogin },
	apiDisabledForOrg: { status: 'Failed: API disabled', oauth: authenticationFailure, soap: ['API_DISABLED_FOR_ORG', 'API is not enabled for this Organization or Partner'] },
	apiDisabledForUser: { status: 'Failed: API disabled', oauth: authenticationFailure, soap: ['API_DISABLED_FOR_ORG', 'API is disabled for this User'] },
	orgInactive: { status: 'Organization is Inactive', oauth: inactiveOrganization, soap: invalidLogin },
	orgLocked: { status: 'Organization is Locked', oauth: inactiveOrganization, soap: ['ORG_LOCKED', 'Your organization is locked. Contact your administrator.'] },
	trialExpired: { status: 'Trial Expired', oauth: inactiveOrganization, soap: ['TRIAL_EXPIRED', 'Your trial has expired.'] },
	maintenance: { status: 'Organization is in Maintenance', oauth: ['invalid_grant', 'organization is in maintenance'], soap: ['ORG_IN_MAINTENANCE', 'Your organization is in maintenance.'] },
} as const satisfies Record<string, Reason>;

/** The name of one reason. */
export type ReasonName = keyof typeof reasons;

/** A sign-in that was refused, before it is put into the words of OAuth or SOAP. */
export class Refusal extends Error {
	constructor(readonly reason: ReasonName) {
		super(reasons[reason].status);
	}
}
