import { compileMapping } from '../../../src/sync/mapping/compileMapping';
import type { Mapping } from '../../../src/sync/mapping/mapping';
import { ruleVersion } from '../../../src/sync/mapping/ruleVersion';
import { lead, leadField } from '../entities';
import { mappingOf, row } from '../merge/linkedPair';

const born = row('born', 'Birthday__c');
const version = (rule = born, field = leadField(rule.crmField), zone = 'Europe/Vienna') => ruleVersion(rule, field, zone);

test('the version of a row names all that its bases depend on', () => {
	const others = [
		version({ ...born, id: 'x' }),
		version({ ...born, appField: 'x' }),
		version({ ...born, crmField: 'ContactedAt__c' }),
		version(born, { ...leadField('Birthday__c'), type: 'text' }),
		version({ ...born, transform: { kind: 'trim' } }),
		version(born, leadField('Birthday__c'), 'Asia/Tokyo'),
	];
	expect(new Set([version(), ...others]).size).toBe(7);
});

test('and nothing else', () => {
	expect(version({ ...born, direction: 'toApp', conflict: 'hold', blank: 'clear', enabled: false })).toBe(version());
	const phone = row('phone', 'Phone');
	expect(version(phone, leadField('Phone'), 'Asia/Tokyo')).toBe(version(phone));
});

test('the fields to read are those of the rows that are on, of the match key and of the stamp, each once', () => {
	const rules = [row('email', 'Email'), row('phone', 'Phone'), row('home', 'Phone', { direction: 'toApp' }), row('off', 'Website', { enabled: false })];
	const { appFields, crmFields, restingTags } = compileMapping(mappingOf(rules, { appModifiedField: 'changed' }), lead);
	expect(appFields).toEqual(['email', 'changed', 'phone', 'home']);
	expect(crmFields).toEqual(['Email', 'Phone']);
	expect(restingTags.size).toBe(1);
	expect(compileMapping(mappingOf(rules), lead).appFields).not.toContain('changed');
});

test('a row for a field that is gone is passed over while it is off, and refused while it is on', () => {
	const gone = row('x', 'Gone__c');
	const compile = (mapping: Mapping) => compileMapping(mapping, lead);
	expect(compile(mappingOf([{ ...gone, enabled: false }]))).toMatchObject({ rules: [], restingTags: new Set() });
	expect(() => compile(mappingOf([gone]))).toThrow('Lead has no field Gone__c');
});

test('two rows never share a tag, be they as alike as they may', () => {
	const { rules, restingTags } = compileMapping(mappingOf([born, born, { ...born, enabled: false }]), lead);
	const [{ tag: first }, { tag: second }] = rules;
	const [third] = restingTags;
	expect(new Set([first, second, third]).size).toBe(3);
	expect([first, second, third].every((tag) => tag >= 0 && tag < 2 ** 28)).toBe(true);
});

test('what is absent is never made a clear', () => {
	const [{ forCrm, forApp }] = compileMapping(mappingOf([born]), lead).rules;
	expect(() => forCrm({ kind: 'absent' })).toThrow('cannot be written to Birthday__c');
	expect(() => forApp({ kind: 'absent' })).toThrow('cannot be sent');
});
