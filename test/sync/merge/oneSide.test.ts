import { LinkedPair, row } from './linkedPair';

const settled = () => LinkedPair.settled({ phone: '1' }, { Phone: '1' }, row('phone', 'Phone', { blank: 'clear' }));

test('the CRM empties a field while the app does not show it: it is emptied in the app', () => {
	const pair = settled();
	pair.app = {};
	pair.crm = { Phone: null };
	expect(pair.run()).toEqual(['app phone = null']);
});

test('the app empties a field while the CRM does not show it: it is emptied in the CRM once that shows it again', () => {
	const pair = settled();
	pair.app = { phone: '' };
	pair.crm = {};
	const lines = pair.run();
	pair.crm = { Phone: '1' };
	expect([...lines, ...pair.run()]).toContain('CRM Phone = null');
});

test('neither side shows a field: nothing is known of it, and it stays as it was settled', () => {
	const pair = settled();
	[pair.app, pair.crm] = [{}, {}];
	expect(pair.run()).toEqual([]);
	[pair.app, pair.crm] = [{ phone: '2' }, { Phone: '1' }];
	expect(pair.run()).toEqual(['CRM Phone = "2"']);
});

test('of what is on its way to the app, it is told what the CRM hides by now', () => {
	const pair = LinkedPair.settled({ phone: '1', first: 'Ada' }, { Phone: '1', FirstName: 'Ada' }, row('phone', 'Phone'), row('first', 'FirstName'));
	pair.appTakes = false;
	pair.crm = { Phone: '2', FirstName: 'Eve' };
	pair.run();
	const told = () => [pair.merge.awaiting, pair.merge.hidden];
	expect(told()).toEqual([['phone-Phone', 'first-FirstName'], []]);
	pair.crm = { FirstName: 'Eve' };
	pair.run();
	expect(told()).toEqual([['phone-Phone', 'first-FirstName'], ['phone-Phone']]);
});
