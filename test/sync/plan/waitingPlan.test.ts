import { linkedPairs, next } from '../twoWay/pairs';
import { withRule } from '../twoWay/World';

test('a value that was to overrule the CRM’s, and waits because the CRM refused it, is stored to be told only when it is tried', async () => {
	const world = await linkedPairs('ada');
	world.mapping = withRule('name', { conflict: 'preferApp' });
	world.app.edit('A-1', { name: 'Refused' });
	world.crm.edit('L-1', { LastName: 'Other' });
	const stored: string[] = [];
	const commit = world.state.commit.bind(world.state);
	world.state.commit = async (batch, lease) => {
		stored.push(...(batch.reports ?? []).map(() => 'report'));
		return await commit(batch, lease);
	};
	expect([await next(world), stored]).toEqual([['refused A-1 RULE'], ['report']]);
	expect([await next(world), stored]).toEqual([['hold A-1 refused'], ['report']]);
});
