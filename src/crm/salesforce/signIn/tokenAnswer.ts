import type { HttpResponse } from '../../../model/authorizedHttp';
import type { KnownFailure } from '../../errors/knownFailure';
import { signInError } from '../errors/toCrmError';
import { objectOf, textOf, type Json } from '../../json';
import type { SignInTokens } from '../../signIn/signInTokens';
import { unjudged } from './unjudged';

/**
 * Reads what the token endpoint answered; throws a `CrmError` unless it handed out a token. `unexplained` is what a refusal means
 * whose description says nothing that is known; `redact` takes out of that description what was sent.
 *
 * https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_oauth_flow_errors.htm
 */
export function readTokenAnswer(answer: HttpResponse, unexplained: KnownFailure, redact: (text: string) => string): SignInTokens {
	const body = jsonOf(answer.text);
	const error = textOf(body.error);
	if (answer.status < 200 || answer.status > 299) {
		// A server that fails, or is busy, has not judged the sign-in, whatever it says.
		if (error === undefined || answer.status >= 500 || answer.status === 408 || answer.status === 429) throw unjudged(answer.status);
		throw signInError(error, redact(textOf(body.error_description) ?? ''), unexplained);
	}
	const accessToken = textOf(body.access_token);
	if (accessToken === undefined) throw unjudged(answer.status);
	return { accessToken, instanceUrl: textOf(body.instance_url) ?? '', identityUrl: textOf(body.id) ?? '' };
}

function jsonOf(text: string): Json {
	try {
		return objectOf(JSON.parse(text));
	} catch {
		return {};
	}
}
