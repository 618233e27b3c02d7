/** How the token endpoint words one code. */
export interface Refusal {
	readonly error: string;
	readonly suberror?: string;
	/** With `{app}`, `{tenant}`, `{user}`, `{resource}` where a name stands. */
	readonly text: string;
}

const grant = (text: string, suberror?: string): Refusal => ({ error: 'invalid_grant', text, ...(suberror === undefined ? {} : { suberror }) });
const client = (text: string): Refusal => ({ error: 'invalid_client', text });
const request = (text: string): Refusal => ({ error: 'invalid_request', text });
const unauthorized = (text: string): Refusal => ({ error: 'unauthorized_client', text });
const busy = (text: string): Refusal => ({ error: 'temporarily_unavailable', text });

/** Codes and texts of the sign-in; the texts are shortened where Microsoft repeats ids. https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes */
export const refusals: Readonly<Record<number, Refusal>> = {
	16000: {
		error: 'interaction_required',
		text: 'Either multiple user identities are available for the current request or selected account is not supported for the scenario.',
	},
	50001: request('The resource principal named {resource} was not found in the tenant named {tenant}.'),
	50012: client('Authentication failed.'),
	50020: grant(
		"User account '{user}' from identity provider 'live.com' does not exist in tenant '{tenant}' and cannot access the application '{app}' in that tenant.",
	),
	50033: busy('A transient error has occurred. Please try again.'),
	50034: grant('The user account {user} does not exist in the {tenant} directory.'),
	50053: grant("The account is locked, you've tried to sign in too many times with an incorrect user ID or password."),
	50055: grant('The password is expired.', 'user_password_expired'),
	50057: grant('The user account is disabled.'),
	50072: {
		error: 'interaction_required',
		suberror: 'basic_action',
		text: "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access '{resource}'.",
	},
	50074: { error: 'interaction_required', suberror: 'basic_action', text: 'Strong Authentication is required.' },
	50076: {
		error: 'interaction_required',
		suberror: 'basic_action',
		text: "Due to a configuration change made by your administrator, or because you moved to a new location, you must use multi-factor authentication to access '{resource}'.",
	},
	50078: {
		error: 'interaction_required',
		suberror: 'basic_action',
		text: "Presented multi-factor authentication has expired due to policies configured by your administrator, you must refresh your multi-factor authentication to access '{resource}'.",
	},
	50079: {
		error: 'interaction_required',
		suberror: 'basic_action',
		text: "Due to a configuration change made by your administrator, or because you moved to a new location, you must enroll in multi-factor authentication to access '{resource}'.",
	},
	50087: busy('A transient error has occurred during strong authentication. Please try again.'),
	50105: grant(
		"Your administrator has configured the application {app} to block users unless they are specifically granted ('assigned') access to the application. The signed-in user '{user}' is blocked because they are not a direct member of a group with access.",
	),
	50126: grant('Error validating credentials due to invalid username or password.'),
	50131: grant(
		'Device is not in required device state, or the request was blocked due to suspicious activity, access policy, or security policy decisions.',
		'message_only',
	),
	50132: grant('Credentials have been revoked due to the following reasons: SSO Artifact is invalid or expired.', 'bad_token'),
	50133: grant('The session is not valid due to password expiration or recent password change.', 'bad_token'),
	50144: grant("User's Active Directory password is expired."),
	50158: {
		error: 'interaction_required',
		suberror: 'basic_action',
		text: 'External security challenge not satisfied. User will be redirected to another page or authentication provider to satisfy additional authentication challenges.',
	},
	50173: grant(
		'The provided grant has expired due to it being revoked, a fresh auth token is needed. The user might have changed or reset their password.',
		'bad_token',
	),
	50194: request(
		"Application '{app}' is not configured as a multi-tenant application. Usage of the /common endpoint is not supported for such apps created after '10/15/2018'. Use a tenant-specific endpoint or configure the application to be multi-tenant.",
	),
	50196: request('The server terminated an operation because it encountered a client request loop. Please contact your app vendor.'),
	51004: grant('The user account {user} does not exist in the {tenant} directory. To sign into this application, the account must be added to the directory.'),
	53000: grant(
		'Device is not in required device state: compliant. Conditional Access policy requires a compliant device, and the device is not compliant.',
		'message_only',
	),
	53001: grant(
		'Device is not in required device state: domain_joined. Conditional Access policy requires a domain joined device, and the device is not domain joined.',
		'message_only',
	),
	53002: grant('Application used is not an approved application for Conditional Access.', 'message_only'),
	53003: grant('Access has been blocked by Conditional Access policies. The access policy does not allow token issuance.', 'message_only'),
	530032: grant('Access has been blocked by security policy.', 'message_only'),
	54005: grant('OAuth2 Authorization code was already redeemed, please retry with a new valid code or use an existing refresh token.'),
	500011: {
		error: 'invalid_resource',
		text: 'The resource principal named {resource} was not found in the tenant named {tenant}. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You might have sent your authentication request to the wrong tenant.',
	},
	500133: request(
		'Assertion is not within its valid time range. Ensure that the access token is not expired before using it for user assertion, or request a new token.',
	),
	501481: grant('The Code_Verifier does not match the code_challenge supplied in the authorization request.'),
	65001: grant(
		"The user or administrator has not consented to use the application with ID '{app}' named '{app}'. Send an interactive authorization request for this user and resource.",
		'consent_required',
	),
	65004: { error: 'access_denied', text: 'User declined to consent to access the app.' },
	650052: request(
		"The app is trying to access a service '{resource}' that your organization '{tenant}' lacks a service principal for. Contact your IT Admin to review the configuration of your service subscriptions or consent to the application in order to create the required service principal.",
	),
	650057: {
		error: 'invalid_resource',
		text: "Invalid resource. The client has requested access to a resource which is not listed in the requested permissions in the client's application registration. Client app ID: {app}. Resource value from request: {resource}.",
	},
	70001: unauthorized("Application '{app}' is disabled."),
	70002: client('Error validating credentials. AADSTS50012: Invalid client secret is provided.'),
	70008: grant(
		'The provided authorization code or refresh token has expired due to inactivity. Send a new interactive authorization request for this user and resource.',
		'bad_token',
	),
	70011: {
		error: 'invalid_scope',
		text: "The provided request must include a 'scope' input parameter. The provided value for the input parameter 'scope' is not valid.",
	},
	70043: grant('The refresh token has expired or is invalid due to sign-in frequency checks by conditional access.', 'token_expired'),
	700011: unauthorized('Application with identifier {app} was not found in the directory {tenant}.'),
	700016: unauthorized(
		"Application with identifier '{app}' was not found in the directory '{tenant}'. This can happen if the application has not been installed by the administrator of the tenant or consented to by any user in the tenant. You may have sent your authentication request to the wrong tenant.",
	),
	700024: client('Client assertion is not within its valid time range. Current time: {now}, expiry time of assertion {expiry}.'),
	700025: client("Client is public so neither 'client_assertion' nor 'client_secret' should be presented."),
	700023: client(
		'Client assertion audience claim does not match Realm issuer. Review the documentation at https://docs.microsoft.com/azure/active-directory/develop/active-directory-certificate-credentials.',
	),
	700027: client("Client assertion failed signature validation. [Reason - {reason}, Thumbprint of key used by client: '{thumbprint}'.]"),
	700030: client('Invalid certificate - the subject name in certificate is not authorized.'),
	700082: grant('The refresh token has expired due to inactivity. The token was issued on {issued} and was inactive for 90.00:00:00.', 'bad_token'),
	700084: grant(
		"The refresh token was issued to a single page app (SPA), and therefore has a fixed, limited lifetime of 1.00:00:00, which can't be extended. It is now expired and a new sign in request must be sent by the SPA to the sign in page.",
		'bad_token',
	),
	7000112: unauthorized("Application '{app}'({app}) is disabled."),
	7000215: client(
		"Invalid client secret provided. Ensure the secret being sent in the request is the client secret value, not the client secret ID, for a secret added to app '{app}'.",
	),
	7000218: client("The request body must contain the following parameter: 'client_assertion' or 'client_secret'."),
	7000222: client(
		"The provided client secret keys for app '{app}' are expired. Visit the Azure portal to create new keys for your app: https://aka.ms/NewClientSecret, or consider using certificate credentials for added security: https://aka.ms/certCreds.",
	),
	70000: grant('Provided grant is invalid or malformed.'),
	90002: request(
		"Tenant '{tenant}' not found. Check to make sure you have the correct tenant ID and are signing into the correct cloud. Check with your subscription administrator, this may happen if there are no active subscriptions for the tenant.",
	),
	90006: busy('The service is temporarily unavailable. Please retry later.'),
	90012: busy('The request has timed out. Please retry.'),
	90014: request("The required field '{field}' is missing from the credential. Ensure that you have all the necessary parameters for the login request."),
	90024: busy('A transient error has occurred. Please retry.'),
	90033: busy('A transient error has occurred. Please try again.'),
	90038: request("Tenant '{tenant}' request is being redirected to the National Cloud '{cloud}'."),
	90055: busy('Tenant is being throttled due to too many requests.'),
	90094: { error: 'consent_required', text: 'Admin consent is required for the permissions requested by this application.' },
	90095: {
		error: 'consent_required',
		text: 'Admin consent is required for the permissions requested by this application. An admin consent request may be sent to the admin.',
	},
	900382: request('Confidential Client is not supported in Cross Cloud request.'),
	900432: request('Confidential Client is not supported in Cross Cloud request.'),
	9001023: request('The grant type is not supported over the /common or /consumers endpoints. Please use the /organizations or tenant-specific endpoint.'),
	50011: request("The redirect URI '{redirect}' specified in the request does not match the redirect URIs configured for the application '{app}'."),
	70003: { error: 'unsupported_grant_type', text: "The app requested an unsupported grant type '{grant}'." },
	1000502: client('The provided certificate is not within its specified validity window.'),
	7000214: client('Certificate has been revoked.'),
	1002012: {
		error: 'invalid_scope',
		text: 'The provided value for scope {scope} is not valid. Client credential flows must have a scope value with /.default suffixed to the resource identifier (application ID URI).',
	},
	9002313: request('Invalid request. Request is malformed or invalid.'),
};
