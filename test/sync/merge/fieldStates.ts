import type { KnownBase } from '../../../src/sync/base/fieldBase';
import type { FieldState, ShownState } from '../../../src/sync/merge/fieldFacts';
import { mergeField } from '../../../src/sync/merge/mergeField';
import { nextBase, writtenBase } from '../../../src/sync/merge/nextBase';
import type { FieldRule, Mapping } from '../../../src/sync/mapping/mapping';
import type { Unsendable } from '../../../src/sync/mapping/compiledMapping';
import type { Field, Outcome, Value } from './referenceMerge';

const VALUES = ['', 'a', 'b', 'c', 'p'];

export const SHOWN: readonly Value[] = [undefined, ...VALUES];
export const DIRECTIONS = ['toCrm', 'toApp', 'both'] as const;
export const POLICIES = ['preferCrm', 'preferApp', 'mostRecent', 'fillBlanks', 'hold'] as const;
export const BLANKS = ['keep', 'clear'] as const;
export const RECENCIES = ['app', 'crm', 'unknown'] as const;
export const PERSONS = [undefined, 'app', 'crm', 'leave'] as const;

const settled = ['', 'a'].flatMap((app) => ['', 'a', 'b'].map((crm) => ({ app, crm })));
const sent = settled.flatMap((base) => ['', 'p'].flatMap((value) => [{ tries: 1, earlier: [] }, { tries: 3, earlier: ['c', 'b'] }].map((more) => ({ ...base, sent: value, ...more }))));
const neverSettled = ['', 'a'].flatMap((app) => [1, 3].map((tries) => ({ app, crm: undefined, sent: 'p', tries, earlier: [] })));

/** Unknown, lost, settled alike and apart, with and without something on its way to the app. */
export const BASES: readonly Field['base'][] = ['none', 'lost', ...settled, ...sent, ...neverSettled];

const printOf = (value: string) => VALUES.indexOf(value) + 1;
const valueOf = (print: number | undefined) => (print === undefined ? undefined : VALUES[print - 1]);
const shown = (value: Value): ShownState => (value === undefined ? { kind: 'absent' } : { kind: value === '' ? 'blank' : 'value', print: printOf(value) });

/** The field as the engine sees it. */
export function stateOf({ app, crm, base }: Field): FieldState {
	if (typeof base === 'string') return { app: shown(app), crm: shown(crm), base };
	const pending = base.sent === undefined ? {} : { pending: { print: printOf(base.sent), tries: base.tries ?? 0, earlier: (base.earlier ?? []).map(printOf) } };
	return { app: shown(app), crm: shown(crm), base: { app: printOf(base.app), crm: base.crm === undefined ? undefined : printOf(base.crm), ...pending } };
}

/** What the engine decides about the field, in the words of the reference. */
export function engineMerge(field: Field): Outcome {
	const state = stateOf(field);
	const decision = mergeField(field as unknown as FieldRule, state, {
		firstMatch: field.firstMatch as Mapping['firstMatch'],
		recency: field.recency,
		person: field.person,
		writable: field.writable,
		creating: field.creating,
		obstacle: (winner) => (field.obstacles[winner] ? { held: field.obstacles[winner] as Unsendable['held'], words: '' } : undefined),
	});
	const { action, held, reported } = decision;
	const words = { none: 'nothing', toCrm: 'to CRM', toApp: 'to app', hold: `hold ${held}` }[action];
	const next = action === 'toCrm' ? writtenBase(state, printOf(field.app ?? '')) : nextBase(decision, state);
	return { does: `${words}${reported ? ' and report' : ''}`, base: baseInValues(next) };
}

function baseInValues(base: KnownBase): Field['base'] {
	if (typeof base === 'string') return base;
	const { app, crm, pending } = base;
	const settledValues = { app: valueOf(app)!, crm: valueOf(crm) };
	return pending ? { ...settledValues, sent: valueOf(pending.print), tries: pending.tries, earlier: pending.earlier.map((print) => valueOf(print)!) } : settledValues;
}

/** Every combination of the given choices. */
export function* everyField(choices: { readonly [K in keyof Required<Field>]: readonly Field[K][] }): Generator<Field> {
	const names = Object.keys(choices) as (keyof Field)[];
	const at = names.map(() => 0);
	for (;;) {
		yield Object.fromEntries(names.map((name, place) => [name, choices[name][at[place]]])) as unknown as Field;
		let place = names.length - 1;
		while (place >= 0 && ++at[place] === choices[names[place]].length) at[place--] = 0;
		if (place < 0) return;
	}
}
