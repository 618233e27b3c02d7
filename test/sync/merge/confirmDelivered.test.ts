import { packBase, unpackBase } from '../../../src/sync/base/packedBase';
import { compileMapping } from '../../../src/sync/mapping/compileMapping';
import { confirmDelivered, type Confirmation } from '../../../src/sync/merge/confirmDelivered';
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

test('only the rows that are named are confirmed', () => {
	const pair = underWay();
	pair.base = confirmed(pair, { ruleIds: ['phone-Phone'] });
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

test('a field that the app emptied is empty', () => {
	const pair = underWay();
	pair.base = confirmed(pair, { readBack: { phone: null } });
	pair.app = { phone: '', first: 'Eve' };
	expect(pair.run()).toEqual([]);
	expect(pair.merge.quiet).toBe(true);
});

test('a row that is off is confirmed by what was sent, unless others are named', () => {
	const pair = underWay();
	pair.mapping = mappingOf([{ ...phone, enabled: false }, first]);
	const pendings = (base: Uint8Array) => unpackBase(base)!.entries.map((entry) => entry.base !== 'lost' && entry.base.pending !== undefined);
	expect(pendings(confirmed(pair, { readBack: { phone: '3', first: 'Eve' } }))).toEqual([false, false]);
	expect(pendings(confirmed(pair, { ruleIds: ['first-FirstName', 'phone-Phone'] }))).toEqual([true, false]);
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
