import { CrmError } from '../../../model/crmError';

/**
 * An answer that says nothing about the sign-in: the server failed, was busy or points elsewhere, or something in between sent a page of
 * its own. What it contains is not read, but for Microsoft's `code` where there is one.
 */
export function unjudged(httpStatus: number, code?: string): CrmError {
	if (httpStatus === 429) {
		return new CrmError('throttled', { message: 'Microsoft Entra ID takes no more sign-ins for the moment.', remedy: 'Let fewer workflows start at the same time.', code, httpStatus, transient: true });
	}
	if (httpStatus >= 500 || httpStatus === 408) {
		return new CrmError('unavailable', { message: 'Microsoft Entra ID is not available at the moment.', remedy: 'Try again in a few minutes.', code, httpStatus, transient: true });
	}
	return new CrmError('unavailable', {
		message: 'The sign-in service of Microsoft, or something between n8n and it, sent an answer that cannot be used.',
		remedy: 'Check the Environment Type in the credential, and that no proxy answers in its place.',
		httpStatus,
	});
}
