import { sleep, type ICredentialDataDecryptedObject, type IDataObject, type IHttpRequestHelper } from 'n8n-workflow';

import { redactor } from '../../crm/redactor';
import { proveApiAccess } from '../../crm/salesforce/signIn/proveApiAccess';
import { secretsOf, type SalesforceSignIn } from '../../crm/salesforce/signIn/salesforceSignIn';
import { signIn } from '../../crm/salesforce/signIn/signIn';
import type { SignInTokens } from '../../crm/signIn/signInTokens';
import type { Ask } from '../../model/ask';
import { CrmError } from '../../model/crmError';
import { askOutside } from './askOutside';
import { whoAsks, type Asking } from './asking';
import { guardPassword, type GuardTools } from './passwordGuard';
import { sharedSignIn } from './sharedSignIn';
import { SignInFailure } from './signInFailure';
import type { SignInForm } from './signInForm';
import { openSignInMemory } from './signInMemory';
import { tokensToStore } from './storedTokens';

const crmName = 'Salesforce';
const surroundings: GuardTools = { openMemory: openSignInMemory, now: () => Date.now(), pause: sleep };

/**
 * Signs a credential in; what it returns n8n stores in the credential. n8n calls it when there is no token yet, when a request was
 * answered with 401, and when a person tests the credential, in which case it also proves that the API is open.
 *
 * @throws SignInFailure: plain words, which is all that n8n hands on.
 */
export async function preAuthenticate(helper: IHttpRequestHelper, form: SignInForm, credential: ICredentialDataDecryptedObject, tools = surroundings): Promise<IDataObject> {
	try {
		const given = form.read(credential);
		const ask = askOutside(helper, { crmName, redact: redactor(secretsOf(given)) });
		const asking = whoAsks();
		const heldToken = typeof credential.accessToken === 'string' ? credential.accessToken : '';
		const tokens = await sharedSignIn(
			{ content: contentOf(given), heldToken, mayShare: asking !== undefined, signIn: async () => await guarded(given, ask, { ...tools, mayRepeat: asking?.mayRepeat ?? (() => true) }) },
			tools.now,
		);
		if (asking === undefined) await proveApiAccess(tokens, ask);
		return { ...tokensToStore(tokens, credential, form) };
	} catch (error) {
		throw error instanceof CrmError ? new SignInFailure(error) : error;
	}
}

async function guarded(given: SalesforceSignIn, ask: Ask, tools: GuardTools & Pick<Asking, 'mayRepeat'>): Promise<SignInTokens> {
	const attempt = async () => await signIn(given, ask, tools.now);
	if (given.way === 'clientCredentials' || given.way === 'jwt') return await attempt();
	return await guardPassword({ content: contentOf(given), crmName, mayRepeat: tools.mayRepeat, attempt }, tools);
}

/** Everything that is sent, in the order of its names. */
function contentOf(given: SalesforceSignIn): string[] {
	return Object.entries(given)
		.toSorted(([a], [b]) => (a < b ? -1 : 1))
		.map(([name, value]) => `${name} ${typeof value === 'string' ? value : value.export({ type: 'pkcs8', format: 'pem' })}`);
}
