import { MemoryCrm } from '../memoryCrm';
import { person, push, shown, told } from '../pushing';

function withAda(): MemoryCrm {
	const crm = new MemoryCrm();
	crm.add('Lead', { Email: 'ada@x.com', LastName: 'Ada', Company: 'Acme', Phone: '1', HasOptedOut: true });
	return crm;
}

const ada = { Email: 'ada@x.com' };

test('V1 absent: the field stays as it is', async () => {
	expect(told(await push(withAda(), [{ ...ada, Phone: undefined }], { emptyValues: 'clear' }))).toMatchInlineSnapshot(`
		"
		0 unchanged | Lead 00Q-1
		"
	`);
});

test('V2 blank, and blanks are left: the field stays as it is', async () => {
	const blanks = [null, '', '  ', []].map((Phone) => ({ ...ada, Phone }));
	expect(told(await push(withAda(), blanks))).toMatchInlineSnapshot(`
		"
		0 unchanged | Lead 00Q-1
		1 unchanged | Lead 00Q-1
		2 unchanged | Lead 00Q-1
		3 unchanged | Lead 00Q-1
		"
	`);
});

test('V3 blank, and blanks clear: the field is emptied once', async () => {
	const crm = withAda();
	expect(told(await push(crm, [{ ...ada, Phone: null }], { emptyValues: 'clear' }))).toMatchInlineSnapshot(`
		"
		0 updated | Lead 00Q-1 | Phone
		"
	`);
	expect(told(await push(crm, [{ ...ada, Phone: '' }], { emptyValues: 'clear' }))).toMatchInlineSnapshot(`
		"
		0 unchanged | Lead 00Q-1
		"
	`);
	expect(shown(crm, 'Lead', 'Phone')).toMatchInlineSnapshot(`
		"
		00Q-1 null
		"
	`);
});

test('V4 blank in a field that must not be empty: refused', async () => {
	expect(told(await push(withAda(), [{ ...ada, LastName: null }], { emptyValues: 'clear' }))).toMatchInlineSnapshot(`
		"
		0 refused | LastName: Last Name: cannot be emptied in the CRM, and the value is empty.
		"
	`);
});

test('V5 blank for a checkbox: it stays as it is', async () => {
	expect(told(await push(withAda(), [{ ...ada, HasOptedOut: '' }], { emptyValues: 'clear' }))).toMatchInlineSnapshot(`
		"
		0 unchanged | Lead 00Q-1
		"
	`);
});

test('V6 blank in a new record, and blanks clear: the CRM gets no chance to fill in a default', async () => {
	const crm = new MemoryCrm();
	await push(crm, [person('Zoe', { Phone: null, Industry: '' })], { emptyValues: 'clear' });
	expect(crm.batches[0][0].values).toEqual({ Email: 'zoe@x.com', LastName: 'Zoe', Company: 'Acme', Phone: null, Industry: null });
	expect(told(await push(crm, [person('Zoe', { Phone: null, Industry: '' })], { emptyValues: 'clear' }))).toMatchInlineSnapshot(`
		"
		0 unchanged | Lead 00Q-1
		"
	`);
});

test('V7 a value that the field cannot take: the item is refused, the others are not', async () => {
	const inputs = [person('Ada', { AnnualRevenue: '1.000,00' }), person('Bob', { Birthday__c: '03/04/2026', Industry: 'Mining' }), person('Eve')];
	expect(told(await push(new MemoryCrm(), inputs))).toMatchInlineSnapshot(`
		"
		0 refused | AnnualRevenue: Annual Revenue: "1.000,00" is not a plain number such as 1234.5 (no thousands separators, no currency).
		1 refused | Birthday__c: Birthday: "03/04/2026" is not a date; write it as YYYY-MM-DD. | Industry: Industry: "Mining" is not one of the choices: Energy, Media, Retail.
		2 created | Lead 00Q-1 | Email+LastName+Company
		"
	`);
});

test('V8 a field that can only be given when a record is created: left out of an update, and said', async () => {
	const crm = new MemoryCrm();
	expect(told(await push(crm, [person('Zoe', { Source__c: 'Web' })]))).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-1 | Email+LastName+Company+Source__c
		"
	`);
	expect(told(await push(crm, [person('Zoe', { Source__c: 'Fair', Phone: '1' })]))).toMatchInlineSnapshot(`
		"
		0 updated | Lead 00Q-1 | Phone | without Source__c
		"
	`);
});

test('V9 markup, emoji and names of prototypes are texts like others', async () => {
	const crm = new MemoryCrm();
	const names = ['<script>alert(1)</script>', '👩‍🚀 Zoë', '__proto__', "Robert'); DROP TABLE Leads;--"];
	await push(
		crm,
		names.map((LastName, at) => person(`p${at}`, { LastName })),
	);
	expect(crm.rows.map(({ values }) => values.LastName)).toEqual(names);
});

test('V10 nothing to push: no call and no result', async () => {
	const crm = new MemoryCrm();
	expect(await push(crm, [])).toEqual([]);
	expect(crm.calls).toEqual([]);
});

test('R1 an owner by name, user name or id, looked up once for all items', async () => {
	const crm = new MemoryCrm();
	crm.owners.set('Western Europe Key Accounts', [{ id: '00G000000000001AAA', name: 'Western Europe Key Accounts', kind: 'queue' }]);
	const twins = ['005000000000001AAA', '005000000000002AAA'].map((id) => ({ id, name: 'Pat', kind: 'user' as const }));
	crm.owners.set('Pat', twins);
	const owners = [' Western Europe Key Accounts ', 'Pat', 'Nobody', '005000000000001', 'x'.repeat(10_000)];
	expect(
		told(
			await push(
				crm,
				owners.map((OwnerId, at) => person(`p${at}`, { OwnerId })),
			),
		),
	).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-1 | Email+LastName+Company+OwnerId
		1 refused | OwnerId: Owner Id: 2 users or queues are called "Pat": Pat (user, 005000000000001AAA), Pat (user, 005000000000002AAA); give the id or the user name.
		2 refused | OwnerId: Owner Id: no active user or queue is called "Nobody".
		3 created | Lead 00Q-2 | Email+LastName+Company+OwnerId
		4 refused | OwnerId: Owner Id: no active user or queue is called "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx…".
		"
	`);
	expect(crm.count('owners')).toBe(1);
});

test('R2 a record type by name or developer name; several of one name are not guessed between', async () => {
	const types = ['business', 'B2B', 'Private', 'Partner', 'partner_us', 'Bargain'];
	const crm = new MemoryCrm();
	expect(
		told(
			await push(
				crm,
				types.map((RecordTypeId, at) => person(`p${at}`, { RecordTypeId })),
			),
		),
	).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-1 | Email+LastName+Company+RecordTypeId
		1 created | Lead 00Q-2 | Email+LastName+Company+RecordTypeId
		2 refused | RecordTypeId: Record Type Id: the signed-in user may not use the record type "Private".
		3 refused | RecordTypeId: Record Type Id: 2 record types of Lead are called "Partner"; give the developer name or the id.
		4 created | Lead 00Q-3 | Email+LastName+Company+RecordTypeId
		5 refused | RecordTypeId: Record Type Id: Lead has no record type "Bargain"; there are: Business, Private, Partner, Partner.
		"
	`);
	expect(shown(crm, 'Lead', 'RecordTypeId')).toMatchInlineSnapshot(`
		"
		00Q-1 "012000000000001AAA"
		00Q-2 "012000000000001AAA"
		00Q-3 "012000000000004AAA"
		"
	`);
});
