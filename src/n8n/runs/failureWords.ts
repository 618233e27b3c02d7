import { NodeOperationError } from 'n8n-workflow';

import { CrmError, type CrmErrorKind } from '../../model/crmError';
import { StateStoreError } from '../../model/stateStoreError';
import { NotAdmittedError } from '../connection/NotAdmittedError';

const byKind: Readonly<Record<CrmErrorKind, string>> = {
	auth: 'The CRM refused the sign-in.',
	permission: 'The signed-in user, or the org, may not do this.',
	throttled: 'A limit of the CRM was reached.',
	validation: 'The CRM refused the request.',
	notFound: 'Something that the node names does not exist in the CRM, or is hidden from the signed-in user.',
	conflict: 'The CRM refused the request, because something stands in its way.',
	unavailable: 'The CRM gave no usable answer.',
	cancelled: 'A person stopped the run.',
};

/**
 * What the history keeps of an error: sentences of our own and the CRM's code, because the error itself may repeat what somebody wrote
 * into a form. The execution in n8n, which the history links to, shows all of it.
 */
export function failureWords(error: unknown): string {
	if (error instanceof NotAdmittedError || error instanceof StateStoreError) return error.message;
	if (error instanceof CrmError) return error.code ? `${byKind[error.kind]} (${error.code})` : byKind[error.kind];
	if (error instanceof NodeOperationError) return 'The node stopped: its settings do not fit, or something needs attention. The execution shows it.';
	return 'It ended with an error that nobody foresaw. The execution shows it.';
}
