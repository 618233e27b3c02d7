import { CrmError } from '../../model/crmError';

/** Stops a run whose credential has come to reach another org while it ran; `began` and `reached` are canonical ids. */
export function reachedOtherOrg(crmName: string, began: string, reached: string): CrmError {
	return new CrmError('auth', {
		message: `The run was stopped, because its credential now reaches another org of ${crmName} (${reached}) than the one with which it began (${began}). Nothing was sent to that org.`,
		remedy: 'Run Check Health of the CRM Connection node: it names both orgs, and says how to go on.',
		code: 'OTHER_ORG',
		reason: 'other-org',
	});
}
