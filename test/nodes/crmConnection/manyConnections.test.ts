import { join } from 'node:path';

import type { Connection } from '../../../src/model/connection';
import { openStateStore } from '../../../src/store/openStateStore';
import { connectionRig } from './connectionRig';

const rig = connectionRig();

const connection = (index: number): Connection => ({
	id: `connection-${index}`,
	crm: 'salesforce',
	orgId: `00D${String(index).padStart(12, '0')}AAA`,
	name: `Org ${String(index).padStart(4, '0')}`,
	description: '',
	orgName: `Org ${index}`,
	edition: 'Enterprise Edition',
	sandbox: false,
	instanceUrl: `https://org${index}.my.salesforce.com`,
	status: index % 10 === 0 ? 'paused' : 'active',
	statusSince: '2026-11-01T00:00:00.000Z',
	runAutomatically: true,
	apiBudgetPercent: null,
	registeredAt: '2026-11-01T00:00:00.000Z',
	deletedAt: null,
});

describe('CRM Connection: a registry of 1,000 connections', () => {
	beforeEach(async () => {
		const folder = join(String(process.env.N8N_USER_FOLDER), '.n8n', 'crm-sync');
		const store = await openStateStore({ kind: 'sqlite', folder }, () => new Date());
		await store.connections.commit({ connections: Array.from({ length: 1000 }, (_, index) => ({ value: connection(index), basedOn: 0 })) });
		await store.close();
	});

	it('lists all of them by name, or as many as wanted, or only those that are paused', async () => {
		const { world } = rig;
		const all = await world.items('getAll', { returnAll: true });
		expect(all.map(({ name }) => name)).toEqual(Array.from({ length: 1000 }, (_, index) => connection(index).name));
		expect((await world.items('getAll', { limit: 7 })).map(({ name }) => name)).toEqual(all.slice(0, 7).map(({ name }) => name));
		expect(await world.items('getAll', { returnAll: true, filters: { status: 'paused' } })).toHaveLength(100);
	});

	it('finds the one that a credential reaches', async () => {
		const { world } = rig;
		const org = await world.connect();
		expect(await world.item('get')).toMatchObject({ orgId: org.id });
	});
});
