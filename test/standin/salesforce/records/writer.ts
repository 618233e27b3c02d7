import type { OrgContext } from '../org/OrgContext';

/** Who writes, and what the request's headers ask for. */
export interface Writer {
	readonly org: OrgContext;
	readonly userId: string;
	/** Sforce-Auto-Assign: rules run unless it says FALSE. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_autoassign.htm */
	readonly autoAssign: boolean;
	/** Sforce-Duplicate-Rule-Header. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_duplicaterules.htm */
	readonly allowDuplicates: boolean;
	readonly includeDuplicateDetails: boolean;
}

type Headers = Readonly<Record<string, unknown>>;

/** Reads the writing options off a request's headers. */
export function writerOf(org: OrgContext, userId: string, headers: Headers): Writer {
	const duplicates = String(headers['sforce-duplicate-rule-header'] ?? '');
	return {
		org,
		userId,
		autoAssign: !/^false$/i.test(String(headers['sforce-auto-assign'] ?? '').trim()),
		allowDuplicates: /allowSave\s*=\s*true/i.test(duplicates),
		includeDuplicateDetails: /includeRecordDetails\s*=\s*true/i.test(duplicates),
	};
}
