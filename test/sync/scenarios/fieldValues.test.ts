import { UnreadableValue } from '../../../src/sync/values/unreadableValue';
import { LinkedPair, row } from '../merge/linkedPair';

test('F37 what is absent or could not be read is unchanged, never a clear', () => {
	const pair = LinkedPair.settled({ phone: '1' }, { Phone: '1' }, row('phone', 'Phone', { blank: 'clear' }));
	for (const app of [{}, { phone: undefined }, { phone: new UnreadableValue('no') }]) {
		pair.app = app;
		expect(pair.run()).toEqual([]);
	}
	pair.crm = {};
	pair.app = { phone: '2' };
	expect(pair.run()).toEqual(['CRM Phone = "2"']);
});

test('F38 a checkbox has no empty state: a blank leaves it as it is', () => {
	const pair = LinkedPair.settled({ out: true }, { HasOptedOut: true }, row('out', 'HasOptedOut', { blank: 'clear' }));
	pair.app = { out: null };
	expect(pair.run()).toEqual([]);
	pair.app = { out: 'no' };
	expect(pair.run()).toEqual(['CRM HasOptedOut = false']);
});

test('F39 white space at the ends, the case of an e-mail and the way lines end are no difference', () => {
	const rows = [row('email', 'Email'), row('note', 'Description'), row('name', 'LastName')];
	const pair = LinkedPair.settled({ email: 'A@x.com', note: 'a\nb', name: ' Ada ' }, { Email: 'a@X.com', Description: 'a\r\nb', LastName: 'Ada' }, ...rows);
	expect(pair.run()).toEqual([]);
	pair.app = { email: 'a@x.com', note: ' a\r\nb', name: 'Ada' };
	pair.crm = { Email: 'A@X.COM', Description: 'a\nb', LastName: 'Ada ' };
	expect(pair.run()).toEqual([]);
	expect(pair.merge.quiet).toBe(true);
});

test('F40 what the CRM makes of a value is its own: the app keeps its notation, and nothing goes back', () => {
	const pair = LinkedPair.settled({ phone: '1' }, { Phone: '1', FirstName: null }, row('phone', 'Phone'), row('first', 'FirstName'));
	pair.app = { phone: '0043 1' };
	pair.crmMakes = () => '+43 1';
	expect(pair.run()).toEqual(['CRM Phone = "0043 1"']);
	expect(pair.merge.altered({ Phone: '+43 1' }).map(({ crmField, crmValue }) => [crmField, crmValue])).toEqual([['Phone', '+43 1']]);
	expect(pair.merge.altered({ Phone: ' 0043 1', FirstName: 'Eve' })).toEqual([]);
	expect(pair.merge.altered({})).toEqual([]);
	expect(pair.run()).toEqual([]);
	expect(pair.merge.quiet).toBe(true);
	pair.crm = { Phone: '+43 2' };
	expect(pair.run()).toEqual(['app phone = "+43 2"']);
});

test('F41 what the CRM changed after the write, by whomever, counts as a change of the CRM’s', () => {
	const pair = LinkedPair.settled({ phone: '1' }, { Phone: '1' }, row('phone', 'Phone'));
	pair.app = { phone: '2' };
	pair.run();
	pair.base = pair.merge.baseAfterWrite();
	pair.crm = { Phone: '3' };
	expect(pair.run()).toEqual(['app phone = "3"']);
});

test('F42 a transform that loses something is never written back while the source is unchanged', () => {
	const pair = LinkedPair.settled({ name: 'Ada' }, { LastName: 'ADA' }, row('name', 'LastName', { transform: { kind: 'upper' } }));
	expect(pair.run()).toEqual([]);
	pair.app = { name: 'Eve' };
	expect(pair.run()).toEqual(['CRM LastName = "EVE"']);
	expect(pair.run()).toEqual([]);
	expect(pair.app).toEqual({ name: 'Eve' });
});

test('F43 several words for one value: the app keeps its own, and gets the first one', () => {
	const pairs = [{ app: 'TV', crm: 'Media' }, { app: 'Film', crm: 'Media' }, { app: 'Shops', crm: 'Retail' }];
	const pair = LinkedPair.settled({ sector: 'Shops' }, { Industry: 'Retail' }, row('sector', 'Industry', { transform: { kind: 'valueMap', pairs } }));
	pair.app = { sector: 'Film' };
	expect(pair.run()).toEqual(['CRM Industry = "Media"']);
	pair.app = { sector: 'TV' };
	expect(pair.run()).toEqual([]);
	pair.crm = { Industry: 'Retail' };
	pair.run();
	pair.crm = { Industry: 'Media' };
	expect(pair.run()).toEqual(['app sector = "TV"']);
});

test('F44 a day is never shifted, and a moment without an offset is read in the zone of the sync', () => {
	const rows = [row('born', 'Birthday__c'), row('called', 'ContactedAt__c')];
	const pair = LinkedPair.settled(
		{ born: '2026-07-01T00:00:00+09:00', called: '2026-07-01 12:00' },
		{ Birthday__c: '2026-07-01', ContactedAt__c: '2026-07-01T10:00:00.000+0000' },
		...rows,
	);
	expect(pair.run()).toEqual([]);
	pair.app = { born: '2026-07-02', called: '2026-07-01 13:00' };
	expect(pair.run()).toEqual(['CRM Birthday__c = "2026-07-02"', 'CRM ContactedAt__c = "2026-07-01T11:00:00.000Z"']);
	pair.crm = { Birthday__c: '2026-07-03', ContactedAt__c: '2026-07-01T11:00:00.000+0000' };
	expect(pair.run()).toEqual(['app born = "2026-07-03"']);
});

test('F45 numbers are compared at the decimals that the field keeps', () => {
	const pair = LinkedPair.settled({ revenue: '1.005' }, { AnnualRevenue: 1.01 }, row('revenue', 'AnnualRevenue'));
	expect(pair.run()).toEqual([]);
	pair.app = { revenue: 1.0149 };
	expect(pair.run()).toEqual([]);
	pair.app = { revenue: '1.015' };
	expect(pair.run()).toEqual(['CRM AnnualRevenue = 1.02']);
});

test('F46 choices are the same in any order, by value or label', () => {
	const pair = LinkedPair.settled({ likes: ['Events', 'News (label)'] }, { Interests__c: 'News;Events' }, row('likes', 'Interests__c'));
	expect(pair.run()).toEqual([]);
	pair.app = { likes: 'Events;News' };
	expect(pair.run()).toEqual([]);
	pair.app = { likes: ['Offers', 'Events', 'News'] };
	expect(pair.run()).toEqual(['CRM Interests__c = "News;Offers;Events"']);
});

test.each([[undefined], [{ kind: 'valueMap' as const, pairs: [{ app: 'Blatt', crm: 'News' }] }]])('F58 semicolons that part no choices are a blank on both sides, by %j', (transform) => {
	const pair = LinkedPair.settled({ likes: '' }, { Interests__c: null }, row('likes', 'Interests__c', transform && { transform }));
	pair.app = { likes: ';' };
	expect(pair.run()).toEqual([]);
	pair.app = { likes: '' };
	pair.crm = { Interests__c: ' ;' };
	expect(pair.run()).toEqual([]);
});

test('F47 a list or an object is no text: held', () => {
	const pair = LinkedPair.settled({ name: 'Ada' }, { LastName: 'Ada' }, row('name', 'LastName'));
	pair.app = { name: { first: 'Ada' } };
	expect(pair.run()).toEqual(['hold LastName doesNotFit: app { first: "Ada" }, CRM "Ada"']);
	pair.crm = { LastName: 'Eve' };
	expect(pair.run()).toEqual(['app name = "Eve"', 'report LastName: app { first: "Ada" }, CRM "Eve"']);
});

test('F48 whatever the CRM holds is legal: it goes to the app, and comes back without complaint', () => {
	const pair = LinkedPair.settled({ sector: 'Media', email: 'a@x.com' }, { Industry: 'Media', Email: 'a@x.com' }, row('sector', 'Industry'), row('email', 'Email'));
	pair.crm = { Industry: 'No longer offered', Email: 'no address' };
	expect(pair.run()).toEqual(['app sector = "No longer offered"', 'app email = "no address"']);
	expect(pair.run()).toEqual([]);
	expect(pair.run()).toEqual([]);
	expect(pair.merge.quiet).toBe(true);
});
