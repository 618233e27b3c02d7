import { ConfidentialClientApplication, type AuthenticationResult, type Configuration } from '@azure/msal-node';

import type { Ask } from '../../../model/ask';
import { CrmError } from '../../../model/crmError';
import { textOf } from '../../json';
import type { SignInTokens } from '../../signIn/signInTokens';
import type { AppSignIn } from './appSignIn';
import { certificateExpired, refusalIn } from './appRefusal';
import { EntraWire } from './EntraWire';
import { unjudged } from './unjudged';

/**
 * Signs an app in with one request, which MSAL builds; nothing is repeated. `now` gives milliseconds since 1970.
 * https://learn.microsoft.com/en-us/entra/identity-platform/v2-oauth2-client-creds-grant-flow
 *
 * @throws CrmError: `auth` when Microsoft Entra ID refused, `unavailable` or `throttled` when it did not decide.
 */
export async function signInApp(given: AppSignIn, ask: Ask, now: () => number): Promise<SignInTokens> {
	if (given.proof.by === 'certificate' && given.proof.expiresAt <= now()) throw certificateExpired(given.proof.expiresAt);
	const wire = new EntraWire(ask);
	try {
		const result = await new ConfidentialClientApplication(configurationOf(given, wire)).acquireTokenByClientCredential({ scopes: [`${given.environment}/.default`] });
		return tokensOf(result, given);
	} catch (error) {
		throw wire.broken ?? (wire.last && refusalIn(wire.last, given, now())) ?? (error instanceof CrmError ? error : unjudged(200));
	}
}

/** With all endpoints given, MSAL asks for nothing but the token, at whatever host; it takes authorities with https alone, so it is shown one. */
function configurationOf({ authority, tenant, clientId, proof }: AppSignIn, networkClient: EntraWire): Configuration {
	const endpoint = (name: string): string => `${authority}/${tenant}/oauth2/v2.0/${name}`;
	const shown = new URL(authority).host;
	return {
		auth: {
			clientId,
			authority: `https://${shown}/${tenant}`,
			knownAuthorities: [shown],
			authorityMetadata: JSON.stringify({
				issuer: `${authority}/${tenant}/v2.0`,
				authorization_endpoint: endpoint('authorize'),
				token_endpoint: endpoint('token'),
				jwks_uri: `${authority}/${tenant}/discovery/v2.0/keys`,
			}),
			...(proof.by === 'secret'
				? { clientSecret: proof.secret }
				: { clientCertificate: { thumbprintSha256: proof.thumbprint, privateKey: proof.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() } }),
		},
		system: { networkClient, loggerOptions: { piiLoggingEnabled: false, loggerCallback: ignored } },
	};
}

function tokensOf(result: AuthenticationResult | null, { environment }: AppSignIn): SignInTokens {
	const accessToken = textOf(result?.accessToken);
	if (accessToken === undefined) throw unjudged(200);
	return { accessToken, instanceUrl: environment, identityUrl: '', expiresAt: result?.expiresOn?.getTime() };
}

function ignored(): void {
	// MSAL's log is for its developers.
}
