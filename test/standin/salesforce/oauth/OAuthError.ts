/** An error of the OAuth endpoints. https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm */
export class OAuthError extends Error {
	constructor(readonly error: string, readonly description: string, readonly status = 400) {
		super(`${error}: ${description}`);
	}

	/** The JSON body of the answer. */
	get body(): object {
		return { error: this.error, error_description: this.description };
	}
}
