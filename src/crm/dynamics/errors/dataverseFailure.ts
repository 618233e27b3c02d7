import type { ReportedFailure } from '../../errors/worded';
import { isObject, objectOf, textOf } from '../../json';

/**
 * Reads the failure out of an error body: `{error: {code, message}}`, or the `{Message}` and `{message}` of the layers before it. A
 * page of HTML or anything else has none.
 *
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors#parse-errors-from-the-response
 */
export function failureIn(body: unknown): ReportedFailure | undefined {
	if (!isObject(body)) return undefined;
	const error = objectOf(body.error);
	const given = textOf(error.code);
	const code = canonicalCode(given) ?? given;
	const message = textOf(error.message) ?? textOf(body.Message) ?? textOf(body.message);
	if (code === undefined && message === undefined) return undefined;
	return { code, message: message ?? '', fields: blamedFields(message ?? ''), existing: [] };
}

/**
 * Whether a body is the error that the Web API itself writes. Gateways of Microsoft write `{error: {code, message}}` too, with words
 * such as `GatewayTimeout` for a code; an empty code, which some samples show, tells nothing of who wrote it.
 */
export function isDataverseError(body: unknown): boolean {
	return isObject(body) && canonicalCode(textOf(objectOf(body.error).code)) !== undefined;
}

/**
 * The code of an error in small hexadecimal letters; it is shown so, or as the signed decimal number of the same bits. Anything else is
 * no code of Dataverse. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/web-service-error-codes
 */
function canonicalCode(code: string | undefined): string | undefined {
	if (code === undefined) return undefined;
	if (/^-\d{9,10}$/.test(code)) return `0x${(Number(code) >>> 0).toString(16).padStart(8, '0')}`;
	return /^0x[0-9a-f]{8}$/i.test(code) ? code.toLowerCase() : undefined;
}

/** Sentences that name the column: the codes alone do not. */
const blaming: readonly RegExp[] = [
	/The length of the '([a-z0-9_]+)' attribute/,
	/The value (?:\S+ )?of '([a-z0-9_]+)' on record of type/,
	/Attribute '([a-z0-9_]+)' of entity/,
	/The property '([A-Za-z0-9_]+)' does not exist/,
	/An undeclared property '([A-Za-z0-9_]+)'/,
	/Could not find a property named '([A-Za-z0-9_]+)'/,
	/attribute(?: named| with name)? '([a-z0-9_]+)'/i,
];

function blamedFields(message: string): readonly string[] {
	const found = blaming.map((pattern) => pattern.exec(message)?.[1]).find((field) => field !== undefined);
	return found === undefined ? [] : [found];
}
