import type { FieldDescription, PicklistValue } from '../../model/entity';

/** A picklist, ready to be looked up. Where a text could mean several choices, the CRM's first one stands. */
export interface Choices {
	/** Rank in the CRM's list, by value. */
	readonly values: ReadonlyMap<string, number>;
	/** Value by label. */
	readonly labels: ReadonlyMap<string, string>;
	/** Value by value or label in lower case; labels of other languages come last. */
	readonly folded: ReadonlyMap<string, string>;
}

/** Lists of countries have hundreds of choices and are looked up for every item, so each list is indexed once. */
const indexed = new WeakMap<readonly PicklistValue[], Choices>();

/** The choices of a field, looked up by value, by label, or without case. */
export function choicesOf({ picklist }: FieldDescription): Choices {
	const known = indexed.get(picklist);
	if (known) return known;
	const choices = indexOf(picklist);
	indexed.set(picklist, choices);
	return choices;
}

function indexOf(picklist: readonly PicklistValue[]): Choices {
	const values = new Map<string, number>();
	const labels = new Map<string, string>();
	const folded = new Map<string, string>();
	for (const [rank, { value, label }] of picklist.entries()) {
		if (!values.has(value)) values.set(value, rank);
		if (!labels.has(label)) labels.set(label, value);
		for (const text of [value.toLowerCase(), label.toLowerCase()]) if (!folded.has(text)) folded.set(text, value);
	}
	for (const { value, otherLabels = [] } of picklist) {
		for (const label of otherLabels) if (!folded.has(label.toLowerCase())) folded.set(label.toLowerCase(), value);
	}
	return { values, labels, folded };
}
