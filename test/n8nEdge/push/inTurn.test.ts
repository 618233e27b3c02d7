import { inTurn } from '../../../src/n8n/push/inTurn';

const acme = { host: 'https://acme.example' };

/** Two pieces of work, and the order in which their steps happened. */
async function race(first: ReturnType<typeof inTurn>, second: ReturnType<typeof inTurn>): Promise<string[]> {
	const steps: string[] = [];
	const work = (name: string) => async () => {
		steps.push(`${name} begins`);
		await new Promise((resolve) => setImmediate(resolve));
		steps.push(`${name} ends`);
	};
	await Promise.all([first(work('one')), second(work('two'))]);
	return steps;
}

describe('pushes of one process', () => {
	test('to one object of one org take turns', async () => {
		expect(await race(inTurn(acme, 'Lead'), inTurn(acme, 'Lead'))).toEqual(['one begins', 'one ends', 'two begins', 'two ends']);
	});

	test('to different objects or orgs do not wait for each other', async () => {
		const together = ['one begins', 'two begins', 'one ends', 'two ends'];
		expect(await race(inTurn(acme, 'Lead'), inTurn(acme, 'Contact'))).toEqual(together);
		expect(await race(inTurn(acme, 'Lead'), inTurn({ host: 'https://other.example' }, 'Lead'))).toEqual(together);
	});

	test('that were stopped no longer wait, and hold nobody up', async () => {
		const stopping = new AbortController();
		const gate = Promise.withResolvers<void>();
		const first = inTurn(acme, 'Lead')(async () => await gate.promise);
		const stopped = inTurn(acme, 'Lead', stopping.signal)(async () => 'never');
		const third = inTurn(acme, 'Lead')(async () => 'third');
		stopping.abort();
		await expect(stopped).rejects.toMatchObject({ kind: 'cancelled' });
		gate.resolve();
		await first;
		expect(await third).toBe('third');
	});

	test('go on after one that failed', async () => {
		const turn = inTurn(acme, 'Lead');
		await expect(turn(async () => await Promise.reject(new Error('no')))).rejects.toThrow('no');
		expect(await turn(async () => 'next')).toBe('next');
	});
});
