import type { FieldDescription } from '../../model/entity';
import { choicesOf } from '../values/choices';
import { quoted } from '../values/quoted';
import type { Transform, ValuePair } from './transform';

/** A value in the other side's words, or why there are none. */
export type Carried = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly words: string };

/** Takes a value to the other side's words; anything that is not text, or a list of texts, stays as it is. */
export interface Carry {
	/** The app's value in the CRM's words. */
	toCrm(raw: unknown): Carried;
	/** The CRM's value in the app's words. */
	toApp(value: unknown): Carried;
	/** What is no difference: applied to what the CRM shows, before it is compared. */
	level(value: unknown): unknown;
}

type Word = (word: string) => string | undefined;

/** The way of one row's values, in both directions. */
export function carryFor(transform: Transform, field: FieldDescription): Carry {
	if (transform.kind === 'valueMap') return carryByPairs(transform.pairs, field);
	const change = IN_CASE[transform.kind];
	const both = (value: unknown): Carried => ({ ok: true, value: inWords(value, change) });
	return { toCrm: both, toApp: both, level: (value) => inWords(value, change) };
}

const IN_CASE: Readonly<Record<Exclude<Transform['kind'], 'valueMap'>, (text: string) => string>> = {
	none: (text) => text,
	trim: (text) => text,
	upper: (text) => text.toUpperCase(),
	lower: (text) => text.toLowerCase(),
};

function inWords(value: unknown, change: (text: string) => string): unknown {
	if (typeof value === 'string') return change(value);
	return Array.isArray(value) ? value.map((part: unknown) => (typeof part === 'string' ? change(part) : part)) : value;
}

function carryByPairs(pairs: readonly ValuePair[], field: FieldDescription): Carry {
	const several = field.type === 'multipicklist';
	const forward = lookup(pairs.map(({ app, crm }) => [app, crm]));
	const back = lookup(pairs.map(({ app, crm }) => [choiceOf(crm, field), app]));
	return {
		toCrm: (raw) => translate(raw, forward, several, "the app's value"),
		toApp: (value) => translate(value, back, several, "the CRM's value"),
		level: (value) => value,
	};
}

/** Pairs may name a choice by its label. */
function choiceOf(text: string, field: FieldDescription): string {
	const { values, labels, folded } = choicesOf(field);
	return values.has(text) ? text : (labels.get(text) ?? folded.get(text.toLowerCase()) ?? text);
}

/** By the exact text, else without case; where two lines start from the same text, the first one counts. */
function lookup(entries: readonly (readonly [string, string])[]): Word {
	const exact = new Map<string, string>();
	const folded = new Map<string, string>();
	for (const [from, to] of entries) {
		const text = from.trim().normalize('NFC');
		if (!exact.has(text)) exact.set(text, to);
		if (!folded.has(text.toLowerCase())) folded.set(text.toLowerCase(), to);
	}
	return (word) => exact.get(word) ?? folded.get(word.toLowerCase());
}

function translate(value: unknown, word: Word, several: boolean, whose: string): Carried {
	const parts = several ? splitChoices(value) : [value];
	const words: string[] = [];
	for (const part of parts) {
		if (typeof part === 'object' && part !== null) return { ok: true, value };
		const found = word(String(part).trim().normalize('NFC'));
		if (found === undefined) return { ok: false, words: `${whose} ${quoted(part)} has no line in the value map` };
		words.push(found);
	}
	return { ok: true, value: words.join(';') };
}

function splitChoices(value: unknown): readonly unknown[] {
	const parts: readonly unknown[] = Array.isArray(value) ? value : [value];
	return parts.flatMap((part) => (typeof part === 'string' ? part.split(';') : [part])).filter((part) => String(part ?? '').trim() !== '');
}
