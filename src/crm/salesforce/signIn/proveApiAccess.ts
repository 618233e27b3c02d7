import type { Ask } from '../../../model/ask';
import { requestError } from '../errors/toCrmError';
import { apiRoot } from '../rest/SalesforceRest';
import type { SignInTokens } from '../../signIn/signInTokens';

/**
 * Asks for what every user with access to the API may see, its own org; throws a `CrmError` when the API is closed to the edition or
 * the user, or a policy refuses the session.
 */
export async function proveApiAccess({ accessToken, instanceUrl }: SignInTokens, ask: Ask): Promise<void> {
	const url = `${instanceUrl}${apiRoot}/query?q=${encodeURIComponent('SELECT Id FROM Organization')}`;
	const { status, text } = await ask({ method: 'GET', url, headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' } });
	if (status < 200 || status > 299) throw requestError(status, parsed(text));
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
