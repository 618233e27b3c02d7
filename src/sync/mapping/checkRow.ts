import type { EntityDescription, FieldDescription } from '../../model/entity';
import { canonicalValue } from '../values/canonicalValue';
import { quoted } from '../values/quoted';
import type { FieldRule, Mapping } from './mapping';
import { goesTo, rowName, type MappingProblem } from './mappingProblem';
import type { ValuePair } from './transform';

type Complain = (words: string, remedy: string, field?: string) => MappingProblem;

/** What keeps one row from working, whatever the other rows are. */
export function checkRow(rule: FieldRule, mapping: Mapping, description: EntityDescription, appFields: readonly string[] | undefined): MappingProblem[] {
	const name = rowName(mapping, rule);
	const complain: Complain = (words, remedy, field = rule.crmField) => ({ ruleId: rule.id, field, words: `${name}: ${words}`, remedy });
	const field = description.fields.find((candidate) => candidate.name === rule.crmField);
	return [
		...checkAppField(rule, appFields, complain),
		...(field ? checkCrmField(rule, field, complain) : [unknownField(rule, description, complain)]),
		...(rule.transform.kind === 'valueMap' ? checkPairs(rule.transform.pairs, field, mapping.timeZone, complain) : []),
	];
}

function checkAppField({ appField }: FieldRule, appFields: readonly string[] | undefined, complain: Complain): MappingProblem[] {
	if (appField.trim() === '') return [complain('no field of the app is chosen.', 'Choose one, or remove the row.', appField)];
	if (!appFields || appFields.includes(appField)) return [];
	return [complain(`the app has no field ${quoted(appField)}.`, 'Choose another field of the app, or switch the row off.', appField)];
}

function unknownField({ crmField }: FieldRule, { label, fields }: EntityDescription, complain: Complain): MappingProblem {
	const meant = fields.find(({ name }) => name.toLowerCase() === crmField.toLowerCase());
	return complain(
		`${label} has no field ${quoted(crmField)}, or the signed-in user may not see it.`,
		`${meant ? `Did you mean ${meant.name}? ` : ''}Choose another field, or switch the row off, or ask the CRM administrator to show the field to this user.`,
	);
}

function checkCrmField(rule: FieldRule, field: FieldDescription, complain: Complain): MappingProblem[] {
	if (!goesTo(rule, 'crm')) return [];
	const remedy = 'Let the row go to the app only, or switch it off.';
	if (field.calculated) return [complain(`${field.label} is calculated by the CRM, so nothing can be written to it.`, remedy)];
	if (field.type === 'other' || field.type === 'id') return [complain(`${field.label} is of a kind that cannot be written.`, remedy)];
	if (!field.createable && !field.updateable) return [complain(`${field.label} is read-only for the signed-in user.`, remedy)];
	return [];
}

function checkPairs(pairs: readonly ValuePair[], field: FieldDescription | undefined, timeZone: string, complain: Complain): MappingProblem[] {
	if (pairs.length === 0) return [complain('its value map has no line, so that every value would be held.', 'Add lines, or choose no transform.')];
	return pairs.flatMap(({ app, crm }, at) => {
		if (app.trim() === '' || crm.trim() === '') return [complain(`line ${at + 1} of its value map is not complete.`, 'Fill in both sides of the line, or remove it.')];
		const before = pairs.slice(0, at).find((other) => plain(other.app) === plain(app));
		if (before && plain(before.crm) !== plain(crm)) {
			const words = `its value map turns ${quoted(app)} into ${quoted(before.crm)} and into ${quoted(crm)}.`;
			return [complain(words, 'Remove one of the two lines.')];
		}
		const canonical = field && canonicalValue(crm, field, { timeZone });
		if (!canonical || canonical.ok) return [];
		return [complain(`line ${at + 1} of its value map does not fit the CRM's field: ${canonical.reason}.`, 'Choose a value that the CRM knows.')];
	});
}

function plain(text: string): string {
	return text.trim().normalize('NFC');
}
