import { packBase, unpackBase } from '../../../src/sync/base/packedBase';
import { compileMapping } from '../../../src/sync/mapping/compileMapping';
import type { FieldRule } from '../../../src/sync/mapping/mapping';
import { confirmDelivered, rowsUnderWay, type Confirmation } from '../../../src/sync/merge/confirmDelivered';
import { UnreadableValue } from '../../../src/sync/values/unreadableValue';
import { lead } from '../entities';
import { key, LinkedPair, mappingOf, row } from '../merge/linkedPair';

const phone = row('phone', 'Phone');
const first = row('first', 'FirstName');

/** A pair with two values on their way to an app that does not take them. */
function underWay(): LinkedPair {
	const pair = LinkedPair.settled({ phone: '1', first: 'Ada' }, { Phone: '1', FirstName: 'Ada' }, phone, first);
	pair.appTakes = false;
	pair.crm = { Phone: '2', FirstName: 'Eve' };
	pair.run();
	return pair;
}

function confirmed(pair: LinkedPair, more: Partial<Confirmation> = {}): Uint8Array {
	return confirmDelivered({ mapping: compileMapping(pair.mapping, lead), keyring: pair.keyring, linkId: 'L1', base: pair.base!, ...more });
}

test('what is confirmed counts as shown, and confirming it again changes nothing', () => {
	const pair = underWay();
	pair.base = confirmed(pair);
	expect(confirmed(pair)).toBe(pair.base);
	pair.app = { phone: '2', first: 'Eve' };
	expect(pair.run()).toEqual([]);
	expect(pair.merge.quiet).toBe(true);
	pair.app.phone = '3';
	expect(pair.run()).toEqual(['CRM Phone = "3"']);
});

const tagOf = (rule: FieldRule) => compileMapping(mappingOf([rule]), lead).rules[0].tag;

test('only the rows that were surely contained are confirmed', () => {
	const pair = underWay();
	pair.base = confirmed(pair, { rows: [tagOf(phone)] });
	expect(pair.run()).toEqual(['CRM Phone = "1"', 'app first = "Eve"']);
	expect(pair.merge.awaiting).toEqual(['first-FirstName']);
});

test('what the app made of it is its base; what it does not tell is what was sent', () => {
	const pair = underWay();
	pair.base = confirmed(pair, { readBack: { phone: '+2', first: new UnreadableValue('no') } });
	pair.app = { phone: '+2', first: 'Eve' };
	expect(pair.run()).toEqual([]);
	expect(pair.merge.quiet).toBe(true);
});

test('of a row that was not surely contained the read-back tells', () => {
	const pair = underWay();
	pair.base = confirmed(pair, { rows: [], readBack: { phone: '2', first: undefined } });
	pair.app = { phone: '2', first: 'Ada' };
	expect(pair.run()).toEqual(['app first = "Eve"']);
});

test('a field that the app emptied is empty', () => {
	const pair = underWay();
	pair.base = confirmed(pair, { readBack: { phone: null } });
	pair.app = { phone: '', first: 'Eve' };
	expect(pair.run()).toEqual([]);
	expect(pair.merge.quiet).toBe(true);
});

test('a row that is off is confirmed by what was sent, if it was contained', () => {
	const pair = underWay();
	pair.mapping = mappingOf([{ ...phone, enabled: false }, first]);
	const pendings = (base: Uint8Array) => unpackBase(base)!.entries.map((entry) => entry.base !== 'lost' && entry.base.pending !== undefined);
	expect(pendings(confirmed(pair, { readBack: { phone: '3', first: 'Eve' } }))).toEqual([false, false]);
	expect(pendings(confirmed(pair, { rows: [tagOf(first)] }))).toEqual([true, false]);
	expect(pendings(confirmed(pair, { rows: [tagOf(phone)] }))).toEqual([false, true]);
});

test('rows without anything under way, and lost ones, stay as they are', () => {
	const pair = underWay();
	const link = unpackBase(pair.base!)!;
	const [one, two] = link.entries;
	const settled = { tag: one.tag, base: { app: 1, crm: 2 } };
	pair.base = packBase({ ...link, entries: [settled, two, { tag: 3, base: 'lost' }] });
	expect(unpackBase(confirmed(pair))!.entries).toEqual([settled, { tag: two.tag, base: { app: expect.any(Number), crm: expect.any(Number) } }, { tag: 3, base: 'lost' }]);
	pair.base = packBase({ ...link, entries: [settled, { tag: 3, base: 'lost' }] });
	expect(confirmed(pair)).toBe(pair.base);
});

test('what was made with a key that is not at hand is not confirmed', () => {
	const pair = underWay();
	expect(confirmed(pair, { keyring: { current: key('another'), former: [] } })).toBe(pair.base);
});

test('what is on its way is told row by row, also of rows that are off', () => {
	const pair = underWay();
	const open = (base: Uint8Array) => rowsUnderWay({ keyring: pair.keyring, base });
	expect([open(pair.base!), open(confirmed(pair)), open(confirmed(pair, { rows: [tagOf(first)] }))]).toEqual([[tagOf(phone), tagOf(first)], [], [tagOf(phone)]]);
	pair.mapping = mappingOf([{ ...phone, enabled: false }, first]);
	expect(open(confirmed(pair, { rows: [tagOf(first)] }))).toEqual([tagOf(phone)]);
});
