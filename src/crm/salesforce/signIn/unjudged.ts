import { CrmError } from '../../../model/crmError';
import { requestError } from '../errors/toCrmError';

/**
 * An answer that says nothing about the sign-in: the server failed, was busy or points elsewhere, or something in between sent a page of
 * its own. What it contains is not read.
 */
export function unjudged(httpStatus: number): CrmError {
	if (httpStatus >= 500 || httpStatus === 408 || httpStatus === 429 || (httpStatus >= 300 && httpStatus < 400)) return requestError(httpStatus, '');
	return new CrmError('unavailable', {
		message: 'The sign-in service of Salesforce, or something between n8n and Salesforce, sent an answer that cannot be used.',
		remedy: 'Check that the address in the credential is that of your Salesforce org and that no proxy answers in its place.',
		httpStatus,
	});
}
