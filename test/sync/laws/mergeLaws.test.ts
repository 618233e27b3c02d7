import fc from 'fast-check';
import { BASES, BLANKS, DIRECTIONS, engineMerge, everyField, PERSONS, POLICIES, RECENCIES, SHOWN } from '../merge/fieldStates';
import { referenceMerge, type Field } from '../merge/referenceMerge';
import { law } from './law';

const FREE = { writable: ['yes'], creating: [false], obstacles: [{}] } as const;

/** Fields of which the engine and the reference do not say the same; at most a few, because one mistake shows in thousands. */
function disagreements(fields: Iterable<Field>): unknown[] {
	const found: unknown[] = [];
	let count = 0;
	for (const field of fields) {
		count += 1;
		const [engine, reference] = [engineMerge(field), referenceMerge(field)];
		if (JSON.stringify(engine) !== JSON.stringify(reference) && found.push({ field, engine, reference }) >= 3) break;
	}
	expect(count).toBeGreaterThan(1_000);
	return found;
}

test.each(POLICIES)('every field state × direction × blank rule × recency × decision is merged as the reference does: conflict %s', (conflict) => {
	const choices = { app: SHOWN, crm: SHOWN, base: BASES, direction: DIRECTIONS, blank: BLANKS, recency: RECENCIES, person: PERSONS, ...FREE };
	expect(disagreements(everyField({ ...choices, conflict: [conflict], firstMatch: ['hold'] }))).toEqual([]);
});

test.each(POLICIES)('the same where both sides meet for the first time: %s', (firstMatch) => {
	const choices = { app: SHOWN, crm: SHOWN, base: ['none', 'lost'] as const, direction: DIRECTIONS, blank: BLANKS, recency: RECENCIES, person: PERSONS, ...FREE };
	expect(disagreements(everyField({ ...choices, conflict: ['hold'], firstMatch: [firstMatch] }))).toEqual([]);
});

test('the same whatever the CRM or the app says to the value', () => {
	const obstacles = [{}, { app: 'doesNotFit' }, { app: 'cannotBeEmpty' }, { app: 'noMapping' }, { crm: 'noMapping' }];
	const fields = everyField({
		app: SHOWN,
		crm: SHOWN,
		base: BASES,
		direction: DIRECTIONS,
		blank: BLANKS,
		recency: ['unknown'],
		person: [undefined, 'app'],
		conflict: ['preferCrm', 'preferApp'],
		firstMatch: ['preferApp'],
		writable: ['yes', 'onlyOnCreate', 'notOnCreate'],
		creating: [true, false],
		obstacles,
	});
	expect(disagreements(fields)).toEqual([]);
});

const SWAPPED: Readonly<Record<string, string>> = { app: 'crm', crm: 'app', toCrm: 'toApp', toApp: 'toCrm', preferCrm: 'preferApp', preferApp: 'preferCrm', 'to CRM': 'to app', 'to app': 'to CRM' };
const swap = <T extends string | undefined>(word: T): T => (word === undefined ? word : ((SWAPPED[word] ?? word) as T));

function swapSides(field: Field): Field {
	const { app, crm, base, direction, conflict, firstMatch, recency, person, obstacles } = field;
	return {
		...field,
		app: crm,
		crm: app,
		base: typeof base === 'string' ? base : { app: base.crm!, crm: base.app },
		direction: swap(direction),
		conflict: swap(conflict),
		firstMatch: swap(firstMatch),
		recency: swap(recency),
		person: swap(person),
		obstacles: { app: obstacles.crm, crm: obstacles.app },
	};
}

test('swapping sides and policies swaps the result, ties apart', () => {
	const bases = BASES.filter((base) => typeof base === 'string' || base.sent === undefined);
	const choices = { app: SHOWN, crm: SHOWN, base: bases, direction: DIRECTIONS, blank: BLANKS, person: PERSONS, ...FREE };
	const fields = everyField({ ...choices, recency: ['app', 'crm'], conflict: POLICIES, firstMatch: POLICIES });
	const found: unknown[] = [];
	for (const field of fields) {
		const [one, ...rest] = engineMerge(field).does.split(' and ');
		const other = engineMerge(swapSides(field)).does;
		if ([swap(one), ...rest].join(' and ') !== other && found.push({ field, one, other }) >= 3) break;
	}
	expect(found).toEqual([]);
});

const anyField: fc.Arbitrary<Field> = fc.record({
	app: fc.constantFrom(...SHOWN),
	crm: fc.constantFrom(...SHOWN),
	base: fc.constantFrom(...BASES),
	direction: fc.constantFrom(...DIRECTIONS),
	conflict: fc.constantFrom(...POLICIES),
	firstMatch: fc.constantFrom(...POLICIES),
	blank: fc.constantFrom(...BLANKS),
	recency: fc.constantFrom(...RECENCIES),
	person: fc.constant(undefined),
	writable: fc.constantFrom('yes' as const, 'onlyOnCreate' as const),
	creating: fc.constant(false),
	obstacles: fc.constantFrom({}, { app: 'doesNotFit' }, { crm: 'noMapping' }),
});

law('after a field went over or was settled, merging it again does nothing, and is not reported again', anyField, (field) => {
	const { does, base } = engineMerge(field);
	if (does.startsWith('hold')) return;
	const crm = does.startsWith('to CRM') ? field.app : field.crm;
	const app = does.startsWith('to app') ? field.crm : field.app;
	const second = engineMerge({ ...field, app, crm, base });
	expect(second.does).toBe('nothing');
	expect(engineMerge({ ...field, app, crm, base: second.base })).toEqual(second);
});

law('a base that is lost never leads to a write by itself', anyField, (field) => {
	expect(engineMerge({ ...field, base: 'lost' }).does).toMatch(/^(nothing|hold baseLost and report)$/);
});

law('nothing is ever written against the direction', fc.tuple(anyField, fc.constantFrom(...PERSONS)), ([field, person]) => {
	expect(engineMerge({ ...field, person, direction: 'toCrm' }).does).not.toContain('to app');
	expect(engineMerge({ ...field, person, direction: 'toApp' }).does).not.toContain('to CRM');
});
