import { confirmDelivered } from '../../../src/sync/merge/confirmDelivered';
import { compileMapping } from '../../../src/sync/mapping/compileMapping';
import { mergeRecord } from '../../../src/sync/merge/mergeRecord';
import { NEW_RECORD } from '../../../src/sync/merge/recordMerge';
import type { FieldRule } from '../../../src/sync/mapping/mapping';
import { field, lead } from '../entities';
import { key, LinkedPair, mappingOf, row } from '../merge/linkedPair';

function settledPhone(more: Partial<FieldRule> = {}): LinkedPair {
	return LinkedPair.settled({ phone: '1' }, { Phone: '1' }, row('phone', 'Phone', more));
}

/** A pair with a value of the CRM on its way to an app that does not take it. */
function underWay(more: Partial<FieldRule> = {}): LinkedPair {
	const pair = settledPhone(more);
	pair.appTakes = false;
	pair.crm = { Phone: '2' };
	pair.run();
	return pair;
}

test('F22 an edit against the direction is left alone and reported once; a later edit at the source overrules it', () => {
	const pair = settledPhone({ direction: 'toCrm' });
	pair.crm = { Phone: '2' };
	expect(pair.run()).toEqual(['report Phone: app "1", CRM "2"']);
	expect(pair.run()).toEqual([]);
	pair.app = { phone: '3' };
	expect(pair.run()).toEqual(['CRM Phone = "3"']);

	const other = settledPhone({ direction: 'toApp' });
	other.app = { phone: '2' };
	expect(other.run()).toEqual(['report Phone: app "2", CRM "1"']);
});

test('F23 a field that only new records take is left alone and reported', () => {
	const pair = LinkedPair.settled({ source: 'web' }, { Source__c: 'web' }, row('source', 'Source__c'));
	pair.app = { source: 'fair' };
	expect(pair.run()).toEqual(['report Source__c: app "fair", CRM "web"']);
	expect(pair.run()).toEqual([]);
});

test('F24 a field that only existing records take follows with the next run', () => {
	const description = { ...lead, fields: [field('Stage', 'text', { createable: false }), field('Phone', 'phone')] };
	const mapping = compileMapping(mappingOf([row('stage', 'Stage'), row('phone', 'Phone')]), description);
	const keyring = { current: key('first'), former: [] };
	const app = { stage: 'won', phone: '1' };
	const create = mergeRecord({ mapping, keyring, linkId: 'L1', app, crm: NEW_RECORD, base: undefined });
	expect(create.toCrm).toEqual({ Phone: '1' });
	const next = mergeRecord({ mapping, keyring, linkId: 'L1', app, crm: { Stage: null, Phone: '1' }, base: create.baseAfterWrite() });
	expect(next.toCrm).toEqual({ Stage: 'won' });
});

test('F25 what is removed on one side stays on the other, unless the row says otherwise', () => {
	const pair = settledPhone();
	pair.app = { phone: ' ' };
	expect(pair.run()).toEqual(['report Phone: app " ", CRM "1"']);
	expect(pair.run()).toEqual([]);
	pair.crm = { Phone: '2' };
	expect(pair.run()).toEqual(['app phone = "2"']);

	const other = settledPhone();
	other.crm = { Phone: null };
	expect(other.run()).toEqual(['report Phone: app "1", CRM null']);
});

test('F26 what is removed is removed on the other side, where the row says so', () => {
	const pair = settledPhone({ blank: 'clear' });
	pair.app = { phone: null };
	expect(pair.run()).toEqual(['CRM Phone = null']);
	expect(pair.run()).toEqual([]);

	const other = settledPhone({ blank: 'clear' });
	other.crm = { Phone: null };
	expect(other.run()).toEqual(['app phone = null']);
});

test('F27 a field that must not be empty is held', () => {
	const pair = LinkedPair.settled({ company: 'Acme' }, { Company: 'Acme' }, row('company', 'Company', { blank: 'clear' }));
	pair.app = { company: '' };
	expect(pair.run()).toEqual(['hold Company cannotBeEmpty: app "", CRM "Acme"']);
	expect(pair.merge.holds[0].detail).toBe('the CRM does not let Company be empty');
});

test('F28 a value that does not fit is held with both values, until it does', () => {
	const pair = LinkedPair.settled({ industry: 'Media' }, { Industry: 'Media' }, row('industry', 'Industry'));
	pair.app = { industry: 'Mining' };
	expect(pair.run()).toEqual(['hold Industry doesNotFit: app "Mining", CRM "Media"']);
	expect(pair.merge.holds[0].detail).toBe('the app\'s value "Mining" is not one of the choices: Energy, Media, Retail');
	pair.app = { industry: 'retail' };
	expect(pair.run()).toEqual(['CRM Industry = "Retail"']);
});

const industry = row('sector', 'Industry', {
	transform: { kind: 'valueMap', pairs: [{ app: 'TV', crm: 'Media' }, { app: 'Film', crm: 'Media' }, { app: 'Shops', crm: 'Retail (label)' }] },
});

test('F29 a word of the app without a line in the value map is held', () => {
	const pair = LinkedPair.settled({ sector: 'TV' }, { Industry: 'Media' }, industry);
	pair.app = { sector: 'shops' };
	expect(pair.run()).toEqual(['CRM Industry = "Retail"']);
	pair.app = { sector: 'Media' };
	expect(pair.run()).toEqual(['hold Industry noMapping: app "Media", CRM "Retail"']);
});

test('F30 a value of the CRM without a line in the value map is held', () => {
	const pair = LinkedPair.settled({ sector: 'TV' }, { Industry: 'Media' }, industry);
	pair.crm = { Industry: 'Energy' };
	expect(pair.run()).toEqual(['hold Industry noMapping: app "TV", CRM "Energy"']);
	pair.crm = { Industry: 'Retail' };
	expect(pair.run()).toEqual(['app sector = "Shops"']);
});

test('F31 what was sent to an app that does not show the field is not sent again', () => {
	const pair = underWay();
	pair.app = {};
	expect(pair.run()).toEqual([]);
	expect(pair.merge.awaiting).toEqual(['phone-Phone']);
	pair.crm = { Phone: '3' };
	expect(pair.run()).toEqual(['app phone = "3"']);
});

test('F32 what the app does not show yet is sent again', () => {
	const pair = underWay();
	expect(pair.run()).toEqual(['app phone = "2"']);
	expect(pair.why('Phone')).toBe('The CRM changed it; the app does not show it yet, so it is sent again.');
	pair.app = { phone: '2' };
	expect(pair.run()).toEqual([]);
	expect(pair.merge.awaiting).toEqual([]);
});

test('F33 after three runs in vain it is held; a person may have it sent again', () => {
	const pair = underWay();
	pair.run();
	pair.run();
	expect(pair.run()).toEqual(['hold Phone notShown: app "1", CRM "2"']);
	expect(pair.run([pair.decide('crm')])).toEqual(['app phone = "2"']);
	expect(pair.run()).toEqual(['app phone = "2"']);
});

test('F34 something else than what was sent is an edit in the app', () => {
	const pair = underWay({ conflict: 'preferApp' });
	pair.app = { phone: '3' };
	expect(pair.run()).toEqual(['CRM Phone = "3"', 'report Phone: app "3", CRM "2"']);
});

test('F35 what the app made of it becomes the base where it is confirmed so', () => {
	const pair = underWay();
	const mapping = compileMapping(pair.mapping, lead);
	pair.base = confirmDelivered({ mapping, keyring: pair.keyring, linkId: 'L1', base: pair.base!, readBack: { phone: '+2' } });
	pair.app = { phone: '+2' };
	expect(pair.run()).toEqual([]);
	expect(pair.merge.quiet).toBe(true);
});

test('F36 while a value is on its way the CRM changes again: an echo of the first one is no edit', () => {
	const pair = underWay({ conflict: 'preferApp' });
	pair.crm = { Phone: '3' };
	expect(pair.run()).toEqual(['app phone = "3"']);
	pair.app = { phone: '2' };
	expect(pair.run()).toEqual(['app phone = "3"']);
	pair.app = { phone: '3' };
	expect(pair.run()).toEqual([]);
	expect(pair.merge.awaiting).toEqual([]);
});
