import { SalesforceError, type ErrorDetails } from '../http/SalesforceError';
import { RowError, statusOf } from '../records/RowError';
import { UnreadableValue } from '../validation/acceptValue';
import type { ApiAnswer, ApiRequest, ApiResource } from './ApiResource';

/** Runs one resource; whatever it throws becomes the error answer of the API. */
export function perform(resource: ApiResource, request: ApiRequest): ApiAnswer {
	try {
		return resource.handle(request);
	} catch (error) {
		return errorAnswer(error, request.rawBody);
	}
}

/** The answer for an error: an array of one object. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm */
export function errorAnswer(error: unknown, rawBody: string): ApiAnswer {
	if (error instanceof SalesforceError) return { status: error.status, body: error.body };
	if (error instanceof RowError) return { status: statusOf(error), body: [rowErrorBody(error)] };
	if (error instanceof UnreadableValue) {
		const column = Math.max(1, rawBody.indexOf(JSON.stringify(error.value)) + 1);
		return { status: 400, body: [{ message: `${error.message} at [line:1, column:${column}]`, errorCode: 'JSON_PARSER_ERROR' }] };
	}
	throw error;
}

/** A refused row as a single row call shows it: the key is errorCode. */
export function rowErrorBody(error: RowError): object {
	return { message: error.message, errorCode: error.statusCode, ...errorDetailsOf(error) };
}

/** The key of the duplicates lacks a letter in answers recorded with v48.0 to v51.0: https://github.com/rudderlabs/rudder-server (tests of error reporting) */
export function errorDetailsOf({ fields, duplicateResult }: RowError): ErrorDetails {
	return { fields, ...(duplicateResult ? { duplicateResut: duplicateResult } : {}) };
}
