import { retrying, worthReadingAgain, worthWritingAgain } from '../../src/crm/retrying';
import { CrmError } from '../../src/model/crmError';

const busy = (retryAfterMs?: number) => new CrmError('throttled', { message: 'busy', transient: true, retryAfterMs });

async function waitsOf(failures: readonly CrmError[], tries = 4): Promise<readonly number[]> {
	const waits: number[] = [];
	const left = [...failures];
	const attempt = async () => {
		const failure = left.shift();
		return failure === undefined ? await Promise.resolve('done') : await Promise.reject(failure);
	};
	const outcome = retrying(attempt, { tries, delayMs: 1, worthAnother: ({ transient }) => transient, wait: async (delayMs) => { waits.push(delayMs); await Promise.resolve(); } });
	await outcome.catch((error: unknown) => expect(error).toBe(failures[tries - 1]));
	return waits;
}

test('waits are never shorter than the CRM asks for', async () => {
	const waits = await waitsOf([busy(7_000), busy(), busy(250)]);
	expect([waits[0], waits[2]]).toEqual([7_000, 250]);
	expect(waits[1]).toBeLessThan(100);
});

test('after the last try nothing is waited for, and a final failure ends it at once', async () => {
	expect(await waitsOf([busy(), busy(), busy(), busy()])).toHaveLength(3);
	await expect(retrying(() => Promise.reject(new CrmError('auth', { message: 'no' })), { tries: 4, delayMs: 1, worthAnother: () => false })).rejects.toMatchObject({ kind: 'auth' });
});

test('aborting ends a wait', async () => {
	const stop = new AbortController();
	const waiting = retrying(() => Promise.reject(busy(60_000)), { tries: 2, delayMs: 1, signal: stop.signal, worthAnother: () => true });
	stop.abort();
	await expect(waiting).rejects.toMatchObject({ kind: 'cancelled' });
});

test('a write is repeated only where it surely was not carried out', () => {
	const lost = new CrmError('unavailable', { message: 'lost', replyLost: true });
	const unreached = new CrmError('unavailable', { message: 'unreached' });
	expect([lost, unreached, busy()].map(worthWritingAgain)).toEqual([false, true, true]);
	expect([lost, unreached, busy()].map(worthReadingAgain)).toEqual([true, true, true]);
});
