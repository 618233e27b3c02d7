import { CrmError } from '../../model/crmError';

/** API names are letters, digits and underscores; anything else could change the meaning of a statement or a path. */
const apiName = /^[A-Za-z][A-Za-z0-9_]*$/;

/** Whether the text can be the API name of an object or a field. */
function isApiName(text: string): boolean {
	return apiName.test(text);
}

/** The object's name, unless it cannot be one: such an object does not exist. */
export function checkedEntity(entity: string): string {
	if (isApiName(entity)) return entity;
	throw new CrmError('notFound', {
		message: `There is no Salesforce object with the API name ${shown(entity)}.`,
		remedy: 'Choose an object from the list, or check the API name in Salesforce Setup, Object Manager.',
	});
}

/** The field's name, unless it cannot be one. */
export function checkedField(field: string): string {
	if (isApiName(field)) return field;
	throw new CrmError('validation', {
		message: `${shown(field)} cannot be the API name of a Salesforce field.`,
		remedy: 'Choose a field from the list, or check the API name in Salesforce Setup, Object Manager.',
		fields: [field],
	});
}

/** A field named twice, be it in other case, is refused by Salesforce; the first spelling stays. */
export function distinctNames(names: readonly string[]): readonly string[] {
	const seen = new Set<string>();
	return names.filter((name) => !seen.has(name.toLowerCase()) && seen.add(name.toLowerCase()));
}

function shown(name: string): string {
	return JSON.stringify(name.length > 80 ? `${name.slice(0, 80)}…` : name);
}
