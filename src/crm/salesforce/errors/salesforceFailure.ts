import { isObject, listOf, objectOf, textOf, textsOf, type Json } from '../../json';
import { canonicalId } from '../ids';

/** One failure as Salesforce worded it. */
export interface SalesforceFailure {
	readonly code?: string;
	readonly message: string;
	readonly fields: readonly string[];
	/** Ids of records that it names as already existing. */
	readonly existing: readonly string[];
}

/**
 * Reads the failures out of an error body: a list of `{errorCode, message, fields}`, a row's `{statusCode, …}`, or OAuth's
 * `{error, error_description}`. A page of HTML or anything else has none.
 *
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
 */
export function failuresIn(body: unknown): readonly SalesforceFailure[] {
	if (Array.isArray(body)) return body.filter(isObject).map(readFailure);
	if (isObject(body) && (textOf(body.errorCode) ?? textOf(body.statusCode) ?? textOf(body.error))) return [readFailure(body)];
	if (isObject(body) && Array.isArray(body.errors)) return body.errors.filter(isObject).map(readFailure);
	// The userinfo endpoint answers with the bare code: https://github.com/forcedotcom/SalesforceMobileSDK-iOS/issues/3398
	if (typeof body === 'string' && /^[A-Za-z][A-Za-z_]{2,60}$/.test(body.trim())) return [{ code: body.trim(), message: '', fields: [], existing: [] }];
	return [];
}

/**
 * Whether a body is the list of errors with which Salesforce's REST API answers a failed request, and not something that a gateway
 * or proxy wrote. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm
 */
export function isErrorList(body: unknown): boolean {
	return Array.isArray(body) && body.some((error) => /^[A-Z][A-Z0-9_]*$/.test(textOf(objectOf(error).errorCode) ?? ''));
}

function readFailure(error: Json): SalesforceFailure {
	// A row of a collection says `statusCode` where a whole request says `errorCode`:
	// https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_create.htm
	const code = textOf(error.statusCode) ?? textOf(error.errorCode) ?? textOf(error.error);
	const message = textOf(error.message) ?? textOf(error.error_description) ?? '';
	return { code, message, fields: blamedFields(code, message, textsOf(error.fields)), existing: existingIds(error, code, message) };
}

/** Some codes name the field in their sentence only. */
function blamedFields(code: string | undefined, message: string, fields: readonly string[]): readonly string[] {
	if (fields.length > 0) return fields;
	if (code === 'REQUIRED_FIELD_MISSING') return (/\[([^\]]+)\]/.exec(message)?.[1] ?? '').split(/\s*,\s*/).filter(Boolean);
	if (code === 'INVALID_FIELD') return /No such column '([^']+)'/.exec(message)?.slice(1) ?? [];
	if (code === 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST') return /picklist field: (\w+)/.exec(message)?.slice(1) ?? [];
	return [];
}

/**
 * https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_objects_duplicateresult.htm
 *
 * Recorded answers to single rows (v48.0 to v51.0) spell the key `duplicateResut`, as in rudder-server's tests of error reporting;
 * rows of a collection come without details.
 */
function existingIds(error: Json, code: string | undefined, message: string): readonly string[] {
	const matched = listOf(objectOf(error.duplicateResult ?? error.duplicateResut).matchResults)
		.flatMap((result) => listOf(objectOf(result).matchRecords))
		.map((match) => textOf(objectOf(objectOf(match).record).Id));
	const named = code === 'DUPLICATE_VALUE' ? /record with id: ?(\w+)/i.exec(message)?.[1] : undefined;
	const ids = [...matched, named].map((id) => (id === undefined ? undefined : canonicalId(id)));
	return [...new Set(ids.filter((id) => id !== undefined))];
}
