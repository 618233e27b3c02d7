/** What a sign-in without a browser brought. */
export interface SignInTokens {
	readonly accessToken: string;
	/** Origin of the org's API host. */
	readonly instanceUrl: string;
	/** The CRM's own address of the signed-in user; empty when it named none. Salesforce's ends in `/{org id}/{user id}`. */
	readonly identityUrl: string;
	/** Until when the token is good, in milliseconds since 1970; absent where the CRM does not tell. */
	readonly expiresAt?: number;
}
