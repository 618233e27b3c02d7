import type { FieldDescription, PicklistValue } from '../../model/entity';
import { canonicalText } from './textValue';
import type { Canonical } from './canonical';
import { choicesOf } from './choices';
import { quoted } from './quoted';

const SHOWN_CHOICES = 12;

/** One choice of a list, given as its value or its label; an unknown choice is refused only where the CRM refuses it. */
export function canonicalPicklist(raw: unknown, field: FieldDescription): Canonical {
	const text = canonicalText(raw, field);
	if (!text.ok) return text;
	return oneChoice(String(text.value), field);
}

/** Several choices, as a list or as text with semicolons, each once, in the order of the CRM's own list. */
export function canonicalMultiPicklist(raw: unknown, field: FieldDescription): Canonical {
	const chosen = new Set<string>();
	for (const part of Array.isArray(raw) ? raw : [raw]) {
		const text = canonicalText(part ?? '', field);
		if (!text.ok) return text;
		for (const name of String(text.value).split(';').map((piece) => piece.trim())) {
			if (name === '') continue;
			const choice = oneChoice(name, field);
			if (!choice.ok) return choice;
			chosen.add(String(choice.value));
		}
	}
	if (chosen.size === 0) return { ok: false, reason: 'names no choice' };
	return { ok: true, value: sortAsListed([...chosen], field).join(';') };
}

function oneChoice(text: string, field: FieldDescription): Canonical {
	const { values, labels, folded } = choicesOf(field);
	const value = values.has(text) ? text : (labels.get(text) ?? folded.get(text.toLowerCase()));
	if (value !== undefined) return { ok: true, value };
	if (!field.restricted) return { ok: true, value: text };
	return { ok: false, reason: `${quoted(text)} is not one of the choices: ${listed(field)}` };
}

function listed({ picklist }: FieldDescription): string {
	const shown = picklist.slice(0, SHOWN_CHOICES).map(spoken);
	const more = picklist.length - shown.length;
	return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A number says nothing to a person. */
function spoken({ value, label }: PicklistValue): string {
	return /^-?\d+$/.test(value) && label !== value ? `${label} (${value})` : value;
}

function sortAsListed(chosen: readonly string[], field: FieldDescription): string[] {
	const { values } = choicesOf(field);
	return [...chosen].sort((a, b) => (values.get(a) ?? Infinity) - (values.get(b) ?? Infinity) || (a < b ? -1 : 1));
}
