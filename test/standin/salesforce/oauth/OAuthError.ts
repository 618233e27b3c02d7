import { Refusal, reasons } from '../signIn/reasons';
import type { SignInGrant } from '../signIn/SignInLog';

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

/** What the caller is told of a refusal; the password flow never says more than that it failed. */
export function toOAuthError(refusal: Refusal, grant: SignInGrant): OAuthError {
	const [error, description] = grant === 'password' ? reasons.wrongPassword.oauth : reasons[refusal.reason].oauth;
	return new OAuthError(error, description);
}
