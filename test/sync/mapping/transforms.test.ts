import type { Transform } from '../../../src/sync/mapping/transform';
import { compileMapping } from '../../../src/sync/mapping/compileMapping';
import { lead } from '../entities';
import { mappingOf, row } from '../merge/linkedPair';

const choices: Transform = { kind: 'valueMap', pairs: [{ app: 'Blatt', crm: 'News' }, { app: 'Fest', crm: 'Events (label)' }, { app: 'Feier', crm: 'Events' }] };
const answer: Transform = { kind: 'valueMap', pairs: [{ app: 'ja', crm: 'yes' }, { app: 'nein', crm: 'false' }] };

function compiled(crmField: string, transform: Transform) {
	return compileMapping(mappingOf([row('x', crmField, { transform })]), lead).rules[0];
}

const outcome = (sendable: ReturnType<ReturnType<typeof compiled>['forCrm']>) => (sendable.ok ? sendable.value : `✗ ${sendable.why.words}`);

test.each<[string, Transform, unknown, unknown]>([
	['LastName', { kind: 'none' }, ' Ada ', 'Ada'],
	['LastName', { kind: 'trim' }, ' Ada ', 'Ada'],
	['LastName', { kind: 'upper' }, 'Ada', 'ADA'],
	['LastName', { kind: 'upper' }, 'straße', 'STRASSE'],
	['LastName', { kind: 'lower' }, 'Ada', 'ada'],
	['LastName', { kind: 'upper' }, 5, '5'],
	['Interests__c', { kind: 'upper' }, ['news', 'Events'], 'News;Events'],
	['Interests__c', choices, ['Blatt', 'FEST'], 'News;Events'],
	['Interests__c', choices, 'Fest; Blatt;;Feier', 'News;Events'],
	['Interests__c', choices, ['Blatt', null, ''], 'News'],
	['Interests__c', choices, ['Blatt', 'Wurst'], '✗ the app\'s value "Wurst" has no line in the value map'],
	['Interests__c', choices, [{ a: 1 }], '✗ the app\'s value holds an object, not a single text'],
	['Interests__c', choices, 7, '✗ the app\'s value "7" has no line in the value map'],
	['HasOptedOut', answer, 'Ja', true],
	['HasOptedOut', answer, 'nein ', false],
	['HasOptedOut', answer, true, '✗ the app\'s value "true" has no line in the value map'],
])('to %s by %j: %j becomes %j', (crmField, transform, raw, expected) => {
	const { readApp, forCrm } = compiled(crmField, transform);
	expect(outcome(forCrm(readApp(raw)))).toBe(expected);
});

test.each<[string, Transform, string | boolean | null, unknown]>([
	['LastName', { kind: 'none' }, ' Ada ', 'Ada'],
	['LastName', { kind: 'upper' }, 'Ada', 'ADA'],
	['LastName', { kind: 'lower' }, null, null],
	['Interests__c', choices, 'News;Events', 'Blatt;Fest'],
	['Interests__c', choices, 'Offers;News', '✗ the CRM\'s value "Offers" has no line in the value map'],
	['HasOptedOut', answer, true, 'ja'],
])('from %s by %j: %j becomes %j', (crmField, transform, raw, expected) => {
	const { readCrm, forApp } = compiled(crmField, transform);
	expect(outcome(forApp(readCrm(raw)))).toBe(expected);
});

test('a list of nothing is a blank, also where a value map reads it', () => {
	const { readApp } = compiled('Interests__c', choices);
	expect(readApp([' ', null])).toEqual({ kind: 'blank' });
	expect(readApp(';')).toEqual({ kind: 'blank' });
});

test.each<Transform>([{ kind: 'none' }, { kind: 'upper' }, choices])('semicolons that part nothing are a blank on both sides among choices, and a text anywhere else, by %j', (transform) => {
	const several = compiled('Interests__c', transform);
	for (const raw of [';', ' ; ;']) expect([several.readCrm(raw), several.readApp(raw), several.readApp([raw, null])]).toEqual([{ kind: 'blank' }, { kind: 'blank' }, { kind: 'blank' }]);
	expect([several.readApp([[';']]).kind, compiled('LastName', transform).readCrm(';').kind]).toEqual(['value', 'value']);
});

const textOf = (shown: ReturnType<ReturnType<typeof compiled>['readApp']>) => (shown.kind === 'value' ? shown.text : shown.kind);

test.each<[string, string, Transform, unknown, string]>([
	['the case of an id tells records apart', 'CampaignId__c', { kind: 'upper' }, '701xx', '701xx'],
	['a checkbox is no text', 'HasOptedOut', { kind: 'upper' }, false, 'false'],
	['a word that leads to nothing that fits is compared as what it leads to', 'ContactedAt__c', answer, 'ja', 'yes'],
	['a value in other case than its line is that line', 'LastName', { kind: 'valueMap', pairs: [{ app: 'x', crm: 'Media' }] }, 'x', 'Media'],
	['what is no e-mail has no case either', 'Email', { kind: 'lower' }, 'No Address', 'no address'],
	['choices stand in their order after their case was changed', 'Interests__c', { kind: 'upper' }, 'b;A;a', 'A;B'],
])('%s', (_rule, crmField, transform, raw, text) => {
	const { readApp, readCrm, forApp } = compiled(crmField, transform);
	expect(textOf(readApp(raw))).toBe(text);
	const back = forApp(readCrm(text.toLowerCase()));
	if (back.ok) expect(textOf(readApp(back.value))).toBe(textOf(readCrm(text.toLowerCase())));
});

test('words that differ in case alone are two words; any other case is the first of them', () => {
	const pairs = [{ app: 'TV', crm: 'Media' }, { app: 'tv', crm: 'Retail' }, { app: 'X', crm: 'RETAIL' }];
	const { readApp, readCrm, forApp } = compiled('LastName', { kind: 'valueMap', pairs });
	expect(['TV', 'tv', 'Tv'].map((word) => textOf(readApp(word)))).toEqual(['Media', 'Retail', 'Media']);
	expect(['Media', 'Retail', 'RETAIL', 'retail'].map((value) => outcome(forApp(readCrm(value))))).toEqual(['TV', 'tv', 'X', 'tv']);
});

test('choices are taken one by one, a text as a whole', () => {
	const zoo = compiled('Interests__c', { kind: 'valueMap', pairs: [{ app: 'Tiere', crm: 'Zoo' }, { app: 'Blatt', crm: 'News' }] });
	expect(textOf(zoo.readCrm('zoo;NEWS'))).toBe('News;Zoo');
	const whole = compiled('LastName', { kind: 'valueMap', pairs: [{ app: 'beide', crm: 'A;B' }, { app: 'a', crm: 'X' }] });
	expect(textOf(whole.readCrm('a;b'))).toBe('A;B');
	expect(outcome(whole.forApp(whole.readCrm('a;b')))).toBe('beide');
});
