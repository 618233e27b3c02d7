import { CrmError } from '../../../model/crmError';

/** An answer that is not what Microsoft documents: a proxy's page, a cut text, a missing part. What it did is unknown. */
export function malformedAnswer(what: string, cause?: unknown): CrmError {
	return new CrmError('unavailable', {
		message: `Dynamics 365, or something between n8n and Dynamics 365, sent an answer that cannot be used: ${what}.`,
		remedy: 'Check that the address is that of your environment and that no proxy answers in its place.',
		replyLost: true,
		httpStatus: 200,
		cause,
	});
}

/** What a batch did not come to, because it stopped at a failure before: it was surely not done. */
export function notReached(): CrmError {
	return new CrmError('unavailable', {
		message: 'Dynamics 365 stopped at another record of the same request and did not come to this one.',
		remedy: 'Run it again.',
		transient: true,
	});
}
