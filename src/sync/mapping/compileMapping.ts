import type { EntityDescription, FieldDescription } from '../../model/entity';
import type { CompiledMapping, CompiledRule } from './compiledMapping';
import { compileRule } from './compileRule';
import type { FieldRule, Mapping } from './mapping';
import { ruleVersion } from './ruleVersion';

/**
 * Makes a mapping ready for many records; once a run.
 *
 * @throws RangeError when a row that is on names no field of the description; `checkMapping` says so in words, and is to be asked first.
 */
export function compileMapping(mapping: Mapping, description: EntityDescription): CompiledMapping {
	const fields = new Map(description.fields.map((field) => [field.name, field]));
	const taken = new Set<number>();
	const rules: CompiledRule[] = [];
	const restingTags = new Set<number>();
	for (const rule of mapping.rules) {
		const field = fields.get(rule.crmField);
		if (!field) {
			if (rule.enabled) throw new RangeError(`${description.label} has no field ${rule.crmField}`);
			continue;
		}
		const tag = tagOf(rule, field, mapping.timeZone, taken);
		if (rule.enabled) rules.push({ ...compileRule(rule, field, mapping.timeZone), tag });
		else restingTags.add(tag);
	}
	return { mapping, rules, restingTags, appFields: appFieldsOf(mapping, rules), crmFields: crmFieldsOf(mapping, rules) };
}

/** The first 28 bits of the version; were two rows of one mapping ever to share them, the later one takes the next. */
function tagOf(rule: FieldRule, field: FieldDescription, timeZone: string, taken: Set<number>): number {
	const version = ruleVersion(rule, field, timeZone);
	let at = 0;
	while (taken.has(bits(version, at))) at += 1;
	taken.add(bits(version, at));
	return bits(version, at);
}

function bits(version: string, at: number): number {
	return parseInt(version.slice(at, at + 7), 16);
}

function appFieldsOf({ matchKey, appModifiedField }: Mapping, rules: readonly CompiledRule[]): string[] {
	const modified = appModifiedField === undefined ? [] : [appModifiedField];
	return [...new Set([matchKey.appField, ...modified, ...rules.map(({ rule }) => rule.appField)])];
}

function crmFieldsOf({ matchKey }: Mapping, rules: readonly CompiledRule[]): string[] {
	return [...new Set([matchKey.crmField, ...rules.map(({ rule }) => rule.crmField)])];
}
