import { chmodSync, readdirSync, rmSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { openStateStore } from '../../src/store/openStateStore';
import { clock, storeFolder } from './storeFolder';

const folder = storeFolder();
const refusal = { fingerprint: 'f', refusedAt: '2026-01-01T00:00:00.000Z', code: 'C', words: 'W' };

async function open() {
	return await openStateStore({ kind: 'sqlite', folder: folder() }, clock);
}

function modes(): string[] {
	return readdirSync(folder()).map((name) => `${name} ${(statSync(join(folder(), name)).mode & 0o777).toString(8)}`);
}

it('makes its folder and files for their owner only', async () => {
	const store = await open();
	await store.refusals.remember(refusal);
	expect(modes()).toEqual(['state.sqlite 600', 'state.sqlite-shm 600', 'state.sqlite-wal 600']);
	expect(statSync(folder()).mode & 0o777).toBe(0o700);
	await store.close();
	expect(modes()).toEqual(['state.sqlite 600']);
});

it('takes folder and file back from others', async () => {
	await (await open()).close();
	chmodSync(folder(), 0o755);
	chmodSync(join(folder(), 'state.sqlite'), 0o666);
	await (await open()).close();
	expect(modes()).toEqual(['state.sqlite 600']);
	expect(statSync(folder()).mode & 0o777).toBe(0o700);
});

it('has one handle in the process, also for a copy of the package that n8n loads anew', async () => {
	const store = await open();
	jest.resetModules();
	const copy = await import('../../src/store/openStateStore');
	expect(copy.openStateStore).not.toBe(openStateStore);
	const other = await copy.openStateStore({ kind: 'sqlite', folder: folder() }, clock);
	const handles = (globalThis as Record<symbol, unknown>)[Symbol.for('n8n-nodes-crm-sync.stateStoreHandles')] as Map<
		string,
		{ users: number }
	>;
	expect([...handles].map(([name, { users }]) => [name, users])).toEqual([[`sqlite ${join(folder(), 'state.sqlite')}`, 2]]);
	await store.refusals.remember(refusal);
	await store.close();
	expect(await other.refusals.find('f')).toEqual(refusal);
	await other.close();
	expect(handles.size).toBe(0);
});

it('stores nothing into a file that was deleted under it, and begins anew when it is opened again', async () => {
	const former = await open();
	await former.refusals.remember(refusal);
	rmSync(folder(), { recursive: true });
	await expect(former.refusals.remember(refusal)).rejects.toMatchObject({
		failure: 'failed',
		message: expect.stringContaining('state.sqlite was deleted or replaced while n8n used it'),
	});
	const store = await open();
	expect(await store.refusals.find('f')).toBeUndefined();
	await store.refusals.remember(refusal);
	await former.close();
	await store.close();
	const again = await open();
	expect(await again.refusals.find('f')).toEqual(refusal);
	await again.close();
});

it('is gone when it is closed, in memory, and leaves no file', async () => {
	const memory = { kind: 'sqlite', folder: ':memory:' } as const;
	const [one, other] = [await openStateStore(memory, clock), await openStateStore(memory, clock)];
	await one.refusals.remember(refusal);
	expect(await other.refusals.find('f')).toBeUndefined();
	await one.close();
	await other.close();
	expect(readdirSync('.')).not.toContain(':memory:');
});
