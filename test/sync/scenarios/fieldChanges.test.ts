import type { ConflictPolicy } from '../../../src/sync/mapping/mapping';
import { LinkedPair, mappingOf, row } from '../merge/linkedPair';

const phone = row('phone', 'Phone');

/** Two records that meet for the first time. */
function meeting(app: unknown, crm: string | null, firstMatch: ConflictPolicy = 'preferCrm'): LinkedPair {
	const pair = new LinkedPair(mappingOf([phone], { firstMatch }));
	pair.app = { phone: app };
	pair.crm = { Phone: crm };
	return pair;
}

/** A pair whose phone was "1", changed on both sides. */
function conflict(app: string | null, crm: string | null, policy: ConflictPolicy): LinkedPair {
	const pair = LinkedPair.settled({ phone: '1' }, { Phone: '1' }, row('phone', 'Phone', { conflict: policy }));
	pair.app = { phone: app };
	pair.crm = { Phone: crm };
	return pair;
}

test('F1 what only one side shows is left alone until it was settled once', () => {
	const pair = new LinkedPair(mappingOf([phone]));
	pair.app = { phone: '1' };
	expect(pair.run()).toEqual([]);
	expect(pair.base).toBeUndefined();
	pair.crm = { Phone: null };
	expect(pair.run()).toEqual(['CRM Phone = "1"']);
});

test('F2 an edit in the app waits while a value is on its way there and the CRM was not read', () => {
	const pair = LinkedPair.settled({ phone: '1' }, { Phone: '1' }, phone);
	pair.appTakes = false;
	pair.crm = { Phone: '2' };
	pair.run();
	pair.app = { phone: '3' };
	pair.crm = {};
	expect(pair.run()).toEqual([]);
	expect(pair.why('Phone')).toMatch(/was not read/);
	pair.crm = { Phone: '2' };
	expect(pair.run()).toEqual(['app phone = "2"', 'report Phone: app "3", CRM "2"']);
});

test('F3 what the app shows after it was sent is delivered', () => {
	const pair = LinkedPair.settled({ phone: '1' }, { Phone: '1' }, phone);
	pair.crm = { Phone: '2' };
	expect(pair.run()).toEqual(['app phone = "2"']);
	expect(pair.merge.awaiting).toEqual(['phone-Phone']);
	expect(pair.run()).toEqual([]);
	expect(pair.why('Phone')).toBe('The app shows what was sent to it.');
	expect(pair.merge.awaiting).toEqual([]);
	expect(pair.run()).toEqual([]);
	expect(pair.merge.quiet).toBe(true);
});

test('F57 what is on its way to an app that shows nothing is taken back with the CRM', () => {
	const pair = LinkedPair.settled({ phone: '1' }, { Phone: '1' }, phone);
	pair.appTakes = false;
	pair.app = {};
	pair.crm = { Phone: '2' };
	expect(pair.run()).toEqual(['app phone = "2"']);
	pair.crm = { Phone: '1' };
	expect(pair.run()).toEqual(['app phone = "1"']);
	expect(pair.why('Phone')).toBe('The CRM is back at its former value after another one was sent to the app; it goes to the app.');
	expect(pair.run()).toEqual([]);
	pair.app = { phone: '2' };
	expect(pair.run()).toEqual(['app phone = "1"']);
	pair.app = { phone: '1' };
	expect(pair.run()).toEqual([]);
	expect(pair.merge.awaiting).toEqual([]);
});

test('F4 what did not change is left alone, also where both sides differ', () => {
	const pair = conflict('2', '3', 'fillBlanks');
	expect(pair.run()).toEqual(['report Phone: app "2", CRM "3"']);
	expect(pair.run()).toEqual([]);
	expect(pair.merge.quiet).toBe(true);
	expect(pair.why('Phone')).toBe('Nothing changed since it was last settled.');
});

test('F5 equal values are adopted', () => {
	const pair = meeting('1', '1');
	expect(pair.run()).toEqual([]);
	expect(pair.why('Phone')).toBe('Both sides have the same value.');
	expect(pair.base).toBeDefined();
	pair.app = { phone: '2' };
	expect(pair.run()).toEqual(['CRM Phone = "2"']);
});

test('F6 the same edit on both sides is no conflict', () => {
	const pair = conflict('2', '2', 'hold');
	expect(pair.run()).toEqual([]);
	expect(pair.why('Phone')).toBe('Both sides now have the same value.');
	pair.app = { phone: '1' };
	expect(pair.run()).toEqual(['CRM Phone = "1"']);
});

test('F7 what a person decided counts for the values that were shown, and for no others', () => {
	const pair = conflict('2', '3', 'hold');
	pair.run();
	const takeApp = pair.decide('app');
	pair.crm = { Phone: '4' };
	expect(pair.run([takeApp])).toEqual(['hold Phone conflict: app "2", CRM "4"']);
	expect(pair.run([pair.decide('app')])).toEqual(['CRM Phone = "2"']);

	const other = conflict('2', '3', 'hold');
	other.run();
	expect(other.run([other.decide('crm')])).toEqual(['app phone = "3"']);

	const left = conflict('2', '3', 'hold');
	left.run();
	expect(left.run([left.decide('leave')])).toEqual([]);
	expect(left.run()).toEqual([]);
	expect(left.merge.quiet).toBe(true);
});

test('F8 a lost base never writes: equal values are adopted, others held', () => {
	const pair = LinkedPair.settled({ phone: '1', email: 'a@x.com' }, { Phone: '1', Email: 'a@x.com' }, phone, row('email', 'Email'));
	pair.base = new Uint8Array([1]);
	pair.app = { phone: null, email: 'a@x.com' };
	expect(pair.run()).toEqual(['hold Phone baseLost: app null, CRM "1"']);
	expect(pair.run()).toEqual(['hold Phone baseLost: app null, CRM "1"']);
	expect(pair.run([pair.decide('app')])).toEqual(['CRM Phone = null']);
});

test('F9 a blank of the app is filled at the first meeting', () => {
	expect(meeting('', '1', 'preferApp').run()).toEqual(['app phone = "1"']);
});

test('F10 a blank of the CRM is filled at the first meeting', () => {
	expect(meeting('1', null, 'preferCrm').run()).toEqual(['CRM Phone = "1"']);
});

test('F11 two values that meet for the first time: the setting of the sync', () => {
	expect(meeting('1', '2').run()).toEqual(['app phone = "2"', 'report Phone: app "1", CRM "2"']);
	expect(meeting('1', '2', 'preferApp').run()).toEqual(['CRM Phone = "1"', 'report Phone: app "1", CRM "2"']);
	expect(meeting('1', '2', 'hold').run()).toEqual(['hold Phone firstMatch: app "1", CRM "2"']);
});

test('F12 an edit in the app goes to the CRM', () => {
	const pair = LinkedPair.settled({ phone: '1' }, { Phone: '1' }, phone);
	pair.app = { phone: '2' };
	expect(pair.run()).toEqual(['CRM Phone = "2"']);
	expect(pair.why('Phone')).toBe('The app changed it; it goes to the CRM.');
	expect(pair.run()).toEqual([]);
	expect(pair.merge.quiet).toBe(true);
});

test('F13 an edit in the CRM goes to the app', () => {
	const pair = LinkedPair.settled({ phone: '1' }, { Phone: '1' }, phone);
	pair.crm = { Phone: '2' };
	expect(pair.run()).toEqual(['app phone = "2"']);
	expect(pair.why('Phone')).toBe('The CRM changed it; it goes to the app.');
});

test('F14 edits of different fields are no conflict', () => {
	const pair = LinkedPair.settled({ phone: '1', first: 'Ada' }, { Phone: '1', FirstName: 'Ada' }, phone, row('first', 'FirstName'));
	pair.app = { phone: '2', first: 'Ada' };
	pair.crm = { Phone: '1', FirstName: 'Eve' };
	expect(pair.run()).toEqual(['CRM Phone = "2"', 'app first = "Eve"']);
});

test('F15 a conflict, the CRM preferred: the app gets its value, and the app’s is in the result', () => {
	const pair = conflict('2', '3', 'preferCrm');
	expect(pair.run()).toEqual(['app phone = "3"', 'report Phone: app "2", CRM "3"']);
	expect(pair.why('Phone')).toBe('Both sides changed it, differently; the CRM is preferred; the CRM’s value counts; it goes to the app.');
});

test('F16 a conflict, the app preferred', () => {
	expect(conflict('2', '3', 'preferApp').run()).toEqual(['CRM Phone = "2"', 'report Phone: app "2", CRM "3"']);
});

test('F17 a conflict, the most recent record counts', () => {
	const pair = conflict('2', '3', 'mostRecent');
	pair.recency = 'app';
	expect(pair.run()).toEqual(['CRM Phone = "2"', 'report Phone: app "2", CRM "3"']);
});

test('F18 a conflict, the most recent record counts, but it is a tie or not known: the CRM', () => {
	expect(conflict('2', '3', 'mostRecent').run()).toEqual(['app phone = "3"', 'report Phone: app "2", CRM "3"']);
});

test('F19 a conflict, only blanks are filled: the blank gets the other value', () => {
	expect(conflict(null, '3', 'fillBlanks').run()).toEqual(['app phone = "3"', 'report Phone: app null, CRM "3"']);
	expect(conflict('2', null, 'fillBlanks').run()).toEqual(['CRM Phone = "2"', 'report Phone: app "2", CRM null']);
});

test('F20 a conflict of two values, only blanks are filled: both stay', () => {
	expect(conflict('2', '3', 'fillBlanks').run()).toEqual(['report Phone: app "2", CRM "3"']);
});

test('F21 a conflict, a person is to decide: held with both values, until one side comes round', () => {
	const pair = conflict('2', '3', 'hold');
	expect(pair.run()).toEqual(['hold Phone conflict: app "2", CRM "3"']);
	expect(pair.run()).toEqual(['hold Phone conflict: app "2", CRM "3"']);
	pair.app = { phone: '3' };
	expect(pair.run()).toEqual([]);
});
