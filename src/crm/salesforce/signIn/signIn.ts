import type { Ask } from '../../../model/ask';
import type { HttpResponse } from '../../../model/authorizedHttp';
import { CrmError } from '../../../model/crmError';
import { redactor } from '../../redactor';
import { clockWords, minutesAhead } from '../../signIn/clock';
import { looksPasted } from '../../signIn/pastedText';
import type { SignInTokens } from '../../signIn/signInTokens';
import { instanceOrigin } from '../instanceOrigin';
import { secretsOf, type PasswordSignIn, type SalesforceSignIn, type SoapSignIn } from './salesforceSignIn';
import { readSoapAnswer, soapRequest } from './soapLogin';
import { readTokenAnswer } from './tokenAnswer';
import { clientCredentialsRequest, jwtRequest, passwordRequest } from './tokenRequest';
import { unexplainedClientCredentials, unexplainedJwt, unexplainedPassword } from './unexplained';

/**
 * Signs in with one request; nothing is repeated. `now` gives milliseconds since 1970.
 *
 * @throws CrmError: `auth` or `permission` when Salesforce refused, `unavailable` or `throttled` when it did not decide.
 */
export async function signIn(given: SalesforceSignIn, ask: Ask, now: () => number): Promise<SignInTokens> {
	const tokens = await tokensOf(given, ask, now);
	const instanceUrl = instanceOrigin(tokens.instanceUrl, given.origin);
	if (instanceUrl === undefined) throw foreignInstance();
	return { ...tokens, instanceUrl };
}

async function tokensOf(given: SalesforceSignIn, ask: Ask, now: () => number): Promise<SignInTokens> {
	const redact = redactor(secretsOf(given));
	switch (given.way) {
		case 'password': {
			const answer = await ask(passwordRequest(given));
			return orHinted(given, () => readTokenAnswer(answer, unexplainedPassword, redact));
		}
		case 'soap': {
			const answer = await ask(soapRequest(given));
			return orHinted(given, () => readSoapAnswer(answer, given.origin, redact));
		}
		case 'clientCredentials':
			return readTokenAnswer(await ask(clientCredentialsRequest(given)), unexplainedClientCredentials, redact);
		case 'jwt':
			return readSigned(await ask(await jwtRequest(given, now())), now(), { origin: given.origin, redact });
	}
}

/** A token is sent nowhere else, and nowhere without encryption. */
function foreignInstance(): CrmError {
	return new CrmError('auth', {
		message: 'Salesforce named an API address for this sign-in that is missing, not encrypted or not its own, so no request was sent.',
		remedy: 'Check the address in the credential.',
		code: 'INVALID_INSTANCE_URL',
		reason: 'wrong-address',
	});
}

/** Adds what only the credential shows, as Salesforce tells neither a wrong host nor a password pasted with too much. */
function orHinted(given: PasswordSignIn | SoapSignIn, read: () => SignInTokens): SignInTokens {
	try {
		return read();
	} catch (error) {
		if (!(error instanceof CrmError) || error.reason !== 'password-or-flow-refused') throw error;
		throw withRemedy(error, [otherEnvironment(given.origin), looksPasted(given.password) && 'The password begins or ends with a space or a quote: see whether that belongs to it.']);
	}
}

function otherEnvironment(origin: string): string | undefined {
	if (origin === 'https://login.salesforce.com') return 'A user of a sandbox has to sign in to the environment Sandbox, or to the My Domain of the sandbox.';
	if (origin === 'https://test.salesforce.com') return 'This is the address of sandboxes: a user of a production org has to sign in to Production, or to My Domain.';
	return undefined;
}

function withRemedy(error: CrmError, hints: ReadonlyArray<string | false | undefined>): CrmError {
	const { kind, message, code, reason } = error;
	return new CrmError(kind, { message, code, reason, remedy: [error.remedy, ...hints].filter(Boolean).join(' ') });
}

/** A signed request bears the time, so a clock that is off has it refused, and Salesforce's own clock stands in the answer. */
function readSigned(answer: HttpResponse, now: number, { origin, redact }: { readonly origin: string; readonly redact: (text: string) => string }): SignInTokens {
	try {
		return readTokenAnswer(answer, unexplainedJwt, redact);
	} catch (error) {
		if (!(error instanceof CrmError)) throw error;
		if (error.reason === 'client-unknown' || error.reason === 'user-not-approved') throw withRemedy(error, [otherEnvironment(origin)]);
		const clock = error.reason === 'assertion-refused' ? clockWords(minutesAhead(answer, now), 'Salesforce') : undefined;
		if (clock === undefined) throw error;
		throw new CrmError('auth', {
			message: `${clock}, so Salesforce refuses requests that it signs.`,
			remedy: 'Ask whoever runs this n8n to set the clock of that computer (time synchronization).',
			code: error.code,
			reason: 'clock-off',
		});
	}
}
