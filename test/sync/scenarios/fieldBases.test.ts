import { keyTagOf } from '../../../src/sync/base/openBase';
import { packBase, unpackBase } from '../../../src/sync/base/packedBase';
import { compileMapping } from '../../../src/sync/mapping/compileMapping';
import { lead } from '../entities';
import { key, LinkedPair, mappingOf, row } from '../merge/linkedPair';

const phone = row('phone', 'Phone');
const first = row('first', 'FirstName');

/** A pair with two rows, settled, and then edited in the app. */
function edited(): LinkedPair {
	const pair = LinkedPair.settled({ phone: '1', first: 'Ada' }, { Phone: '1', FirstName: 'Ada' }, phone, first);
	pair.app = { phone: '2', first: 'Ada' };
	return pair;
}

test('F49 a new row is settled by the first-match setting, and touches no other row', () => {
	const pair = edited();
	pair.mapping = mappingOf([row('last', 'LastName'), phone, first]);
	pair.app = { ...pair.app, last: 'Lovelace' };
	pair.crm = { ...pair.crm, LastName: 'King' };
	expect(pair.run()).toEqual(['CRM Phone = "2"', 'app last = "King"', 'report LastName: app "Lovelace", CRM "King"']);
});

test('F50 a row with another transform starts anew, alone; other policies and directions keep what is known', () => {
	const pair = edited();
	pair.app.first = 'Eve';
	pair.mapping = mappingOf([{ ...phone, transform: { kind: 'upper' } }, { ...first, conflict: 'hold', direction: 'toCrm', blank: 'clear' }]);
	expect(pair.run()).toEqual(['CRM FirstName = "Eve"', 'app phone = "1"', 'report Phone: app "2", CRM "1"']);
});

test('F51 a row that was off meanwhile goes on from what it knew', () => {
	const pair = edited();
	pair.mapping = mappingOf([{ ...phone, enabled: false }, first]);
	pair.app.first = 'Eve';
	expect(pair.run()).toEqual(['CRM FirstName = "Eve"']);
	pair.mapping = mappingOf([phone, first]);
	expect(pair.run()).toEqual(['CRM Phone = "2"']);
});

test('F52 made with a key that is not at hand: equal values are adopted, others held, and stay held', () => {
	const pair = edited();
	pair.keyring = { current: key('another'), former: [] };
	expect(pair.run()).toEqual(['hold Phone baseLost: app "2", CRM "1"']);
	pair.app.first = 'Eve';
	expect(pair.run()).toEqual(['CRM FirstName = "Eve"', 'hold Phone baseLost: app "2", CRM "1"']);
});

test('F53 made with a former key that is at hand: nothing is lost, and what is settled moves to the new key', () => {
	const pair = edited();
	pair.keyring = { current: key('another'), former: [key('first')] };
	expect(pair.run()).toEqual(['CRM Phone = "2"']);
	expect(unpackBase(pair.base!)!.keyTag).toBe(keyTagOf(key('first')));
	expect(pair.run()).toEqual([]);
	expect(unpackBase(pair.base!)!.keyTag).toBe(keyTagOf(key('another')));
	pair.keyring = { current: key('another'), former: [] };
	expect(pair.run()).toEqual([]);
	expect(pair.merge.quiet).toBe(true);

	const agreed = edited();
	agreed.crm.Phone = '2';
	agreed.keyring = { current: key('another'), former: [key('first')] };
	expect(agreed.run()).toEqual([]);
	expect(unpackBase(agreed.base!)!.keyTag).toBe(keyTagOf(key('another')));

	const held = LinkedPair.settled({ phone: '1' }, { Phone: '1' }, row('phone', 'Phone', { conflict: 'hold' }));
	held.app = { phone: '2' };
	held.crm = { Phone: '3' };
	held.keyring = agreed.keyring;
	for (let run = 0; run < 2; run += 1) expect(held.run()).toEqual(['hold Phone conflict: app "2", CRM "3"']);

	const sent = LinkedPair.settled({ phone: '1', first: 'Ada' }, { Phone: '1', FirstName: 'Ada' }, phone, first);
	sent.appTakes = false;
	sent.crm = { Phone: '2', FirstName: 'Ada' };
	sent.run();
	sent.keyring = agreed.keyring;
	sent.crm.Phone = '1';
	expect(sent.run()).toEqual([]);
	expect(sent.merge.awaiting).toEqual(['phone-Phone']);
	sent.app.phone = '2';
	expect(sent.run()).toEqual(['app phone = "1"']);

	const secured = edited();
	secured.app.phone = '1';
	secured.mapping = mappingOf([phone, first, row('last', 'LastName')]);
	secured.app.last = 'Lovelace';
	secured.keyring = agreed.keyring;
	expect(secured.run()).toEqual([]);
	expect(unpackBase(secured.base!)).toMatchObject({ keyTag: keyTagOf(key('another')), entries: [{}, {}] });
	secured.crm.LastName = 'King';
	expect(secured.run()).toEqual(['app last = "King"', 'report LastName: app "Lovelace", CRM "King"']);
	secured.base = edited().base;
	delete secured.crm.FirstName;
	secured.run();
	expect(unpackBase(secured.base!)!.keyTag).toBe(keyTagOf(key('first')));

	const resting = edited();
	resting.app.phone = '1';
	resting.mapping = mappingOf([phone, { ...first, enabled: false }]);
	resting.keyring = agreed.keyring;
	expect(resting.run()).toEqual([]);
	expect(resting.merge.quiet).toBe(true);
});

test('F54 in another canonical form, or damaged: like a lost key', () => {
	for (const spoil of [(base: Uint8Array) => base.with(1, 0), (base: Uint8Array) => base.with(0, 9), (base: Uint8Array) => base.slice(0, -1)]) {
		const pair = edited();
		pair.base = spoil(pair.base!);
		expect(pair.run()).toEqual(['hold Phone baseLost: app "2", CRM "1"']);
	}
});

test('F55 a row that is off while the base is lost does not come back as a first match', () => {
	for (const lost of [new Uint8Array(0), undefined]) {
		const pair = edited();
		pair.mapping = mappingOf([{ ...phone, enabled: false }, first]);
		if (lost) pair.base = lost;
		else pair.keyring = { current: key('another'), former: [] };
		expect(pair.run()).toEqual([]);
		pair.mapping = mappingOf([phone, first]);
		expect(pair.run()).toEqual(['hold Phone baseLost: app "2", CRM "1"']);
	}
});

test('F56 a row that is gone is forgotten', () => {
	const pair = edited();
	pair.mapping = mappingOf([phone]);
	pair.run();
	const { entries, ...rest } = unpackBase(pair.base!)!;
	expect(entries.map(({ tag }) => tag)).toEqual(compileMapping(pair.mapping, lead).rules.map(({ tag }) => tag));
	expect(packBase({ ...rest, entries })).toEqual(pair.base);
});
