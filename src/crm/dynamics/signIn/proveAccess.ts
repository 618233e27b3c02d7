import type { Ask } from '../../../model/ask';
import { requestError } from '../errors/toCrmError';
import { apiRoot } from '../rest/DynamicsRest';
import type { SignInTokens } from '../../signIn/signInTokens';

/**
 * Asks the environment who is signed in, which every user of it may; throws a `CrmError` when it does not know the app, or is gone.
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/whoami
 */
export async function proveAccess({ accessToken, instanceUrl }: SignInTokens, ask: Ask): Promise<void> {
	const headers = { authorization: `Bearer ${accessToken}`, accept: 'application/json', 'odata-version': '4.0', 'odata-maxversion': '4.0' };
	const { status, headers: answered, text } = await ask({ method: 'GET', url: `${instanceUrl}${apiRoot}WhoAmI`, headers });
	if (status < 200 || status > 299) throw requestError({ status, headers: answered, body: parsed(text), origin: instanceUrl });
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
