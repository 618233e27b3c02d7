import { CrmError } from '../../../src/model/crmError';
import type { MutationOutcome } from '../../../src/model/mutationOutcome';

/** The CRM says no. */
export const refusal = (code: string): MutationOutcome => ({ status: 'refused', error: new CrmError('validation', { message: `The CRM refused it: ${code}.`, code }) });

/** No usable answer; `settled`: a failure of the CRM's own. */
export const unknown = (settled: boolean): MutationOutcome => ({ status: 'unknown', error: new CrmError('unavailable', { message: 'No usable answer.', replyLost: !settled }), settled });

export const broken = unknown(true);

export function unused(): never {
	throw new Error('a sync does not ask this');
}
