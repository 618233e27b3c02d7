import { SalesforceError } from '../http/SalesforceError';

/** The answer to a statement that cannot be read. */
export const malformedQuery = (message: string): SalesforceError => new SalesforceError(400, 'MALFORMED_QUERY', message);

/** The part of a statement around a word, with a mark and its place, as Salesforce shows where it stopped. */
function pointAt(soql: string, word: string): string {
	const at = Math.max(0, soql.search(new RegExp(`\\b${word.replace(/\W/g, '\\$&')}\\b`, 'i')));
	const from = Math.max(0, at - 40);
	const excerpt = soql.slice(from, at + word.length + 40).replace(/\s/g, ' ');
	return `\n${excerpt}\n${' '.repeat(at - from)}^\nERROR at Row:1:Column:${at + 1}\n`;
}

const reference = 'Please reference your WSDL or the describe call for the appropriate names.';

/** The text for a field that is not there, of a query and of GET with a field list. */
export const noSuchColumnText = (column: string, entity: string): string =>
	`No such column '${column}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. ${reference}`;

/** The answer for a field that is not there or that the user may not see. */
export const noSuchColumn = (soql: string, column: string, entity: string): SalesforceError =>
	new SalesforceError(400, 'INVALID_FIELD', `${pointAt(soql, column)}${noSuchColumnText(column, entity)}`);

/** The answer for a relationship that is not there. */
export const noSuchRelation = (soql: string, relation: string): SalesforceError =>
	new SalesforceError(400, 'INVALID_FIELD', `${pointAt(soql, relation)}Didn't understand relationship '${relation}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. ${reference}`);

/** The answer for an object that is not there or that the user may not read. */
export const noSuchObject = (soql: string, name: string): SalesforceError =>
	new SalesforceError(400, 'INVALID_TYPE', `${pointAt(soql, name)}sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. ${reference}`);

/** The answer for a filter that does not fit the type of its field. */
export const invalidFilter = (soql: string, word: string, message: string, code = 'INVALID_FIELD'): SalesforceError =>
	new SalesforceError(400, code, `${pointAt(soql, word)}${message}`);
