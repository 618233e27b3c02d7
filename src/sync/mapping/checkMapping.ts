import { IANAZone } from 'luxon';
import type { EntityDescription, FieldDescription, FieldType } from '../../model/entity';
import { quoted } from '../values/quoted';
import { circlesOf } from './circles';
import { checkRow } from './checkRow';
import type { FieldRule, Mapping } from './mapping';
import { goesTo, rowName, type MappingProblem } from './mappingProblem';

/** What a mapping is to be good for. */
export interface MappingUse {
	/** The app's fields, where they are known. */
	readonly appFields?: readonly string[];
	/** Records may be created in the CRM; yes where it is left out. */
	readonly createsInCrm?: boolean;
	/** Records may be created in the app; yes where it is left out. */
	readonly createsInApp?: boolean;
}

/** Kinds of fields whose values many records share, or that cannot be compared. */
const TELLS_NOTHING_APART: readonly FieldType[] = ['boolean', 'multipicklist', 'other'];

/**
 * All that keeps a mapping from working, before anything is read or written: each problem names the row or field, the reason and the
 * remedy. Empty where the mapping can be used. Rows that are off are not looked at, but for their ids.
 */
export function checkMapping(mapping: Mapping, description: EntityDescription, use: MappingUse = {}): readonly MappingProblem[] {
	const rules = mapping.rules.filter(({ enabled }) => enabled);
	if (rules.length === 0) return [{ words: 'No row of the mapping is on.', remedy: 'Map at least one field, among them the match key.' }];
	return [
		...doubleIds(mapping),
		...rules.flatMap((rule) => checkRow(rule, mapping, description, use.appFields)),
		...doubleTargets(mapping, rules),
		...circlesOf(mapping, rules),
		...missingRequired(description, rules, use),
		...checkMatchKey(mapping, description, use),
		...checkSettings(mapping, rules),
	];
}

function doubleIds(mapping: Mapping): MappingProblem[] {
	const ids = mapping.rules.map(({ id }) => id);
	return mapping.rules
		.filter(({ id }, at) => ids.indexOf(id) !== at)
		.map((rule) => ({
			ruleId: rule.id,
			words: `${rowName(mapping, rule)} has the same id as another row.`,
			remedy: 'Remove the row and add it again.',
		}));
}

function doubleTargets(mapping: Mapping, rules: readonly FieldRule[]): MappingProblem[] {
	return (['crm', 'app'] as const).flatMap((side) => {
		const fieldOf = (rule: FieldRule) => (side === 'crm' ? rule.crmField : rule.appField);
		const toSide = rules.filter((rule) => goesTo(rule, side));
		return toSide.flatMap((rule, at): MappingProblem[] => {
			const first = toSide.find((other) => fieldOf(other) === fieldOf(rule))!;
			if (first === toSide[at]) return [];
			const words = `${rowName(mapping, rule)} and ${rowName(mapping, first)} both write the field ${fieldOf(rule)} of the ${side === 'crm' ? 'CRM' : 'app'}.`;
			return [{ ruleId: rule.id, field: fieldOf(rule), words, remedy: 'Switch one of them off, or change its direction.' }];
		});
	});
}

function missingRequired({ label, fields }: EntityDescription, rules: readonly FieldRule[], { createsInCrm = true }: MappingUse): MappingProblem[] {
	const toCrm = rules.filter((rule) => goesTo(rule, 'crm'));
	if (!createsInCrm || toCrm.length === 0) return [];
	return fields
		.filter(({ required, name }) => required && !toCrm.some(({ crmField }) => crmField === name))
		.map((field) => ({
			field: field.name,
			words: `A new ${label} needs ${named(field)}, which no row of the mapping gives a value.`,
			remedy: 'Map a field of the app to it, or let the sync create no records in the CRM.',
		}));
}

function checkMatchKey({ matchKey, rules }: Mapping, { label, fields }: EntityDescription, use: MappingUse): MappingProblem[] {
	const field = fields.find(({ name }) => name === matchKey.crmField);
	const problem = (words: string, remedy: string) => [{ field: matchKey.crmField, words, remedy }];
	if (!field) return problem(`${label} has no field ${quoted(matchKey.crmField)} to match on, or the signed-in user may not see it.`, 'Choose another match key.');
	if (!field.filterable || TELLS_NOTHING_APART.includes(field.type)) return problem(`Records cannot be found by ${named(field)}.`, 'Choose another match key.');
	return (['crm', 'app'] as const).flatMap((side) => {
		const creates = (side === 'crm' ? use.createsInCrm : use.createsInApp) ?? true;
		const toSide = rules.filter((rule) => rule.enabled && goesTo(rule, side));
		const isGiven = toSide.some((rule) => rule.crmField === matchKey.crmField && rule.appField === matchKey.appField);
		if (!creates || toSide.length === 0 || isGiven) return [];
		return problem(
			`New records of the ${side === 'crm' ? 'CRM' : 'app'} would not get the match key ${named(field)}, so that they could not be found again.`,
			`Add a row from ${matchKey.appField} to ${field.name} in both directions, or let the sync create no records there.`,
		);
	});
}

function checkSettings({ timeZone, appModifiedField, firstMatch }: Mapping, rules: readonly FieldRule[]): MappingProblem[] {
	const problems: MappingProblem[] = [];
	if (!IANAZone.isValidZone(timeZone)) problems.push({ words: `There is no time zone ${quoted(timeZone)}.`, remedy: 'Choose a time zone such as Europe/Vienna.' });
	const mostRecent = firstMatch === 'mostRecent' || rules.some(({ conflict }) => conflict === 'mostRecent');
	if (mostRecent && !appModifiedField) {
		const words = 'A row lets the most recent record count, but it is not said which field of the app tells when a record was changed.';
		problems.push({ words, remedy: 'Name that field, or choose another rule for conflicts.' });
	}
	return problems;
}

/** The label, with the API name where it is another word. */
function named({ label, name }: FieldDescription): string {
	return label.replace(/\s/g, '') === name ? label : `${label} (${name})`;
}
