import type { FieldDescription, FieldType } from '../../model/entity';
import type { CrmValue } from '../../model/record';
import { looselyCanonical } from '../values/looselyCanonical';
import { quoted } from '../values/quoted';
import type { Transform, ValuePair } from './transform';

/** A value in the other side's words, or why there are none. */
export type Carried = { readonly ok: true; readonly value: unknown } | { readonly ok: false; readonly words: string };

/** Takes a value to the other side's words. */
export interface Carry {
	/** The app's value in the CRM's words. */
	toCrm(raw: unknown): Carried;
	/** The CRM's value in the app's words. */
	toApp(value: CrmValue): Carried;
	/** Takes away what is no difference, from canonical values of both sides before they are compared; absent where there is no such thing. */
	readonly level?: (value: CrmValue) => CrmValue;
}

type Word = (word: string) => string | undefined;

/** The way of one row's values, in both directions. */
export function carryFor(transform: Transform, field: FieldDescription): Carry {
	if (transform.kind === 'valueMap') return carryByPairs(transform.pairs, field);
	const change = TEXTS.includes(field.type) ? IN_CASE[transform.kind] : undefined;
	if (!change) return { toCrm: unchanged, toApp: unchanged };
	const level = (value: CrmValue) => (typeof value === 'string' ? change(value) : value);
	return { toCrm: unchanged, toApp: (value) => ({ ok: true, value: level(value) }), level };
}

/** Fields whose case is for people; that of an id tells records apart. */
const TEXTS: readonly FieldType[] = ['text', 'email', 'phone', 'url', 'picklist', 'multipicklist'];

const IN_CASE: Readonly<Partial<Record<Transform['kind'], (text: string) => string>>> = {
	upper: (text) => text.toUpperCase().normalize('NFC'),
	lower: (text) => text.toLowerCase().normalize('NFC'),
};

function unchanged(value: unknown): Carried {
	return { ok: true, value };
}

function carryByPairs(pairs: readonly ValuePair[], field: FieldDescription): Carry {
	const several = field.type === 'multipicklist';
	const forward = lookup(pairs.map(({ app, crm }) => [app, crm]));
	const choices = pairs.map(({ crm }) => choiceOf(crm, field));
	const back = lookup(pairs.map(({ app }, at) => [choices[at], app]));
	const same = lookup(choices.map((choice) => [choice, choice]));
	const inOneCase = (text: string) => same(text) ?? text;
	return {
		toCrm: (raw) => translate(raw, forward, several, "the app's value"),
		toApp: (value) => translate(value, back, several, "the CRM's value"),
		level: (value) => (typeof value !== 'string' ? value : several ? value.split(';').map(inOneCase).join(';') : inOneCase(value)),
	};
}

/** Pairs may name a choice by its label, or a checkbox by yes and no. */
function choiceOf(text: string, field: FieldDescription): string {
	const canonical = looselyCanonical(text, field, { timeZone: 'utc' });
	return canonical.ok ? String(canonical.value) : text;
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
