import fc from 'fast-check';
import { matchKeyOf, storedKeyOf } from '../../../src/sync/matchKey';
import { canonicalValue, isEmptyValue } from '../../../src/sync/values/canonicalValue';
import { sameValue } from '../../../src/sync/values/sameValue';
import { lead } from '../entities';
import { normalised } from '../memoryRules';
import { law } from './law';

const fields = fc.constantFrom(...lead.fields.filter(({ type }) => type !== 'other'));
const zones = fc.constantFrom('UTC', 'Europe/Vienna', 'Asia/Kathmandu', 'America/St_Johns', 'Pacific/Kiritimati', 'Africa/Monrovia', 'America/Santiago');
const moments = fc.date({ min: new Date('1699-12-30'), max: new Date('4001-01-02'), noInvalidDate: true });
const pieces = fc.array(fc.constantFrom('News', 'offers', 'Events (label)', ' ', '', ';', 'News;Offers'), { maxLength: 4 });

const raws: fc.Arbitrary<unknown> = fc.oneof(
	fc.string({ unit: 'grapheme', maxLength: 90 }),
	fc.string({ unit: 'binary', maxLength: 20 }),
	fc.emailAddress(),
	fc.double(),
	fc.double({ min: -1e15, max: 1e15 }).map(String),
	fc.tuple(fc.integer(), fc.nat(999_999)).map(([whole, part]) => `${whole}.${part}`),
	fc.maxSafeInteger(),
	fc.bigInt(),
	fc.boolean(),
	moments,
	moments.map((date) => date.toISOString().replace('Z', '')),
	moments.map((date) => date.toISOString().slice(0, 10)),
	moments.map((date) => date.toISOString().replace('Z', '+05:45')),
	fc.constantFrom('9:05', '23:59:59.99', 'yes', 'off', 'media', 'RETAIL (label)', 'Working'),
	pieces,
	pieces.map((parts) => parts.join(';')),
	fc.anything(),
);

law('no value makes the engine throw, and every reason is short', fc.tuple(raws, fields, zones), ([raw, field, timeZone]) => {
	const outcome = canonicalValue(raw, field, { timeZone });
	if (!outcome.ok) expect(outcome.reason.length).toBeLessThan(300);
});

law('the canonical form of a canonical value is itself, in every zone', fc.tuple(raws, fields, zones, zones), ([raw, field, timeZone, other]) => {
	const once = canonicalValue(raw, field, { timeZone });
	if (!once.ok || isEmptyValue(once.value)) return;
	expect(canonicalValue(once.value, field, { timeZone: other })).toEqual(once);
});

law('what a CRM makes of a canonical value counts as the same, and has the same match key', fc.tuple(raws, fields, zones), ([raw, field, timeZone]) => {
	const wanted = canonicalValue(raw, field, { timeZone });
	if (!wanted.ok) return;
	const stored = normalised(wanted.value, field);
	expect(sameValue(wanted.value, stored, field)).toBe(true);
	expect(storedKeyOf(stored, field)).toBe(matchKeyOf(wanted.value, field));
});

law('the key of a key is itself', fc.string({ unit: 'grapheme' }), (text) => {
	const [field] = lead.fields;
	const key = matchKeyOf(text, field);
	expect(matchKeyOf(key, field)).toBe(key);
});
