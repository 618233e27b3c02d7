import type { FieldDescription } from '../../model/entity';
import { canonicalText } from './textValue';
import type { Canonical } from './canonicalValue';
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
	const parts: unknown[] = Array.isArray(raw) ? raw : typeof raw === 'string' ? raw.split(';') : [raw];
	const chosen = new Set<string>();
	for (const part of parts) {
		const text = canonicalText(part ?? '', field);
		if (!text.ok) return text;
		if (text.value === '') continue;
		const choice = oneChoice(String(text.value), field);
		if (!choice.ok) return choice;
		chosen.add(String(choice.value));
	}
	if (chosen.size === 0) return { ok: false, reason: 'names no choice' };
	return { ok: true, value: sortAsListed([...chosen], field).join(';') };
}

function oneChoice(text: string, field: FieldDescription): Canonical {
	const fold = text.toLowerCase();
	const { picklist } = field;
	const found =
		picklist.find(({ value }) => value === text) ??
		picklist.find(({ label }) => label === text) ??
		picklist.find(({ value, label }) => value.toLowerCase() === fold || label.toLowerCase() === fold);
	if (found) return { ok: true, value: found.value };
	if (!field.restricted) return { ok: true, value: text };
	return { ok: false, reason: `${quoted(text)} is not one of the choices: ${choices(field)}` };
}

function choices({ picklist }: FieldDescription): string {
	const shown = picklist.slice(0, SHOWN_CHOICES).map(({ value }) => value);
	const more = picklist.length - shown.length;
	return `${shown.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

function sortAsListed(values: readonly string[], { picklist }: FieldDescription): string[] {
	const rank = new Map(picklist.map(({ value }, index) => [value, index]));
	return [...values].sort((a, b) => (rank.get(a) ?? Infinity) - (rank.get(b) ?? Infinity) || (a < b ? -1 : 1));
}
