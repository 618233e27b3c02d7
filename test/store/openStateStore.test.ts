import { openStateStore } from '../../src/store/openStateStore';

it('opens in memory', async () => {
	const store = await openStateStore({ kind: 'sqlite', folder: ':memory:' }, () => new Date('2026-01-01T00:00:00Z'));
	expect((await store.connections.list({ limit: 10 })).items).toEqual([]);
	const lease = await store.leases.acquire('a', 'b', 1000);
	expect(lease).toEqual({ scope: 'a', owner: 'b', fence: 1, expiresAt: '2026-01-01T00:00:01.000Z' });
	expect(await store.leases.acquire('a', 'c', 1000)).toBeUndefined();
	expect(await store.leases.acquire('a', 'b', 2000)).toMatchObject({ fence: 1 });
	expect(await store.leases.isHeld(lease!)).toBe(true);
	await store.leases.release(lease!);
	expect(await store.leases.isHeld(lease!)).toBe(false);
	expect(await store.leases.acquire('a', 'c', 1000)).toMatchObject({ fence: 2 });
	await store.close();
	await expect(store.connections.list({ limit: 10 })).rejects.toMatchObject({ failure: 'failed' });
});
