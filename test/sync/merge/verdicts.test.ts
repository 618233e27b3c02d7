import type { FieldVerdict } from '../../../src/sync/merge/recordMerge';
import { LinkedPair, row } from './linkedPair';

/** Both sides have changed the field, and it is held; then the app shows nothing more, and takes nothing. */
function silentPair(winner: FieldVerdict['winner']): { readonly pair: LinkedPair; readonly verdict: FieldVerdict } {
	const pair = LinkedPair.settled({ phone: '1' }, { Phone: '1' }, row('phone', 'Phone', { conflict: 'hold' }));
	pair.app = { phone: '2' };
	pair.crm = { Phone: '3' };
	expect(pair.run()).toEqual(['hold Phone conflict: app "2", CRM "3"']);
	const verdict = pair.decide(winner);
	pair.app = {};
	pair.appTakes = false;
	return { pair, verdict };
}

test('a decision for the CRM is carried out although the app is silent, and the value that it overrules is no new edit', () => {
	const { pair, verdict } = silentPair('crm');
	expect(pair.run([verdict])).toContain('app phone = "3"');
	pair.app = { phone: '2' };
	expect(pair.run()).toEqual(['app phone = "3"']);
});

test('a decision about another value of the CRM says nothing: what the app shows later is held again', () => {
	const { pair, verdict } = silentPair('crm');
	pair.crm = { Phone: '4' };
	pair.run([verdict]);
	pair.app = { phone: '2' };
	expect(pair.run([verdict])).toEqual(['hold Phone conflict: app "2", CRM "4"']);
});

test('a decision for the app cannot be carried out while the app is silent', () => {
	const { pair, verdict } = silentPair('app');
	expect(pair.run([verdict])).toEqual(silentPair('app').pair.run([]));
});
