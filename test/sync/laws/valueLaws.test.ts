import fc from 'fast-check';
import { matchKeyOf, storedKeyOf } from '../../../src/sync/matchKey';
import { canonicalValue, isEmptyValue } from '../../../src/sync/values/canonicalValue';
import { comparableText } from '../../../src/sync/values/comparableText';
import { sameValue } from '../../../src/sync/values/sameValue';
import { storedValue } from '../../../src/sync/values/storedValue';
import { lead } from '../entities';
import { normalised } from '../memoryRules';
import { law } from './law';
import { fields, raws, zones } from './rawValues';

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

law('two values are the same exactly where their comparable texts are', fc.tuple(raws, raws, fields, zones), ([raw, other, field, timeZone]) => {
	const wanted = canonicalValue(raw, field, { timeZone });
	const shown = canonicalValue(other, field, { timeZone });
	if (!wanted.ok || !shown.ok || wanted.value === null || isEmptyValue(wanted.value)) return;
	for (const stored of [shown.value, normalised(wanted.value, field), normalised(shown.value, field)]) {
		const [one, two] = [wanted.value, storedValue(stored, field)];
		expect(two !== null && comparableText(one, field) === comparableText(two, field)).toBe(sameValue(wanted.value, stored, field));
	}
});
