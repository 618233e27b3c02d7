import fc from 'fast-check';
import type { FieldDescription } from '../../../src/model/entity';
import type { CrmValue } from '../../../src/model/record';
import { compileMapping } from '../../../src/sync/mapping/compileMapping';
import { DEFAULT_RULE, type FieldRule } from '../../../src/sync/mapping/mapping';
import type { Transform } from '../../../src/sync/mapping/transform';
import { mergeRecord } from '../../../src/sync/merge/mergeRecord';
import { NEW_RECORD, type RecordMergeInput } from '../../../src/sync/merge/recordMerge';
import { lead } from '../entities';
import { normalised } from '../memoryRules';
import { key, mappingOf, row } from '../merge/linkedPair';
import { BLANKS, DIRECTIONS, POLICIES } from '../merge/fieldStates';
import { law } from './law';
import { fields, raws, zones } from './rawValues';

const plain: fc.Arbitrary<Transform> = fc.constantFrom<Transform>({ kind: 'none' }, { kind: 'trim' }, { kind: 'upper' }, { kind: 'lower' });
const map: Transform = { kind: 'valueMap', pairs: [{ app: 'x', crm: 'Media' }, { app: 'y', crm: 'Media' }, { app: 'News', crm: 'News' }, { app: 'ja', crm: 'true' }] };
const transforms = fc.oneof({ weight: 4, arbitrary: plain }, fc.constant(map));
const keyring = { current: key('first'), former: [] };

function compiled(field: FieldDescription, transform: Transform, timeZone: string) {
	return compileMapping(mappingOf([row('x', field.name, { transform })], { timeZone }), lead).rules[0];
}

/** What a CRM may hold: anything single. */
const stored: fc.Arbitrary<CrmValue> = raws.map((raw) => (typeof raw === 'string' || typeof raw === 'boolean' || (typeof raw === 'number' && Number.isFinite(raw)) ? raw : String(JSON.stringify(raw, (_, part: unknown) => (typeof part === 'bigint' ? String(part) : part)))));

law('what goes to the CRM is, as the CRM shows it, the same as what the app shows', fc.tuple(raws, fields, transforms, zones), ([raw, field, transform, timeZone]) => {
	const rule = compiled(field, transform, timeZone);
	const shown = rule.readApp(raw);
	if (shown.kind !== 'value') return;
	const sendable = rule.forCrm(shown);
	if (!sendable.ok) return expect(sendable.why.words.length).toBeLessThan(300);
	expect(rule.readCrm(normalised(sendable.value, field))).toMatchObject({ kind: 'value', text: shown.text });
});

law('what goes to the app is, as the app shows it, the same as what the CRM shows', fc.tuple(stored, fields, transforms, zones), ([raw, field, transform, timeZone]) => {
	const rule = compiled(field, transform, timeZone);
	const shown = rule.readCrm(raw);
	if (shown.kind === 'absent') return;
	const sendable = rule.forApp(shown);
	if (!sendable.ok || (shown.kind === 'blank' && field.type === 'boolean')) return;
	const back = rule.readApp(sendable.value);
	expect(back.kind === 'value' && shown.kind === 'value' ? back.text : back.kind).toBe(shown.kind === 'value' ? shown.text : shown.kind);
});

const rules: fc.Arbitrary<readonly FieldRule[]> = fc
	.uniqueArray(fc.tuple(fields, fc.constantFrom(...DIRECTIONS), fc.constantFrom(...POLICIES), fc.constantFrom(...BLANKS), transforms), { maxLength: 6, selector: ([field]) => field.name })
	.map((rows) => rows.map(([field, direction, conflict, blank, transform]) => ({ ...DEFAULT_RULE, ...row(`app${field.name}`, field.name), direction, conflict, blank, transform })));

interface World {
	readonly rules: readonly FieldRule[];
	readonly firstMatch: (typeof POLICIES)[number];
	readonly app: readonly unknown[];
	readonly crm: readonly (CrmValue | undefined)[];
	readonly edited: readonly unknown[];
}

const shownByCrm = fc.oneof(stored, fc.constantFrom(null, undefined, ''));
const worlds: fc.Arbitrary<World> = fc.record({
	rules,
	firstMatch: fc.constantFrom(...POLICIES),
	app: fc.array(fc.oneof(raws, fc.constantFrom(null, undefined, '')), { minLength: 6, maxLength: 6 }),
	crm: fc.array(shownByCrm, { minLength: 6, maxLength: 6 }),
	edited: fc.array(fc.oneof(raws, fc.constantFrom(null, undefined, '')), { minLength: 6, maxLength: 6 }),
});

const named = <T>(names: readonly string[], values: readonly T[]) => Object.fromEntries(names.map((name, at) => [name, values[at]]));

/** Merges, lets both sides take what they get as they get it, and merges again, a few times. */
function* runs({ rules: rows, firstMatch, app, crm, edited }: World) {
	const mapping = compileMapping(mappingOf(rows, { firstMatch }), lead);
	const appNames = rows.map(({ appField }) => appField);
	let now: RecordMergeInput = { mapping, keyring, linkId: 'L1', app: named(appNames, app), crm: named(rows.map(({ crmField }) => crmField), crm), base: undefined };
	for (let run = 0; run < 5; run += 1) {
		const merge = mergeRecord(now);
		yield merge;
		const written = Object.keys(merge.toCrm).length > 0;
		const edits = run === 1 ? named(appNames, edited) : {};
		now = {
			...now,
			app: { ...(now.app as Record<string, unknown>), ...merge.toApp, ...edits },
			crm: { ...(now.crm as Record<string, CrmValue | undefined>), ...merge.toCrm },
			base: written ? merge.baseAfterWrite(merge.toCrm) : (merge.base ?? now.base),
		};
	}
}

law('whatever both sides show, two runs after the last edit nothing goes over and nothing is stored', worlds, (world) => {
	const merges = [...runs(world)];
	const last = merges.at(-1)!;
	expect({ toCrm: last.toCrm, toApp: last.toApp, reports: last.reports, base: last.base }).toEqual({ toCrm: {}, toApp: {}, reports: [], base: undefined });
	expect(last.quiet).toBe(last.holds.length === 0);
});

law('a field is written on the sides that its row names, and every field is explained', worlds, (world) => {
	for (const merge of runs(world)) {
		const byCrm = new Map(world.rules.map((rule) => [rule.crmField, rule]));
		const byApp = new Map(world.rules.map((rule) => [rule.appField, rule]));
		for (const name of Object.keys(merge.toCrm)) expect(byCrm.get(name)!.direction).not.toBe('toApp');
		for (const name of Object.keys(merge.toApp)) expect(byApp.get(name)!.direction).not.toBe('toCrm');
		expect(merge.explain().map(({ words }) => words)).toEqual(world.rules.map(() => expect.stringMatching(/^[A-Z].*\.$/)));
	}
});

law('a row decides alone: merged together or one by one is the same', worlds, (world) => {
	const together = [...runs(world)][0];
	for (const [at, rule] of world.rules.entries()) {
		const alone = [...runs({ ...world, rules: [rule], app: [world.app[at]], crm: [world.crm[at]] })][0];
		expect([alone.toCrm[rule.crmField], alone.toApp[rule.appField]]).toEqual([together.toCrm[rule.crmField], together.toApp[rule.appField]]);
		expect(alone.holds.map(({ held }) => held)).toEqual(together.holds.filter(({ ruleId }) => ruleId === rule.id).map(({ held }) => held));
	}
});

law('a new record gets every value that fits and goes that way, and is then at rest', worlds, ({ rules: rows, app }) => {
	const mapping = compileMapping(mappingOf(rows), lead);
	const shown = named(rows.map(({ appField }) => appField), app);
	const create = mergeRecord({ mapping, keyring, linkId: 'L1', app: shown, crm: NEW_RECORD, base: undefined });
	expect(create.toApp).toEqual({});
	expect(Object.values(create.toCrm)).not.toContain(null);
	const blank = Object.fromEntries(rows.map(({ crmField }) => [crmField, null]));
	const again = mergeRecord({ mapping, keyring, linkId: 'L1', app: shown, crm: { ...blank, ...create.toCrm }, base: create.baseAfterWrite(create.toCrm) });
	expect([again.toApp, again.toCrm]).toEqual([{}, {}]);
});
