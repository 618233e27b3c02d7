import type { EntityDescription } from '../../../src/model/entity';
import { resolveKeys } from '../../../src/sync/push/resolveKeys';
import { contact, field, lead } from '../entities';
import { MemoryCrm } from '../memoryCrm';

const keyed: EntityDescription = { ...contact, fields: [...contact.fields, field('Code__c', 'text', { externalId: true, unique: true }), field('Number__c', 'integer', { externalId: true, unique: true })] };
const link = field('Contact__c', 'reference', { referenceTo: ['Contact'], namedBy: 'key' });
const description: EntityDescription = { ...lead, fields: [...lead.fields, link] };
const itemsOf = (...values: readonly unknown[]) => values.map((value, index) => ({ index, values: { Contact__c: value } }));

test('records are found by any of the keys, without case, in one search', async () => {
	const crm = new MemoryCrm([description, keyed]);
	const [first, second] = [crm.add('Contact', { LastName: 'A', Code__c: 'AB-1' }), crm.add('Contact', { LastName: 'B', Number__c: 42 })];
	const named = await resolveKeys(crm, description, itemsOf('ab-1', 42, first.id, '', null, { no: 'text' }, 'x'.repeat(300)));
	expect([named(link, 'ab-1'), named(link, '42')]).toEqual([{ ok: true, value: first.id }, { ok: true, value: second.id }]);
	expect(crm.count('match')).toBe(1);
});

test('a name that fits nothing, or several records, is refused in words', async () => {
	const crm = new MemoryCrm([description, keyed]);
	crm.add('Contact', { LastName: 'A', Code__c: '7' });
	crm.add('Contact', { LastName: 'B', Number__c: 7 });
	const named = await resolveKeys(crm, description, itemsOf('7', 'Z'));
	expect(named(link, '7')).toEqual({ ok: false, reason: '"7" is no record id, and 2 records can be found by it (Contact by Code, Contact by Number)' });
	expect(named(link, 'Z')).toMatchObject({ ok: false, reason: expect.stringContaining('no record can be found') });
});

test('without names nothing is asked, and without keys or the right to see them a name is no id', async () => {
	const crm = new MemoryCrm([description, keyed]);
	await resolveKeys(crm, description, itemsOf(crm.add('Contact', { LastName: 'A' }).id, ''));
	expect(crm.calls).toEqual([]);
	for (const entities of [[description, contact], [description]]) {
		const named = await resolveKeys(new MemoryCrm(entities), description, itemsOf('AB-1'));
		expect(named(link, 'AB-1')).toMatchObject({ ok: false, reason: expect.stringContaining('is not a record id') });
	}
});
