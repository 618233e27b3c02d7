import type { CrmError } from '../../model/crmError';
import type { PushProblem, PushResult, PushStatus, RecordRef } from './pushTypes';

/** A result with everything empty that the caller does not give. */
export function pushResult(
	index: number,
	status: PushStatus,
	more: Partial<Pick<PushResult, 'record' | 'changedFields' | 'leftOutFields' | 'problems' | 'candidates'>> = {},
): PushResult {
	return { index, status, changedFields: [], leftOutFields: [], problems: [], candidates: [], ...more };
}

/** The item was not written, for a reason that stands beside it. */
export function refusal(index: number, problem: PushProblem, candidates: readonly RecordRef[] = []): PushResult {
	return pushResult(index, 'refused', { problems: [problem], candidates });
}

/** A CRM's error as the problems of one item: one per blamed field, or one for the whole record. */
export function problemsOf(error: CrmError): readonly PushProblem[] {
	const { message: reason, remedy, code } = error;
	const fields = error.fields.length > 0 ? error.fields : [undefined];
	return fields.map((field) => ({ ...(field && { field }), reason, ...(remedy && { remedy }), ...(code && { code }) }));
}
