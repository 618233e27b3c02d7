import { IANAZone } from 'luxon';
import { CrmError } from '../../model/crmError';
import type { EntityDescription, FieldDescription, FieldType } from '../../model/entity';
import { quoted } from '../values/quoted';
import { fieldIndex, isWritable } from './fieldUse';
import type { PushSettings } from './pushTypes';

/** Kinds of fields whose values many records share, or that cannot be compared. */
const TELLS_NOTHING_APART: readonly FieldType[] = ['boolean', 'multipicklist', 'other'];

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
	checkTimeZone(settings);
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
		message: `The signed-in user may not ${missing.join(' or ')} ${description.labelPlural}.`,
		remedy: 'Ask the CRM administrator to give this user the right, or sign in as another user.',
	});
}

function checkTimeZone({ timeZone }: PushSettings): void {
	if (!IANAZone.isValidZone(timeZone)) throw invalid(`There is no time zone ${quoted(timeZone)}.`, 'Choose a time zone such as Europe/Vienna in the settings of the workflow.');
}

function checkField(field: FieldDescription | undefined, name: string, description: EntityDescription, { mode, matchField }: PushSettings): void {
	if (!field) {
		throw invalid(
			`${description.label} has no field ${name}, or the signed-in user may not see it.`,
			`${didYouMean(name, description)}Refresh the field list and map another field, or ask the CRM administrator to show the field to this user.`,
			name,
		);
	}
	if (field.type === 'other') throw invalid(`The field ${named(field)} is of a kind that cannot be written.`, 'Take it out of the mapping.', name);
	if (isWritable(field, mode) || name === matchField) return;
	const why = field.calculated ? 'is calculated by the CRM' : 'is read-only for the signed-in user';
	throw invalid(`The field ${named(field)} ${why} and cannot be written.`, 'Take it out of the mapping.', name);
}

function checkMatchField(field: FieldDescription | undefined, mapped: readonly string[], description: EntityDescription, { matchField, mode }: PushSettings): void {
	if (!matchField) throw invalid('No match field is chosen.', 'Choose the field that finds existing records, usually the e-mail.');
	if (!field) {
		throw invalid(
			`${description.label} has no field ${matchField} to match on, or the signed-in user may not see it.`,
			`${didYouMean(matchField, description)}Choose another match field.`,
			matchField,
		);
	}
	if (!field.filterable || TELLS_NOTHING_APART.includes(field.type)) {
		throw invalid(`Records cannot be found by ${named(field)}.`, 'Choose another match field.', matchField);
	}
	if (!mapped.includes(matchField)) {
		throw invalid(
			`The match field ${named(field)} gets no value.`,
			`Map a value to ${field.label}, or choose a match field that is mapped.`,
			matchField,
		);
	}
	if (mode !== 'update' && !field.createable) throw unfindable(field, description);
}

/** What is created without its match value would be created again by every run. */
function unfindable(field: FieldDescription, { label: entity }: EntityDescription): CrmError {
	return invalid(
		`A new ${entity} cannot be given the match field ${named(field)}, so the next run would not find it and would create it again.`,
		'Choose to update existing records only, or another match field.',
		field.name,
	);
}

function didYouMean(name: string, { fields }: EntityDescription): string {
	const meant = fields.find((field) => field.name.toLowerCase() === name.toLowerCase());
	return meant ? `Did you mean ${meant.name}? ` : '';
}

function checkRequired(description: EntityDescription, mapped: readonly string[]): void {
	const missing = description.fields.filter(({ required, name }) => required && !mapped.includes(name));
	if (missing.length === 0) return;
	const names = missing.map(named).join(', ');
	throw new CrmError('validation', {
		message: `A new ${description.label} needs ${names}, which ${missing.length === 1 ? 'gets' : 'get'} no value.`,
		remedy: 'Map a value to it, or choose to update existing records only.',
		fields: missing.map(({ name }) => name),
	});
}

function invalid(message: string, remedy: string, field?: string): CrmError {
	return new CrmError('validation', { message, remedy, fields: field ? [field] : [] });
}

/** The label, with the API name where it is another word. */
function named({ label, name }: FieldDescription): string {
	return label.replace(/\s/g, '') === name ? label : `${label} (${name})`;
}
