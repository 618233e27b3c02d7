import type { SyncDelivery } from '../../../src/model/syncDelivery';
import type { SyncHold } from '../../../src/model/syncHold';
import type { SyncLink } from '../../../src/model/syncLink';
import { againPlan, isReleased, isWaiting, unseenHold } from '../../../src/sync/deliveries/againPlan';
import type { Pair } from '../../../src/sync/plan/pair';
import type { SyncRun } from '../../../src/sync/run/syncRun';

const LINK: SyncLink = { id: 'link 1', syncId: 'sync', appId: null, crmId: 'L-1', keyHash: null, base: new Uint8Array(), ended: null, endedAt: null, successor: null };
const DELIVERY: SyncDelivery = { id: 'delivery 1', syncId: 'sync', linkId: 'link 1', kind: 'create', rows: [], tries: 3, handedOver: true, withheld: null, createdAt: '' };
const UNSEEN: SyncHold = {
	...{ syncId: 'sync', subject: 'link:link 1', field: '', reason: 'unseen', appId: null, crmId: 'L-1', keyHash: null, candidates: [], words: '', code: null, shown: '' },
	...{ rows: [], heldAt: '', tries: 0, nextTryAt: null, decision: null },
};
/** Several records of the app may be the new one. */
const UNCLEAR: SyncHold = { ...UNSEEN, subject: 'crm:L-1', reason: 'ambiguous' };
const RELEASED: SyncHold = { ...UNSEEN, decision: 'release' };
/** A run did not come to what the app has edited. */
const NOT_RUN: SyncHold = { ...UNSEEN, reason: 'notRun', appId: 'A-1' };
const IN_APP: Partial<SyncLink> = { appId: 'A-1' };
const CLOSED: Partial<SyncLink> = { appId: 'A-1', ended: 'deletedInApp' };

interface Remembered {
	readonly delivery?: Partial<SyncDelivery>;
	readonly link?: Partial<SyncLink>;
	readonly holds?: readonly SyncHold[];
}

/** A new record that was handed over several times, with what is remembered of it otherwise. */
function pairOf({ delivery, link, holds = [] }: Remembered): Pair {
	const crm = { kind: 'shown', record: { entity: 'Lead', id: 'L-1', stamp: '', values: {} } } as const;
	return { items: [], link: { ...LINK, ...link }, known: true, app: { kind: 'absent' }, crm, subject: 'link:link 1', holds, delivery: { ...DELIVERY, ...delivery } };
}

/** Nothing is to be worked out. */
const NO_RUN = {} as SyncRun;

describe('what is waited for before it is sent again', () => {
	test.each<[string, Remembered, boolean]>([
		['a new record of which it is not clear which of the app it is', { holds: [UNCLEAR] }, true],
		['the app has it by now', { holds: [UNCLEAR], link: IN_APP }, false],
		['an update', { holds: [UNCLEAR], link: IN_APP, delivery: { kind: 'update' } }, false],
		['a deletion of a record that the app does not have', { holds: [UNCLEAR], delivery: { kind: 'delete' } }, false],
		['held for another reason', { holds: [{ ...UNCLEAR, reason: 'noKey' }] }, false],
		['a field of it is held', { holds: [{ ...UNCLEAR, field: 'phone' }] }, false],
		['something else is ambiguous', { holds: [{ ...UNCLEAR, subject: 'link:link 1' }] }, false],
		['the app may have edited it', { holds: [NOT_RUN], link: IN_APP, delivery: { kind: 'update' } }, true],
		['the app may have edited what it has deleted', { holds: [NOT_RUN], link: CLOSED, delivery: { kind: 'update' } }, false],
		['the app may have edited what it is to delete', { holds: [NOT_RUN], link: IN_APP, delivery: { kind: 'delete' } }, false],
		['a record that the app does not have', { holds: [NOT_RUN], delivery: { kind: 'create' } }, false],
	])('%s', (_, remembered, waits) => {
		expect(isWaiting(pairOf(remembered))).toBe(waits);
	});

	test('it is left as it is, whatever else is held, or decided', () => {
		for (const other of [UNSEEN, RELEASED]) {
			expect(againPlan(pairOf({ holds: [other, UNCLEAR] }), NO_RUN)).toBeUndefined();
			expect(againPlan(pairOf({ holds: [other, UNCLEAR], delivery: { handedOver: false } }), NO_RUN)).toMatchObject({ withheld: [], holds: [] });
		}
	});
});

test('nothing but a deletion is sent for a record that one side has deleted', () => {
	expect(againPlan(pairOf({ link: CLOSED, delivery: { kind: 'update', handedOver: false } }), NO_RUN)).toBeUndefined();
	expect(againPlan(pairOf({ link: CLOSED, delivery: { kind: 'delete', handedOver: false } }), NO_RUN)?.delivery).toEqual({ kind: 'delete', values: {}, again: true });
});

describe('whether a person wants it to be sent once more', () => {
	test.each<[string, SyncHold, boolean]>([
		['that the app does not show it is let through', RELEASED, true],
		['nobody has decided', UNSEEN, false],
		['for a field that the app does not show', { ...RELEASED, field: 'phone' }, false],
		['what is let through is something else of it', { ...RELEASED, reason: 'refused' }, false],
		['something else of a field', { ...RELEASED, field: 'phone', reason: 'value' }, false],
	])('%s', (_, hold, released) => {
		expect(isReleased(pairOf({ holds: [hold] }))).toBe(released);
	});
});

describe('whether it is held because the app never showed it', () => {
	test.each<[string, Remembered, SyncHold | undefined]>([
		['a new record, sent several times', { holds: [UNSEEN] }, UNSEEN],
		['an update', { holds: [UNSEEN], delivery: { kind: 'update' } }, undefined],
		['a deletion', { holds: [UNSEEN], delivery: { kind: 'delete' } }, undefined],
		['it was not handed over', { holds: [UNSEEN], delivery: { handedOver: false } }, undefined],
		['it was not sent so often', { holds: [UNSEEN], delivery: { tries: 2 } }, undefined],
		['the record is closed', { holds: [UNSEEN], link: CLOSED }, undefined],
		['a person has decided', { holds: [RELEASED] }, undefined],
		['a field is held', { holds: [{ ...UNSEEN, field: 'phone' }] }, undefined],
		['another reason', { holds: [{ ...UNSEEN, reason: 'noKey' }] }, undefined],
		['held beside something else', { holds: [NOT_RUN, UNSEEN] }, UNSEEN],
	])('%s', (_, remembered, hold) => {
		expect(unseenHold(pairOf(remembered))).toEqual(hold);
	});
});
