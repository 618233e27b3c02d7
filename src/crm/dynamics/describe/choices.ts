import type { PicklistValue } from '../../../model/entity';
import { isObject, listOf, objectOf, textOf, type Json } from '../../json';
import { allLabels, labelIn } from './labels';

/**
 * The choices of a column by its name, out of the definitions of all columns that have some; those of a yes or no are `true` and `false`.
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/optionsetmetadata
 */
export function choicesByColumn(definitions: readonly Json[]): ReadonlyMap<string, readonly PicklistValue[]> {
	return new Map(definitions.flatMap((column) => {
		const name = textOf(column.LogicalName);
		return name === undefined ? [] : [[name, choicesOf(column)] as const];
	}));
}

function choicesOf(column: Json): readonly PicklistValue[] {
	const set = isObject(column.OptionSet) ? column.OptionSet : objectOf(column.GlobalOptionSet);
	const truths = [['true', set.TrueOption] as const, ['false', set.FalseOption] as const];
	return [...listOf(set.Options).filter(isObject).flatMap(choice), ...truths.flatMap(([value, option]) => (isObject(option) ? [named(value, option)] : []))];
}

function choice({ Value, Label }: Json): readonly PicklistValue[] {
	if (typeof Value !== 'number' || !Number.isSafeInteger(Value)) return [];
	return [named(String(Value), { Label })];
}

function named(value: string, { Label }: Json): PicklistValue {
	const label = labelIn(Label) ?? value;
	const otherLabels = allLabels(Label).filter((text) => text !== label);
	return { value, label, ...(otherLabels.length > 0 ? { otherLabels } : {}) };
}
