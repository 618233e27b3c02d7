import type { PicklistValue } from '../../../model/entity';
import { isObject, listOf, objectOf, textOf, type Json } from '../../json';
import { allLabels, labelIn } from './labels';

/**
 * The choices of a column by its name, out of the definitions of all columns that have some.
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
	return listOf(set.Options).filter(isObject).flatMap(choice);
}

function choice({ Value, Label }: Json): readonly PicklistValue[] {
	if (typeof Value !== 'number' || !Number.isSafeInteger(Value)) return [];
	const value = String(Value);
	const label = labelIn(Label) ?? value;
	const otherLabels = allLabels(Label).filter((text) => text !== label);
	return [{ value, label, ...(otherLabels.length > 0 ? { otherLabels } : {}) }];
}
