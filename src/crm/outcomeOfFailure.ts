import type { CrmError } from '../model/crmError';
import type { MutationOutcome } from '../model/mutationOutcome';

/** What a failed request means for a record in it. */
export function outcomeOfFailure(error: CrmError): MutationOutcome {
	if (error.replyLost) return { status: 'unknown', error, settled: false };
	if (error.httpStatus !== undefined && (error.httpStatus >= 500 || error.httpStatus === 408)) return { status: 'unknown', error, settled: true };
	return { status: 'refused', error };
}
