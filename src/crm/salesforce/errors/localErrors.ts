import { CrmError } from '../../../model/crmError';

/** An answer that is not what Salesforce documents: a proxy's page, a cut text, a missing part. What it did is unknown. */
export function malformedAnswer(what: string, cause?: unknown): CrmError {
	return new CrmError('unavailable', {
		message: `Salesforce, or something between n8n and Salesforce, sent an answer that cannot be used: ${what}.`,
		remedy: 'Check that the address is that of your Salesforce org and that no proxy answers in its place.',
		replyLost: true,
		httpStatus: 200,
		cause,
	});
}
