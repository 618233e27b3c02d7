import type { Contract } from './describeStateStore';

const refusal = {
	fingerprint: 'f1',
	refusedAt: '2026-01-01T00:00:00.000Z',
	code: 'INVALID_LOGIN',
	words: 'User name or password is wrong.',
};

export function describeMemory(contract: Contract): void {
	contract('remembers a refusal until it is forgotten, the latest of each fingerprint', async (world) => {
		const { refusals } = await world.open();
		await refusals.remember(refusal);
		await refusals.remember({ ...refusal, code: 'LOGIN_DURING_RESTRICTED_TIME' });
		expect(await refusals.find('f1')).toEqual({ ...refusal, code: 'LOGIN_DURING_RESTRICTED_TIME' });
		expect(await refusals.find('f2')).toBeUndefined();
		await refusals.forget('f1');
		await refusals.forget('f1');
		expect(await refusals.find('f1')).toBeUndefined();
	});

	contract('knows the first key again, and tells another one until it is adopted', async (world) => {
		const [one, other] = [await world.open(), await world.open()];
		expect(await one.keys.recognize('key 1')).toBe('same');
		expect(await other.keys.recognize('key 1')).toBe('same');
		expect(await other.keys.recognize('key 2')).toBe('changed');
		expect(await other.keys.recognize('key 1')).toBe('same');
		await other.keys.adopt('key 2');
		expect(await one.keys.recognize('key 2')).toBe('same');
		expect(await one.keys.recognize('key 1')).toBe('changed');
	});

	contract('keeps everything over a closing, and nothing after it', async (world) => {
		const first = await world.open();
		await first.refusals.remember(refusal);
		await first.close();
		await first.close();
		await expect(first.refusals.find('f1')).rejects.toMatchObject({ name: 'StateStoreError', failure: 'failed' });
		expect(await (await world.open()).refusals.find('f1')).toEqual(refusal);
	});
}
