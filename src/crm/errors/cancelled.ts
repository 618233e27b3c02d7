import { CrmError } from '../../model/crmError';

/** The run was stopped; with `inFlight`, while a request was under way. */
export function cancelled(inFlight = false): CrmError {
	return new CrmError('cancelled', { message: 'The run was stopped.', replyLost: inFlight });
}
