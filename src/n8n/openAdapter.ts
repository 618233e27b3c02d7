import { openCrmAdapter } from '../crm/registry';
import type { CrmAdapter } from '../model/crmAdapter';
import { createAuthorizedHttp, executionSignal } from './authorizedHttp';
import { credentialKind } from './credentialKinds';
import type { CrmContext } from './crmContext';
import { readSignIn } from './credentialSignIn';

/**
 * Opens the CRM that the node's credential reaches; throws a `CrmError` when nobody is signed in. `connectWith` is the value of that
 * parameter, and `admittedOrg` names the only org to which anything may be sent, as soon as that is known.
 */
export async function openAdapter(context: CrmContext, connectWith: string, admittedOrg: () => string | undefined): Promise<CrmAdapter> {
	const kind = credentialKind(connectWith);
	const http = createAuthorizedHttp(context, kind, admittedOrg);
	// Nobody need connect such a credential: the first request signs it in, and tells the host and the user.
	if (kind.signInPath !== undefined && !(await readSignIn(context, kind)).signedIn) await http.send({ method: 'GET', path: kind.signInPath });
	const { instanceUrl, user } = await readSignIn(context, kind);
	return openCrmAdapter(kind.crm, {
		http,
		instanceUrl,
		cacheKey: [credentialId(context, connectWith), instanceUrl, user].join(' '),
		signal: executionSignal(context),
	});
}

/** Where a person opens the node's credential in this n8n; `undefined` when the node has none. */
export function credentialLink(context: CrmContext, connectWith: string): string | undefined {
	const id = credentialId(context, connectWith);
	return id ? `${context.getInstanceBaseUrl()}home/credentials/${id}` : undefined;
}

function credentialId(context: CrmContext, connectWith: string): string | undefined {
	return context.getNode().credentials?.[credentialKind(connectWith).credentialType]?.id ?? undefined;
}
