import { sleep, type ICredentialDataDecryptedObject, type IDataObject, type IHttpRequestHelper } from 'n8n-workflow';

import { redactor } from '../../crm/redactor';
import type { SignInTokens } from '../../crm/signIn/signInTokens';
import type { Ask } from '../../model/ask';
import { CrmError } from '../../model/crmError';
import { askOutside } from './askOutside';
import { whoAsks } from './asking';
import { guardPassword, type GuardTools, type PasswordAttempt } from './passwordGuard';
import { sharedSignIn } from './sharedSignIn';
import { SignInFailure } from './signInFailure';
import type { SignInForm, SignInPlan } from './signInForm';
import { openSignInMemory } from './signInMemory';
import { tokensToStore } from './storedTokens';

const surroundings: GuardTools = { openMemory: openSignInMemory, now: () => Date.now(), pause: sleep };

/**
 * Signs a credential in; what it returns n8n stores in the credential. n8n calls it when there is no token yet, when a request was
 * answered with 401, and when a person tests the credential, in which case it also proves that the API is open.
 *
 * @throws SignInFailure: plain words, which is all that n8n hands on.
 */
export async function preAuthenticate(helper: IHttpRequestHelper, form: SignInForm, credential: ICredentialDataDecryptedObject, tools = surroundings): Promise<IDataObject> {
	try {
		const plan = form.plan(credential);
		const { crmName } = form;
		const ask = askOutside(helper, { crmName, redact: redactor(plan.secrets) });
		const asking = whoAsks();
		const heldToken = typeof credential.accessToken === 'string' ? credential.accessToken : '';
		const tokens = await sharedSignIn(
			{ content: plan.content, heldToken, mayShare: asking !== undefined, signIn: async () => await guarded({ plan, crmName }, ask, { ...tools, mayRepeat: asking?.mayRepeat ?? (() => true), sender: asking?.sender ?? 'form' }) },
			tools.now,
		);
		if (asking === undefined) await plan.proveAccess(tokens, ask);
		return { ...tokensToStore(tokens, credential, form) };
	} catch (error) {
		throw error instanceof CrmError ? new SignInFailure(error) : error;
	}
}

async function guarded({ plan, crmName }: { readonly plan: SignInPlan; readonly crmName: string }, ask: Ask, tools: GuardTools & Pick<PasswordAttempt<unknown>, 'mayRepeat' | 'sender'>): Promise<SignInTokens> {
	const attempt = async () => await plan.signIn(ask, tools.now);
	if (!plan.sendsPassword) return await attempt();
	const { mayRepeat, sender } = tools;
	return await guardPassword({ content: plan.content, crmName, mayRepeat, sender, attempt }, tools);
}
