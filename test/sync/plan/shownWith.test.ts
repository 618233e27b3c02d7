import type { AppSide, CrmSide, Pair } from '../../../src/sync/plan/pair';
import { sameShown, shownWith } from '../../../src/sync/plan/shownWith';
import type { SyncRun } from '../../../src/sync/run/syncRun';

const run = { keyring: { current: { id: 'key', secret: new Uint8Array(32) }, former: [] }, mapping: { appFields: ['name', 'phone'] }, select: ['LastName', 'Phone'] } as unknown as SyncRun;
const ada: AppSide = { kind: 'shown', values: { name: 'Ada' } };
const lead = (Phone: string | null): CrmSide => ({ kind: 'shown', record: { entity: 'Lead', id: 'L-1', stamp: '1', values: { LastName: 'Ada', Phone } } });
const shown = (app: AppSide, crm: CrmSide) => shownWith({ app, crm, link: { id: 'link' }, holds: [] } as unknown as Pair, run);

test('a side that is silent has no print', () => {
	expect(shown({ kind: 'absent' }, { kind: 'absent' })).toBe(':');
	expect(shown(ada, { kind: 'absent' })).toMatch(/^[\w-]{12}:$/);
	expect(shown({ kind: 'absent' }, lead('1'))).toMatch(/^:[\w-]{12}$/);
});

test('other values have another print; a blank and an absent field have the same', () => {
	expect(shown(ada, lead('1'))).not.toBe(shown(ada, lead('2')));
	expect(shown(ada, lead('1'))).not.toBe(shown({ kind: 'shown', values: { name: 'Eve' } }, lead('1')));
	expect(shown(ada, lead('1'))).toBe(shown({ kind: 'shown', values: { name: 'Ada', phone: null } }, lead('1')));
});

test('a record that the CRM no longer shows has the print of a deleted one', () => {
	expect(shown(ada, { kind: 'missing' })).toBe(shown(ada, { kind: 'deleted' }));
	expect(shown(ada, { kind: 'missing' })).not.toBe(shown(ada, { kind: 'new' }));
});

test.each([
	['a:c', 'a:c', true],
	['a:c', 'b:c', false],
	['a:c', 'a:d', false],
	['a:c', ':c', true],
	[':c', 'a:c', true],
	['a:', 'a:c', true],
	[':', 'a:c', true],
])('%s and %s: the same, a silent side apart? %s', (one, other, same) => {
	expect(sameShown(one, other)).toBe(same);
});
