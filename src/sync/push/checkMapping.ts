import { CrmError } from '../../model/crmError';
import type { EntityDescription, FieldDescription } from '../../model/entity';
import type { PushSettings } from './pushTypes';

/** Fields by API name. */
export function fieldIndex(description: EntityDescription): ReadonlyMap<string, FieldDescription> {
	return new Map(description.fields.map((field) => [field.name, field]));
}

/**
 * Refuses a push whose mapping cannot work for any item, before anything is read or written.
 *
 * `mapped` holds the API names of the fields that get values, `fixed` says that every item has the same ones (a mapping by hand), so
 * that a missing required field is already certain.
 *
 * @throws CrmError `validation` or `permission`, naming the field or object, the reason and the remedy.
 */
export function checkMapping(description: EntityDescription, mapped: readonly string[], fixed: boolean, settings: PushSettings): void {
	checkEntity(description, settings);
	if (mapped.length === 0) {
		throw invalid(`No field of ${description.label} gets a value.`, 'Map at least one field, among them the match field.');
	}
	const fields = fieldIndex(description);
	for (const name of mapped) checkField(fields.get(name), name, description, settings);
	checkMatchField(fields.get(settings.matchField), mapped, description, settings);
	if (fixed && settings.mode !== 'update') checkRequired(description, mapped);
}

function checkEntity(description: EntityDescription, { mode }: PushSettings): void {
	const missing = [
		...(mode !== 'update' && !description.createable ? ['create'] : []),
		...(mode !== 'create' && !description.updateable ? ['edit'] : []),
		...(!description.readable ? ['read'] : []),
	];
	if (missing.length === 0) return;
	throw new CrmError('permission', {
		message: `The signed-in user may not ${missing.join(' or ')} ${description.labelPlural} (${description.name}).`,
		remedy: 'Ask the CRM administrator to give this user the right, or sign in as another user.',
	});
}

function checkField(field: FieldDescription | undefined, name: string, description: EntityDescription, { mode, matchField }: PushSettings): void {
	if (!field) {
		throw invalid(
			`${description.label} has no field ${name}, or the signed-in user may not see it.`,
			'Refresh the field list and map another field, or ask the CRM administrator to show the field to this user.',
			name,
		);
	}
	const writable = (mode !== 'update' && field.createable) || (mode !== 'create' && field.updateable);
	if (writable || name === matchField) return;
	const why = field.calculated ? 'is calculated by the CRM' : 'is read-only for the signed-in user';
	throw invalid(`The field ${field.label} (${name}) ${why} and cannot be written.`, 'Take it out of the mapping.', name);
}

function checkMatchField(field: FieldDescription | undefined, mapped: readonly string[], description: EntityDescription, { matchField }: PushSettings): void {
	if (!matchField) throw invalid('No match field is chosen.', 'Choose the field that finds existing records, usually the e-mail.');
	if (!field) {
		throw invalid(
			`${description.label} has no field ${matchField} to match on, or the signed-in user may not see it.`,
			'Choose another match field.',
			matchField,
		);
	}
	if (!field.filterable) {
		throw invalid(`Records cannot be found by ${field.label} (${matchField}).`, 'Choose another match field.', matchField);
	}
	if (!mapped.includes(matchField)) {
		throw invalid(
			`The match field ${field.label} (${matchField}) gets no value.`,
			`Map a value to ${field.label}, or choose a match field that is mapped.`,
			matchField,
		);
	}
}

function checkRequired(description: EntityDescription, mapped: readonly string[]): void {
	const missing = description.fields.filter(({ required, name }) => required && !mapped.includes(name));
	if (missing.length === 0) return;
	const names = missing.map(({ label, name }) => `${label} (${name})`).join(', ');
	throw new CrmError('validation', {
		message: `A new ${description.label} needs ${names}, which ${missing.length === 1 ? 'gets' : 'get'} no value.`,
		remedy: 'Map a value to it, or choose to update existing records only.',
		fields: missing.map(({ name }) => name),
	});
}

function invalid(message: string, remedy: string, field?: string): CrmError {
	return new CrmError('validation', { message, remedy, fields: field ? [field] : [] });
}
