import type { Contract } from './describeStateStore';
import type { StoreWorld } from './StoreWorld';

function pass(world: StoreWorld, ms: number): void {
	world.now = new Date(world.now.getTime() + ms);
}

export function describeLeases(contract: Contract): void {
	contract('gives a scope to one owner at a time, across stores', async (world) => {
		const [one, other] = [await world.open(), await world.open()];
		const lease = await one.leases.acquire('sync 1', 'a', 1000);
		expect(lease).toEqual({ scope: 'sync 1', owner: 'a', fence: 1, expiresAt: '2026-01-01T00:00:01.000Z' });
		expect(await other.leases.acquire('sync 1', 'b', 1000)).toBeUndefined();
		expect(await other.leases.acquire('sync 2', 'b', 1000)).toMatchObject({ fence: 1 });
		expect(await other.leases.isHeld(lease!)).toBe(true);
	});

	contract('extends it for its holder, with the same fence', async (world) => {
		const { leases } = await world.open();
		const first = await leases.acquire('s', 'a', 1000);
		pass(world, 900);
		expect(await leases.acquire('s', 'a', 1000)).toEqual({ scope: 's', owner: 'a', fence: 1, expiresAt: '2026-01-01T00:00:01.900Z' });
		pass(world, 900);
		expect(await leases.isHeld(first!)).toBe(true);
	});

	contract('ends it at its time, and gives the next holder a greater fence', async (world) => {
		const { leases } = await world.open();
		const first = await leases.acquire('s', 'a', 1000);
		pass(world, 1000);
		expect(await leases.isHeld(first!)).toBe(false);
		const second = await leases.acquire('s', 'b', 1000);
		expect(second).toMatchObject({ owner: 'b', fence: 2 });
		expect(await leases.isHeld(first!)).toBe(false);
		await leases.release(first!);
		expect(await leases.isHeld(second!)).toBe(true);
		pass(world, 1000);
		expect(await leases.acquire('s', 'b', 1000)).toMatchObject({ fence: 3 });
	});

	contract('is free after its release, with a fence that goes on growing', async (world) => {
		const { leases } = await world.open();
		const first = await leases.acquire('s', 'a', 1000);
		await leases.release(first!);
		expect(await leases.isHeld(first!)).toBe(false);
		expect(await leases.acquire('s', 'a', 1000)).toMatchObject({ fence: 2 });
		expect(await leases.isHeld(first!)).toBe(false);
		await leases.release(first!);
		expect(await leases.acquire('s', 'b', 1000)).toBeUndefined();
	});

	contract('lets one of many who ask at once have it', async (world) => {
		const stores = [await world.open(), await world.open()];
		const attempts = Array.from({ length: 12 }, async (_, n) => await stores[n % 2].leases.acquire('s', `owner ${n}`, 1000));
		expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1);
	});

	contract('refuses a lease of no time or of endless time', async (world) => {
		const { leases } = await world.open();
		for (const ttlMs of [0, -1, Number.NaN, Number.POSITIVE_INFINITY]) {
			await expect(leases.acquire('s', 'a', ttlMs)).rejects.toMatchObject({ name: 'StateStoreError', failure: 'failed' });
		}
		expect(await leases.acquire('s', 'b', 1000)).toMatchObject({ fence: 1 });
	});
}
