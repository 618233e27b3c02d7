import { lead } from '../entities';
import { MemoryCrm } from '../memoryCrm';
import { person, push, shown, told, type Input, type PushOptions } from '../pushing';

/** A CRM with Ada as a lead, Bob twice, Eve converted to a contact, Joe and Kim as contacts, Kim twice. */
function peopled(): MemoryCrm {
	const crm = new MemoryCrm();
	const eve = crm.add('Contact', { Email: 'eve.new@x.com', LastName: 'Eve', Phone: '1' });
	for (const name of ['joe', 'kim', 'kim']) crm.add('Contact', { Email: `${name}@x.com`, LastName: name });
	for (const name of ['ada', 'bob', 'bob']) crm.add('Lead', { Email: `${name}@x.com`, LastName: name, Company: 'Acme' });
	crm.add('Lead', { Email: 'eve@x.com', LastName: 'Eve', Company: 'Acme', IsConverted: true, ConvertedContactId: eve.id });
	return crm;
}

const plan = async (crm: MemoryCrm, inputs: readonly Input[], options?: PushOptions) => told(await push(crm, inputs, options));

test('M1 several records: a person decides, with links to all', async () => {
	expect(await plan(peopled(), [person('Bob')])).toMatchInlineSnapshot(`
		"
		0 needsAttention | 2 Leads have this Email; it is not clear which one is meant. | see Lead 00Q-6, Lead 00Q-7
		"
	`);
});

test('M2 one record: it is updated, and only where it differs', async () => {
	const crm = peopled();
	expect(await plan(crm, [person('Ada', { LastName: 'ada', Phone: '7' })])).toMatchInlineSnapshot(`
		"
		0 updated | Lead 00Q-5 | Phone
		"
	`);
	expect(crm.batches[0].map(({ values }) => values)).toEqual([{ Phone: '7' }]);
});

test('M3 one record, but only creating: refused, with its link', async () => {
	expect(await plan(peopled(), [person('Ada')], { mode: 'create' })).toMatchInlineSnapshot(`
		"
		0 refused | There already is a Lead with this Email. | see Lead 00Q-5
		"
	`);
});

test('M4 no record: created', async () => {
	const crm = peopled();
	expect(await plan(crm, [person('Zoe')])).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-9 | Email+LastName+Company
		"
	`);
});

test('M5 no record, but only updating: refused', async () => {
	expect(await plan(peopled(), [person('Zoe')], { mode: 'update' })).toMatchInlineSnapshot(`
		"
		0 refused | No Lead has this Email.
		"
	`);
});

test('M6 converted: a person decides, with links to the contact and the lead', async () => {
	expect(await plan(peopled(), [person('Eve')])).toMatchInlineSnapshot(`
		"
		0 needsAttention | The Lead with this Email was converted to a Contact; converted Leads are not written. | see Contact 003-1, Lead 00Q-8
		"
	`);
});

test('M7 converted, and the contact is to be updated: what it has, never its e-mail, owner or a field that it lacks', async () => {
	const crm = peopled();
	const input = person('Eve', { Phone: '2', OwnerId: '005000000000001' });
	expect(await plan(crm, [input], { converted: 'updateTarget' })).toMatchInlineSnapshot(`
		"
		0 updated | Contact 003-1 | Phone | without Company+OwnerId
		"
	`);
	expect(await plan(crm, [input], { converted: 'updateTarget' })).toMatchInlineSnapshot(`
		"
		0 unchanged | Contact 003-1 | without Company+OwnerId
		"
	`);
	expect(shown(crm, 'Contact', 'Email', 'Phone', 'OwnerId')).toMatchInlineSnapshot(`
		"
		003-1 "eve.new@x.com" "2" null
		003-2 "joe@x.com" null null
		003-3 "kim@x.com" null null
		003-4 "kim@x.com" null null
		"
	`);
});

test('M8 converted to a contact, while another contact has the e-mail: a person decides', async () => {
	const crm = peopled();
	crm.add('Contact', { Email: 'eve@x.com', LastName: 'Other Eve' });
	expect(await plan(crm, [person('Eve')], { converted: 'updateTarget' })).toMatchInlineSnapshot(`
		"
		0 needsAttention | The Lead with this Email was converted to a Contact, but another Contact has it too; it is not clear which one is meant. | see Contact 003-1, Contact 003-9, Lead 00Q-8
		"
	`);
});

test('M9 converted to a contact that is gone: a person decides', async () => {
	const crm = peopled();
	crm.add('Lead', { Email: 'tom@x.com', LastName: 'Tom', IsConverted: true, ConvertedContactId: '003000000000999AAA' });
	expect(await plan(crm, [person('Tom')], { converted: 'updateTarget' })).toMatchInlineSnapshot(`
		"
		0 needsAttention | The Lead with this Email was converted to a Contact that is gone, or that the signed-in user may not see. | see Contact 003-999
		"
	`);
});

test('M10 two leads that became one contact: their items follow each other', async () => {
	const crm = peopled();
	crm.add('Lead', { Email: 'eva@x.com', LastName: 'Eva', IsConverted: true, ConvertedContactId: crm.rows[0].id });
	const inputs = [person('Eve', { Phone: '2' }), person('Zoe'), person('Eva', { LastName: 'Eve', Phone: '3' })];
	expect(await plan(crm, inputs, { converted: 'updateTarget' })).toMatchInlineSnapshot(`
		"
		0 updated | Contact 003-1 | Phone | without Company
		1 created | Lead 00Q-10 | Email+LastName+Company
		2 updated | Contact 003-1 | Phone | without Company
		"
	`);
	expect(shown(crm, 'Contact', 'Phone').split('\n')[1]).toBe('003-1 "3"');
});

test('M11 known as a contact: a person decides', async () => {
	expect(await plan(peopled(), [person('Joe')])).toMatchInlineSnapshot(`
		"
		0 needsAttention | This Email already belongs to a Contact. | see Contact 003-2
		"
	`);
});

test('M12 known as a contact, and to be created all the same', async () => {
	expect(await plan(peopled(), [person('Joe')], { target: 'create' })).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-9 | Email+LastName+Company
		"
	`);
});

test('M13 known as a contact, and to be skipped', async () => {
	expect(await plan(peopled(), [person('Joe')], { target: 'skip' })).toMatchInlineSnapshot(`
		"
		0 skipped | This Email already belongs to a Contact. | see Contact 003-2
		"
	`);
});

test('M14 known as a contact, which is to be updated', async () => {
	expect(await plan(peopled(), [person('Joe', { Phone: '5' })], { target: 'updateTarget' })).toMatchInlineSnapshot(`
		"
		0 updated | Contact 003-2 | LastName+Phone | without Company
		"
	`);
});

test('M15 known as several contacts: a person decides', async () => {
	expect(await plan(peopled(), [person('Kim')], { target: 'updateTarget' })).toMatchInlineSnapshot(`
		"
		0 needsAttention | 2 Contacts have this Email; it is not clear which one is meant. | see Contact 003-3, Contact 003-4
		"
	`);
});

test('M16 a match field that is not an e-mail: contacts are not asked', async () => {
	const crm = peopled();
	expect(
		await plan(
			crm,
			[
				{ ShopId__c: 'a1', LastName: 'A', Company: 'B' },
				{ ShopId__c: 'A1', LastName: 'A', Company: 'B' },
			],
			{ matchField: 'ShopId__c' },
		),
	).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-9 | ShopId__c+LastName+Company
		1 created | Lead 00Q-10 | ShopId__c+LastName+Company
		"
	`);
	expect(crm.calls).toEqual(['match', 'write']);
});

test('M17 matching by record id: the short form of an id is enough, and nothing is created', async () => {
	const crm = peopled();
	const inputs = [
		{ Id: '00Q000000000005', Phone: '9' },
		{ Id: '00Q000000000099', Phone: '9' },
		{ Id: 'five', Phone: '9' },
	];
	expect(await plan(crm, inputs, { mode: 'update', matchField: 'Id' })).toMatchInlineSnapshot(`
		"
		0 updated | Lead 00Q-5 | Phone
		1 refused | No Lead has this Record ID.
		2 refused | Id: Record ID: "five" is not a record id of the CRM.
		"
	`);
});

test('M18 a contact field that the user may not see: an error before anything is written', async () => {
	const blind = new MemoryCrm([
		lead,
		{ ...lead, name: 'Contact', label: 'Contact', labelPlural: 'Contacts', fields: lead.fields.filter(({ name }) => name !== 'Email') },
	]);
	await expect(push(blind, [person('Joe')], { target: 'updateTarget' })).rejects.toThrow('Whether somebody is already a Contact cannot be seen');
	expect(blind.calls).toEqual(['describe']);
});
