import type { CrmError } from '../../model/crmError';
import type { PushProblem, PushResult, PushStatus } from './pushTypes';

/** A result with everything empty that the caller does not give. */
export function pushResult(
	index: number,
	status: PushStatus,
	more: Partial<Pick<PushResult, 'record' | 'changedFields' | 'leftOutFields' | 'problems' | 'candidates'>> = {},
): PushResult {
	return { index, status, changedFields: [], leftOutFields: [], problems: [], candidates: [], ...more };
}

/** A CRM's error as the problems of one item: one per blamed field, or one for the whole record. */
export function problemsOf(error: CrmError): readonly PushProblem[] {
	const { message: reason, remedy, code } = error;
	const fields = error.fields.length > 0 ? error.fields : [undefined];
	return fields.map((field) => ({ ...(field && { field }), reason, ...(remedy && { remedy }), ...(code && { code }) }));
}
