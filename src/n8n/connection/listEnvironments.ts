import { NodeOperationError, type IDataObject, type IExecuteFunctions, type INodeExecutionData } from 'n8n-workflow';

import { environmentsRequest, readEnvironments, type ReachableEnvironment } from '../../crm/dynamics/discovery';
import { discoveryTokenRequest, readDiscoveryToken, type SavedSignIn } from '../../crm/dynamics/signIn/discoveryToken';
import { redactor } from '../../crm/redactor';
import { CrmError } from '../../model/crmError';
import { credentialKind, type CredentialKind } from '../credentialKinds';
import { notConnected, readCredential } from '../credentialSignIn';
import { discoveryOrigin, entraOrigin } from '../dynamicsAddress';
import { inRun } from '../runs/inRun';
import { askOutside } from '../signIn/askOutside';
import { itemsOfAll } from './connectionItems';

/**
 * The operation List Environments: one item for each environment that the signed-in person can enter. It needs no environment in the
 * credential, and touches no connection: what goes wrong here says nothing about the sign-in to an environment.
 */
export async function listEnvironments(context: IExecuteFunctions): Promise<INodeExecutionData[]> {
	const connectWith = String(context.getNodeParameter('connectWith', 0));
	return await inRun(context, { operation: 'listEnvironments', connectWith }, async (run) => {
		const kind = credentialKind(connectWith);
		checkKind(context, kind);
		const found = await environmentsOf(context, kind);
		if (found.length === 0) context.addExecutionHints({ message: noneWords, type: 'warning', location: 'outputPane' });
		run.report({ outcome: 'succeeded', counts: { listed: found.length } });
		return itemsOfAll(context, found as unknown as IDataObject[]);
	});
}

const noneWords =
	'Microsoft lists no environment for this account. Environments are left out where the user is disabled, has no licence, or is not in the security group of the environment.';

/** https://learn.microsoft.com/en-us/power-apps/developer/data-platform/discovery-service#limitations */
function checkKind(context: IExecuteFunctions, { crm, crmName, signsItselfIn }: CredentialKind): void {
	if (crm !== 'dynamics') {
		throw new NodeOperationError(context.getNode(), `${crmName} has no list of environments.`, { description: 'Choose Dynamics 365 OAuth2 under Connect With.' });
	}
	if (signsItselfIn) {
		throw new NodeOperationError(context.getNode(), 'This kind of sign-in cannot list environments, because Microsoft lists them for people only, not for apps.', {
			description: 'Choose Dynamics 365 OAuth2 under Connect With, or look the address up in the Power Platform admin center (Environments, your environment, Environment URL).',
		});
	}
}

async function environmentsOf(context: IExecuteFunctions, kind: CredentialKind): Promise<ReachableEnvironment[]> {
	const { saved, discovery } = await readSaved(context, kind);
	const redact = redactor([saved.refreshToken, saved.clientSecret]);
	const ask = askOutside(context, { crmName: kind.crmName, redact });
	const token = readDiscoveryToken(await ask(discoveryTokenRequest(saved, discovery)), redact);
	return readEnvironments(await ask(environmentsRequest(discovery, token)));
}

async function readSaved(context: IExecuteFunctions, kind: CredentialKind): Promise<{ readonly saved: SavedSignIn; readonly discovery: string }> {
	const credential = await readCredential(context, kind);
	const { access_token: access, refresh_token: refreshToken } = (credential.oauthTokenData ?? {}) as IDataObject;
	if (!access) throw notConnected(kind);
	if (typeof refreshToken !== 'string' || refreshToken === '') throw noRefreshToken(kind);
	const tokenUrl = String(credential.accessTokenUrl);
	// Formed by n8n from the same fields, so it never is another one; but secrets go there.
	if (!URL.canParse(tokenUrl) || new URL(tokenUrl).origin !== entraOrigin(credential)) throw new Error('The address of the sign-in is not that of the credential');
	return { discovery: discoveryOrigin(credential), saved: { tokenUrl, clientId: String(credential.clientId), clientSecret: String(credential.clientSecret ?? ''), refreshToken } };
}

function noRefreshToken({ crmName, refreshTokenRemedy }: CredentialKind): CrmError {
	return new CrmError('auth', {
		message: `Environments cannot be listed with this sign-in, because ${crmName} gave no refresh token with it.`,
		remedy: refreshTokenRemedy,
		code: 'NO_REFRESH_TOKEN',
		reason: 'no-refresh-token',
	});
}
