import { CrmError, type CrmErrorKind } from '../../../src/model/crmError';
import { MemoryCrm, type Fault } from '../memoryCrm';
import { person, push, told } from '../pushing';

const people = ['Ada', 'Bob', 'Eve', 'Joe', 'Kim'].map((name) => person(name));
const failing = (kind: CrmErrorKind) => new CrmError(kind, { message: `It is over (${kind}).`, code: 'OVER' });

/** Pushes page by page; the write with that number meets the fault. */
async function planWith(crm: MemoryCrm, fault: Fault, at: number): Promise<string> {
	let writes = 0;
	crm.fault = () => (++writes === at ? fault : undefined);
	return told(await push(crm, people, { pageSize: 2 }));
}

test('H1 the sign-in ends during a run: what is written stays, the rest is refused without a call', async () => {
	const crm = new MemoryCrm();
	expect(await planWith(crm, 'auth', 3)).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-1 | Email+LastName+Company
		1 created | Lead 00Q-2 | Email+LastName+Company
		2 refused | Refused: auth. [AUTH]
		3 created | Lead 00Q-3 | Email+LastName+Company
		4 refused | Refused: auth. [AUTH]
		"
	`);
	expect(crm.calls).toEqual(['match', 'write', 'match', 'write']);
});

test('H2 a limit is reached: the same', async () => {
	const crm = new MemoryCrm();
	expect(await planWith(crm, 'throttled', 1)).toMatchInlineSnapshot(`
		"
		0 refused | Refused: throttled. [THROTTLED]
		1 created | Lead 00Q-1 | Email+LastName+Company
		2 refused | Refused: throttled. [THROTTLED]
		3 refused | Refused: throttled. [THROTTLED]
		4 refused | Refused: throttled. [THROTTLED]
		"
	`);
	expect(crm.calls).toEqual(['match', 'write']);
});

test('H3 the CRM is down for one batch: its items are refused, later pages are tried', async () => {
	expect(await planWith(new MemoryCrm(), 'down', 1)).toMatchInlineSnapshot(`
		"
		0 refused | Refused: down. [DOWN]
		1 created | Lead 00Q-1 | Email+LastName+Company
		2 created | Lead 00Q-2 | Email+LastName+Company
		3 created | Lead 00Q-3 | Email+LastName+Company
		4 created | Lead 00Q-4 | Email+LastName+Company
		"
	`);
});

test('H4 searching fails before anything was written: one error for the node', async () => {
	const crm = new MemoryCrm();
	crm.matchFault = () => failing('unavailable');
	await expect(push(crm, people)).rejects.toThrow('It is over (unavailable).');
});

test('H5 searching fails later: what is left is refused', async () => {
	const crm = new MemoryCrm();
	crm.matchFault = (call) => (call === 2 ? failing('unavailable') : undefined);
	expect(told(await push(crm, people, { pageSize: 2 }))).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-1 | Email+LastName+Company
		1 created | Lead 00Q-2 | Email+LastName+Company
		2 refused | It is over (unavailable). [OVER]
		3 refused | It is over (unavailable). [OVER]
		4 refused | It is over (unavailable). [OVER]
		"
	`);
});

test('H6 stopped while writing: nobody knows what was done, so it is uncertain and nothing more is called', async () => {
	const crm = new MemoryCrm();
	crm.write = () => {
		crm.calls.push('write');
		return Promise.reject(failing('cancelled'));
	};
	expect(told(await push(crm, people, { pageSize: 3 }))).toMatchInlineSnapshot(`
		"
		0 uncertain | It is over (cancelled). [OVER]
		1 uncertain | It is over (cancelled). [OVER]
		2 uncertain | It is over (cancelled). [OVER]
		3 refused | It is over (cancelled). [OVER]
		4 refused | It is over (cancelled). [OVER]
		"
	`);
	expect(crm.calls).toEqual(['match', 'write']);
});

test('H7 no answer for one item and a limit for the next: no further call, so the first stays uncertain', async () => {
	const crm = new MemoryCrm();
	const queue: Fault[] = ['lostAfter', 'throttled'];
	crm.fault = () => queue.shift();
	expect(told(await push(crm, people.slice(0, 3)))).toMatchInlineSnapshot(`
		"
		0 uncertain | No usable answer.
		1 refused | Refused: throttled. [THROTTLED]
		2 created | Lead 00Q-2 | Email+LastName+Company
		"
	`);
	expect(crm.calls).toEqual(['match', 'write']);
});

test('H8 a create refused as there, and reading not allowed: refused, because it surely was not done', async () => {
	const crm = new MemoryCrm();
	crm.add('Lead', { ShopId__c: 'z' });
	crm.matchFault = (call) => (call === 2 ? failing('permission') : undefined);
	expect(told(await push(crm, [person('Zoe', { ShopId__c: 'z' })]))).toMatchInlineSnapshot(`
		"
		0 refused | ShopId__c: The CRM refuses it (DUPLICATE_VALUE). [DUPLICATE_VALUE]
		"
	`);
});

test('H9 the CRM answers for fewer records than it was sent: the others are looked up', async () => {
	const crm = new MemoryCrm();
	const writing = crm.write.bind(crm);
	crm.write = async (batch) => (await writing(batch)).slice(0, 1);
	expect(told(await push(crm, people.slice(0, 2)))).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-1 | Email+LastName+Company
		1 created | Lead 00Q-2 | Email+LastName+Company
		"
	`);
});

test('H10 an error that nobody foresaw, later: what is written stays reported, and nothing is claimed about the page it struck', async () => {
	const crm = new MemoryCrm();
	const matching = crm.match.bind(crm);
	let matches = 0;
	crm.match = (queries) => {
		if (++matches === 2) throw new TypeError('x is undefined');
		return matching(queries);
	};
	expect(told(await push(crm, people, { pageSize: 2 }))).toMatchInlineSnapshot(`
		"
		0 created | Lead 00Q-1 | Email+LastName+Company
		1 created | Lead 00Q-2 | Email+LastName+Company
		2 uncertain | The run broke off unexpectedly: x is undefined.
		3 uncertain | The run broke off unexpectedly: x is undefined.
		4 refused | The run broke off unexpectedly: x is undefined.
		"
	`);
});
