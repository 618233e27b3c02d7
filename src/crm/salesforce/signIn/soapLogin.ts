import { XMLBuilder, XMLParser } from 'fast-xml-parser';

import type { AskRequest } from '../../../model/ask';
import type { HttpResponse } from '../../../model/authorizedHttp';
import { CrmError } from '../../../model/crmError';
import type { KnownFailure } from '../../errors/knownFailure';
import { signInError, wordedFailure } from '../errors/toCrmError';
import { objectOf, textOf, type Json } from '../../json';
import type { SignInTokens } from '../../signIn/signInTokens';
import type { SoapSignIn } from './salesforceSignIn';
import { unexplainedPassword } from './unexplained';
import { unjudged } from './unjudged';

/** The last version that has login(): https://help.salesforce.com/s/articleView?id=005132110&type=1 */
const version = '64.0';

const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@' });
const parser = new XMLParser({ removeNSPrefix: true, parseTagValue: false, ignoreAttributes: true });

/** https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_login.htm */
export function soapRequest({ origin, username, password, securityToken }: SoapSignIn): AskRequest {
	const login = { '@xmlns': 'urn:partner.soap.sforce.com', username, password: password + securityToken };
	const envelope = { 'se:Envelope': { '@xmlns:se': 'http://schemas.xmlsoap.org/soap/envelope/', 'se:Header': {}, 'se:Body': { login } } };
	return {
		method: 'POST',
		url: `${origin}/services/Soap/u/${version}`,
		headers: { 'content-type': 'text/xml; charset=utf-8', soapaction: '""', accept: 'text/xml' },
		body: `<?xml version="1.0" encoding="utf-8"?>${builder.build(envelope)}`,
	};
}

/** What is no refusal of a password but of this way of signing in, and has another meaning elsewhere. */
const loginRetired: KnownFailure = {
	kind: 'auth',
	reason: 'password-login-off',
	words: 'Your Salesforce org does not allow signing in by SOAP, which is how this credential signs in without a consumer key. Salesforce said: {said}',
	remedy: 'Use another credential of this package (OAuth2, or the server credential), or ask your admin to enable SOAP API login().',
};

/**
 * Reads what `login()` answered; throws a `CrmError` unless it opened a session with which the API can be used. `redact` takes out of
 * a fault's sentence what was sent.
 */
export function readSoapAnswer(answer: HttpResponse, origin: string, redact: (text: string) => string): SignInTokens {
	const body = bodyOf(answer);
	const fault = objectOf(body.Fault);
	const code = codeOf(fault);
	if (code !== undefined) throw soapError(code, redact(sentenceOf(fault, code)));
	const result = objectOf(objectOf(body.loginResponse).result);
	// The session is open, but good for nothing except changing the password.
	if (result.passwordExpired === 'true') throw signInError('INVALID_OPERATION_WITH_EXPIRED_PASSWORD', '');
	const accessToken = textOf(result.sessionId);
	if (answer.status !== 200 || accessToken === undefined) throw unjudged(answer.status);
	const orgId = textOf(objectOf(result.userInfo).organizationId);
	const userId = textOf(result.userId);
	return {
		accessToken,
		instanceUrl: textOf(result.serverUrl) ?? '',
		identityUrl: orgId !== undefined && userId !== undefined ? `${origin}/id/${orgId}/${userId}` : '',
	};
}

function soapError(code: string, sentence: string): CrmError {
	const retired = code === 'INVALID_OPERATION' || code === 'UNSUPPORTED_API_VERSION';
	return retired ? wordedFailure({ code, message: sentence }, loginRetired) : signInError(code, sentence, unexplainedPassword);
}

function bodyOf({ text }: HttpResponse): Json {
	try {
		return objectOf(objectOf(objectOf(parser.parse(text)).Envelope).Body);
	} catch {
		return {};
	}
}

/** `INVALID_LOGIN` or `sf:INVALID_LOGIN`; what SOAP itself calls a fault (`soapenv:Client`) is none of Salesforce's codes. */
function codeOf(fault: Json): string | undefined {
	const inDetail = Object.values(objectOf(fault.detail)).map((detail) => textOf(objectOf(detail).exceptionCode));
	const codes = [...inDetail, textOf(fault.faultcode)?.split(':').at(-1)];
	return codes.find((code) => code !== undefined && /^[A-Z][A-Z_]+$/.test(code));
}

function sentenceOf(fault: Json, code: string): string {
	const sentence = textOf(fault.faultstring) ?? '';
	return sentence.startsWith(`${code}: `) ? sentence.slice(code.length + 2) : sentence;
}
