import { MemoryCrm } from '../memoryCrm';
import { person, push, shown, told } from '../pushing';

test('K1 two items of one key: the second updates what the first created', async () => {
	const crm = new MemoryCrm();
	const inputs = [person('Ada', { Phone: '1' }), person('Ada', { Email: ' ADA@X.COM', Phone: '2' })];
	expect(told(await push(crm, inputs))).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-1 | Email+LastName+Company+Phone
		1 updated | Lead 00Q-1 | Phone
		"
	`);
	expect(shown(crm, 'Lead', 'Email', 'Phone')).toMatchInlineSnapshot(`
		"
		00Q-1 "ada@x.com" "2"
		"
	`);
});

test('K2 on different pages: the same, also where the search does not show the new record', async () => {
	const crm = new MemoryCrm();
	crm.hidden = () => true;
	expect(told(await push(crm, [person('Ada'), person('Ada', { Phone: '2' })], { pageSize: 1 }))).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-1 | Email+LastName+Company
		1 updated | Lead 00Q-1 | Phone
		"
	`);
	expect(crm.rows).toHaveLength(1);
});

test('K3 only creating: the second is refused', async () => {
	expect(told(await push(new MemoryCrm(), [person('Ada'), person('Ada'), person('Bob')], { mode: 'create' }))).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-1 | Email+LastName+Company
		1 refused | There already is a Lead with this Email. | see Lead 00Q-1
		2 created | Lead 00Q-2 | Email+LastName+Company
		"
	`);
});

test('K4 several items of one known record are one write; the last one wins', async () => {
	const crm = new MemoryCrm();
	crm.add('Lead', { Email: 'ada@x.com', LastName: 'Ada', Company: 'Acme' });
	const inputs = [person('Ada', { Phone: '1' }), person('Ada', { FirstName: 'A' }), person('Ada', { Phone: '3' }), person('Ada')];
	expect(told(await push(crm, inputs))).toMatchInlineSnapshot(`
		"
		0 updated | Lead 00Q-1 | Phone
		1 updated | Lead 00Q-1 | FirstName
		2 updated | Lead 00Q-1 | Phone
		3 unchanged | Lead 00Q-1
		"
	`);
	expect(crm.count('write')).toBe(1);
});

test('K5 a later item brings back what an earlier one changed: nothing is written', async () => {
	const crm = new MemoryCrm();
	crm.add('Lead', { Email: 'ada@x.com', LastName: 'Ada', Company: 'Acme', Phone: '1' });
	expect(told(await push(crm, [person('Ada', { Phone: '2' }), person('Ada', { Phone: '1' })]))).toMatchInlineSnapshot(`
		"
		0 unchanged | Lead 00Q-1
		1 unchanged | Lead 00Q-1
		"
	`);
	expect(crm.count('write')).toBe(0);
});

test('K6 the CRM refuses one of them: it alone is refused', async () => {
	const crm = new MemoryCrm();
	crm.add('Lead', { Email: 'ada@x.com', LastName: 'Ada', Company: 'Acme' });
	const inputs = [{ FirstName: 'A' }, { Phone: '2' }, { LastName: 'Poison' }, { NumberOfEmployees: 3 }].map((values) => ({
		Email: 'ada@x.com',
		...values,
	}));
	expect(told(await push(crm, inputs))).toMatchInlineSnapshot(`
		"
		0 updated | Lead 00Q-1 | FirstName
		1 updated | Lead 00Q-1 | Phone
		2 refused | Lead 00Q-1 | LastName: The CRM refuses it (FIELD_CUSTOM_VALIDATION_EXCEPTION). [FIELD_CUSTOM_VALIDATION_EXCEPTION]
		3 updated | Lead 00Q-1 | NumberOfEmployees
		"
	`);
});

test('K7 the first is too incomplete to create: the next one does', async () => {
	expect(told(await push(new MemoryCrm(), [person('Ada', { Company: null }), person('Ada'), person('Ada', { Company: '' })]))).toMatchInlineSnapshot(`
		"
		0 refused | Company: Company is empty, and a new Lead needs it.
		1 created | Lead 00Q-1 | Email+LastName+Company
		2 unchanged | Lead 00Q-1
		"
	`);
});

test('K8 the CRM refuses the first: the next one creates', async () => {
	const inputs = [person('Poison', { Email: 'a@x.com' }), person('Ada', { Email: 'a@x.com' }), person('Poison', { Email: 'a@x.com', Phone: '1' })];
	expect(told(await push(new MemoryCrm(), inputs))).toMatchInlineSnapshot(`
		"
		0 refused | LastName: The CRM refuses it (FIELD_CUSTOM_VALIDATION_EXCEPTION). [FIELD_CUSTOM_VALIDATION_EXCEPTION]
		1 created | Lead 00Q-1 | Email+LastName+Company
		2 refused | Lead 00Q-1 | LastName: The CRM refuses it (FIELD_CUSTOM_VALIDATION_EXCEPTION). [FIELD_CUSTOM_VALIDATION_EXCEPTION]
		"
	`);
});

test('K9 the CRM refuses one after the other: after twenty the rest is not sent', async () => {
	const crm = new MemoryCrm();
	const results = await push(
		crm,
		Array.from({ length: 100 }, () => person('Poison')),
	);
	expect(results.map(({ status, problems: [{ code }] }) => `${status} ${code}`)).toEqual(
		Array.from({ length: 100 }, () => 'refused FIELD_CUSTOM_VALIDATION_EXCEPTION'),
	);
	expect(crm.count('write')).toBe(20);
});

test('K10 what the CRM filled in by itself is compared, not written again', async () => {
	const crm = new MemoryCrm();
	expect(told(await push(crm, [person('Ada'), person('Ada', { Status: 'Open', HasOptedOut: 'no' })]))).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-1 | Email+LastName+Company
		1 unchanged | Lead 00Q-1
		"
	`);
	expect(crm.calls).toEqual(['match', 'write', 'match']);
});

test('K11 in a dry run, items of one key follow each other over pages', async () => {
	const crm = new MemoryCrm();
	crm.add('Lead', { Email: 'ada@x.com', LastName: 'Ada', Company: 'Acme' });
	const inputs = [person('Ada', { Phone: '1' }), person('Ada', { Phone: '1' }), person('Zoe'), person('Zoe'), person('Zoe', { Phone: '5' })];
	expect(told(await push(crm, inputs, { dryRun: true, pageSize: 1 }))).toMatchInlineSnapshot(`
		"
		0 updated | Lead 00Q-1 | Phone
		1 unchanged | Lead 00Q-1
		2 created | Email+LastName+Company
		3 unchanged
		4 updated | Phone
		"
	`);
	expect([crm.count('write'), crm.rows.length]).toEqual([0, 1]);
});
