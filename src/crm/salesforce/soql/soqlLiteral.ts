// https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_quotedstringescapes.htm
const escapes: Readonly<Record<string, string>> = {
	'\\': '\\\\',
	"'": "\\'",
	'"': '\\"',
	'\n': '\\n',
	'\r': '\\r',
	'\t': '\\t',
	'\b': '\\b',
	'\f': '\\f',
};

/**
 * A text as a quoted SOQL literal: the only way that text from outside enters a statement.
 *
 * `%` and `_` stay as they are, because they have a meaning only after LIKE, which is never used here. Half of a surrogate pair
 * cannot be sent in UTF-8 and becomes the replacement character.
 */
export function soqlLiteral(text: string): string {
	// A composite request replaces @{…} by parts of other answers: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/requests_composite.htm
	// eslint-disable-next-line no-control-regex -- control characters are what must be escaped
	const escaped = text.toWellFormed().replace(/(?<=@)\{|[\\'"\u0000-\u001f\u007f-\u009f\u2028\u2029]/g, (character) => escapes[character] ?? unicodeEscape(character));
	return `'${escaped}'`;
}

function unicodeEscape(character: string): string {
	return `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`;
}
