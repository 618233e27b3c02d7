import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { parseTenant } from '../../crm/dynamics/host';
import type { AppProof, AppSignIn } from '../../crm/dynamics/signIn/appSignIn';
import { readCertificate, unfitting } from '../../crm/dynamics/signIn/certificate';
import { proveAccess } from '../../crm/dynamics/signIn/proveAccess';
import { signInApp } from '../../crm/dynamics/signIn/signInApp';
import { pastedText } from '../../crm/signIn/pastedText';
import { readPrivateKey } from '../../crm/signIn/privateKey';
import { CrmError } from '../../model/crmError';
import { dynamicsApiOrigin, dynamicsEnvironment, entraOrigin } from '../dynamicsAddress';
import { filledIn, type SignInForm } from './signInForm';

/** The credential of an app of Microsoft Entra ID that signs in for itself: by its secret, or by a certificate. */
export const dynamicsAppForm: SignInForm = {
	crmName: 'Dynamics 365',
	fields: ['environmentType', 'environmentUrl', 'authorityUrl', 'tenantId', 'clientId', 'proof', 'clientSecret', 'certificate', 'privateKey'],
	apiOrigin: dynamicsApiOrigin,
	plan(credential) {
		const given = readApp(credential);
		return {
			content: contentOf(given),
			secrets: given.proof.by === 'secret' ? [given.proof.secret] : [],
			sendsPassword: false,
			signIn: async (ask, now) => await signInApp(given, ask, now),
			proveAccess,
		};
	},
};

/** Checks and cleans the fields; throws a `CrmError` that names the field at fault. */
export function readApp(credential: ICredentialDataDecryptedObject): AppSignIn {
	return {
		environment: dynamicsEnvironment(credential),
		authority: entraOrigin(credential),
		tenant: parseTenant(filledIn(pastedText(credential.tenantId), 'Directory (Tenant) ID'), false),
		clientId: clientIdOf(filledIn(pastedText(credential.clientId), 'Application (Client) ID')),
		proof: credential.proof === 'certificate' ? certificateOf(credential) : { by: 'secret', secret: filledIn(pastedText(credential.clientSecret), 'Client Secret') },
	};
}

function certificateOf(credential: ICredentialDataDecryptedObject): AppProof {
	filledIn(pastedText(credential.certificate), 'Certificate');
	filledIn(pastedText(credential.privateKey), 'Private Key');
	const certificate = readCertificate(credential.certificate);
	const privateKey = readPrivateKey(credential.privateKey, 'Microsoft Entra ID');
	if (!certificate.fits(privateKey)) throw unfitting();
	return { by: 'certificate', privateKey, thumbprint: certificate.thumbprint, expiresAt: certificate.expiresAt };
}

/** https://learn.microsoft.com/en-us/entra/identity-platform/app-objects-and-service-principals */
function clientIdOf(text: string): string {
	if (/^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)) return text.toLowerCase();
	throw new CrmError('auth', {
		message: 'The Application (Client) ID in this credential is none, so nothing was sent.',
		remedy: 'Copy it from the overview of the app registration in Microsoft Entra ID; it looks like 51f81489-12ee-4a9e-aaae-a2591f45987d.',
		code: 'NO_CLIENT_ID',
		reason: 'credential-unreadable',
	});
}

/** Everything that is sent. */
function contentOf({ authority, tenant, clientId, proof, environment }: AppSignIn): string[] {
	return [authority, tenant, clientId, environment, proof.by, proof.by === 'secret' ? proof.secret : proof.thumbprint];
}
