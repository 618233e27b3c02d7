import { CrmError } from '../../../src/model/crmError';
import { MemoryCrm, type Fault } from '../memoryCrm';
import { person, push, shown, told, type Input, type PushOptions } from '../pushing';

/** The results when the writes meet these faults, one after the other. */
async function plan(crm: MemoryCrm, inputs: readonly Input[], planned: readonly (Fault | undefined)[], options?: PushOptions): Promise<string> {
	const queue = [...planned];
	crm.fault = () => queue.shift();
	return told(await push(crm, inputs, options));
}

function withAda(): MemoryCrm {
	const crm = new MemoryCrm();
	crm.add('Lead', { Email: 'ada@x.com', LastName: 'Ada', Company: 'Acme' });
	return crm;
}

test('L1 create, no answer, but it is there as written: created', async () => {
	const crm = new MemoryCrm();
	expect(await plan(crm, [person('Zoe')], ['lostAfter'])).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-1 | Email+LastName+Company
		"
	`);
	expect(crm.calls).toEqual(['match', 'write', 'match']);
});

test('L2 create, no answer, and nothing there: uncertain, never repeated in this run', async () => {
	const crm = new MemoryCrm();
	expect(await plan(crm, [person('Zoe'), person('Zoe'), person('Ada')], ['lostBefore'], { pageSize: 1 })).toMatchInlineSnapshot(`
		"
		0 uncertain | No usable answer.
		1 uncertain | No usable answer.
		2 created | Lead 00Q-1 | Email+LastName+Company
		"
	`);
	expect(await plan(crm, [person('Zoe')], [])).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-2 | Email+LastName+Company
		"
	`);
});

test('L3 create, no answer, and something else is there: updated like any record', async () => {
	const crm = new MemoryCrm();
	crm.fault = ({ kind }) => {
		if (kind === 'create') crm.add('Lead', { Email: 'zoe@x.com', LastName: 'Somebody', Company: 'Else' });
		return kind === 'create' ? 'lostBefore' : undefined;
	};
	expect(told(await push(crm, [person('Zoe')]))).toMatchInlineSnapshot(`
		"
		0 updated | Lead 00Q-1 | LastName+Company
		"
	`);
	expect(crm.rows).toHaveLength(1);
});

test('L4 only creating, no answer, and something else is there: uncertain, with its link', async () => {
	const crm = new MemoryCrm();
	crm.fault = () => {
		crm.add('Lead', { Email: 'zoe@x.com', LastName: 'Somebody', Company: 'Else' });
		return 'lostBefore';
	};
	expect(told(await push(crm, [person('Zoe'), person('Zoe')], { mode: 'create' }))).toMatchInlineSnapshot(`
		"
		0 uncertain | Lead 00Q-1 | No usable answer.
		1 uncertain | Lead 00Q-1 | No usable answer.
		"
	`);
	expect(crm.rows[0].values.LastName).toBe('Somebody');
});

test('L5 create, no answer, and several are there: a person decides', async () => {
	const crm = new MemoryCrm();
	crm.fault = () => {
		for (const LastName of ['One', 'Two']) crm.add('Lead', { Email: 'zoe@x.com', LastName });
		return 'lostBefore';
	};
	expect(told(await push(crm, [person('Zoe'), person('Zoe')]))).toMatchInlineSnapshot(`
		"
		0 needsAttention | 2 records have this match value after a reply was lost; it is not clear which one is meant. | see Lead 00Q-1, Lead 00Q-2
		1 needsAttention | 2 records have this match value after a reply was lost; it is not clear which one is meant. | see Lead 00Q-1, Lead 00Q-2
		"
	`);
});

test('L6 create, the CRM failed, and nothing is there: sent once more', async () => {
	const crm = new MemoryCrm();
	expect(await plan(crm, [person('Zoe')], ['failedBefore'])).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-1 | Email+LastName+Company
		"
	`);
	expect(await plan(crm, [person('Ada')], ['failedBefore', 'failedBefore'])).toMatchInlineSnapshot(`
		"
		0 refused | No usable answer.
		"
	`);
	expect(shown(crm, 'Lead', 'Email')).toMatchInlineSnapshot(`
		"
		00Q-1 "zoe@x.com"
		"
	`);
});

test('L7 create, the CRM failed, but it is there: created', async () => {
	expect(await plan(new MemoryCrm(), [person('Zoe')], ['failedAfter'])).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-1 | Email+LastName+Company
		"
	`);
});

test('L8 create refused because the record is there by now: updated, never called created', async () => {
	const crm = new MemoryCrm();
	const inputs = [{ ShopId__c: 'z', LastName: 'Zoe', Company: 'Acme' }];
	const racing = crm.write.bind(crm);
	crm.write = (batch) => {
		if (crm.rows.length === 0) crm.add('Lead', { ShopId__c: 'z', LastName: 'Zoe', Company: 'Acme' });
		return racing(batch);
	};
	expect(told(await push(crm, inputs, { matchField: 'ShopId__c' }))).toMatchInlineSnapshot(`
		"
		0 unchanged | Lead 00Q-1
		"
	`);
});

test('L9 create refused as a duplicate, but by another rule than the match field: refused', async () => {
	const crm = new MemoryCrm();
	crm.add('Lead', { Email: 'other@x.com', ShopId__c: 'z' });
	expect(told(await push(crm, [person('Zoe', { ShopId__c: 'z' })]))).toMatchInlineSnapshot(`
		"
		0 refused | ShopId__c: The CRM refuses it (DUPLICATE_VALUE). [DUPLICATE_VALUE]
		"
	`);
});

test('L10 update, no answer, and the record shows it: updated', async () => {
	const crm = withAda();
	expect(await plan(crm, [person('Ada', { Phone: '1' })], ['lostAfter'])).toMatchInlineSnapshot(`
		"
		0 updated | Lead 00Q-1 | Phone
		"
	`);
	expect(crm.count('write')).toBe(1);
});

test('L11 update, no answer, and the record does not show it: sent once more, then uncertain', async () => {
	expect(await plan(withAda(), [person('Ada', { Phone: '1' })], ['lostBefore'])).toMatchInlineSnapshot(`
		"
		0 updated | Lead 00Q-1 | Phone
		"
	`);
	expect(await plan(withAda(), [person('Ada', { Phone: '1' })], ['lostBefore', 'lostBefore'])).toMatchInlineSnapshot(`
		"
		0 uncertain | Lead 00Q-1 | No usable answer.
		"
	`);
	expect(await plan(withAda(), [person('Ada', { Phone: '1' })], ['failedBefore', 'failedBefore'])).toMatchInlineSnapshot(`
		"
		0 refused | Lead 00Q-1 | No usable answer.
		"
	`);
});

test('L12 no answer, and reading fails too: uncertain, and each item is told once', async () => {
	const crm = withAda();
	crm.matchFault = (call) => (call === 2 ? new CrmError('unavailable', { message: 'Down.' }) : undefined);
	expect(await plan(crm, [person('Zoe'), person('Ada', { Phone: '1' })], ['lostAfter', 'lostAfter'])).toMatchInlineSnapshot(`
		"
		0 uncertain | No usable answer.
		1 uncertain | Lead 00Q-1 | No usable answer.
		"
	`);
});

test('L13 one record that the CRM chokes on: it alone is refused', async () => {
	const crm = new MemoryCrm();
	const writing = crm.write.bind(crm);
	crm.write = (batch) => {
		const chokes = batch.mutations.some(({ values }) => values.LastName === 'Choke');
		crm.fault = () => (chokes ? 'failedBefore' : undefined);
		return writing(batch);
	};
	const inputs = Array.from({ length: 200 }, (_, at) => person(at === 77 ? 'Choke' : `p${at}`));
	const results = await push(crm, inputs);
	expect(results.flatMap(({ index, status }) => (status === 'created' ? [] : [`${index} ${status}`]))).toEqual(['77 refused']);
	expect(crm.count('write')).toBeLessThanOrEqual(20);
});

test('L14 the CRM chokes on everything: a few calls, and every item is refused', async () => {
	const crm = new MemoryCrm();
	crm.fault = () => 'failedBefore';
	const results = await push(
		crm,
		Array.from({ length: 500 }, (_, at) => person(`p${at}`)),
	);
	expect(results.every(({ status }) => status === 'refused')).toBe(true);
	expect(crm.count('write')).toBe(6);
});
