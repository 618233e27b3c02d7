import { randomUUID } from 'node:crypto';

import fc from 'fast-check';

import { CrmError, type CrmErrorKind } from '../../../src/model/crmError';
import { guardPassword } from '../../../src/n8n/signIn/passwordGuard';
import { FakeMemory } from './fakeMemory';

const refused = new CrmError('auth', { message: 'Salesforce refused the password.', remedy: 'Correct it.', code: 'invalid_grant', reason: 'password-or-flow-refused' });

/** One credential, tried by runs and by persons. */
function credential(memory = new FakeMemory(), content: readonly string[] = [randomUUID()]) {
	const world = {
		memory,
		sent: 0,
		answer: refused as CrmError | 'token',
		async sign(mayRepeat = false): Promise<'token'> {
			const attempt = async () => {
				world.sent += 1;
				if (world.answer === 'token') return await Promise.resolve(world.answer);
				throw world.answer;
			};
			return await guardPassword({ content, crmName: 'Salesforce', mayRepeat: () => mayRepeat, attempt }, memory.tools);
		},
		async failure(mayRepeat = false): Promise<CrmError> {
			return await world.sign(mayRepeat).then(() => Promise.reject(new Error('it was signed in')), (error: CrmError) => error);
		},
	};
	return world;
}

describe('a password', () => {
	it('that was refused is not sent again, and its words come back with the way out', async () => {
		const one = credential();
		expect(await one.failure()).toBe(refused);
		one.memory.now += 86_400_000;
		expect(await one.failure()).toMatchObject({
			kind: 'auth',
			message: 'Salesforce refused the password. Correct it.',
			reason: 'password-or-flow-refused',
			remedy: expect.stringMatching(/refused this on 2026-01-31 12:00 UTC.*not sent again by itself.*test it there/),
		});
		expect(one.sent).toBe(1);
	});

	it('is not sent by a run after the key was lost, until a person tried it and it was taken', async () => {
		const one = credential();
		await one.failure();
		one.memory.keyId = 'another';
		expect(await one.failure()).toMatchObject({ code: 'SIGN_IN_MEMORY_LOST', message: expect.stringContaining('key of this package has changed') });
		expect(one.sent).toBe(1);
		expect(await one.failure(true)).toBe(refused);
		expect([one.sent, one.memory.knownKey]).toEqual([2, 'k']);
		one.memory.now += 86_400_000;
		one.answer = 'token';
		expect(await one.sign(true)).toBe('token');
		expect([await one.sign(), one.memory.knownKey]).toEqual(['token', 'another']);
	});

	it('is remembered by a fingerprint that does not show it, and by words', async () => {
		const one = credential(new FakeMemory(), ['password hunter2']);
		await one.failure();
		expect([...one.memory.refusals.values()]).toEqual([
			{ fingerprint: expect.stringMatching(/^k:[\w-]{43}$/), refusedAt: '2026-01-31T12:00:00.000Z', code: 'password-or-flow-refused', words: 'Salesforce refused the password. Correct it.' },
		]);
		expect(JSON.stringify([...one.memory.refusals])).not.toContain('hunter2');
	});

	it('is sent once more when a person asks, and from then on by runs if it is taken', async () => {
		const one = credential();
		await one.failure();
		one.answer = 'token';
		expect(await one.sign(true)).toBe('token');
		expect(await one.sign()).toBe('token');
		expect([one.sent, one.memory.refusals.size]).toEqual([3, 0]);
	});

	it('is not sent again within a minute, however often a person opens the form', async () => {
		const one = credential();
		await one.failure();
		await one.failure(true);
		expect((await one.failure(true)).remedy).toContain('wait a minute');
		one.memory.now += 60_000;
		await one.failure(true);
		expect(one.sent).toBe(3);
	});

	it.each<CrmErrorKind>(['unavailable', 'throttled'])('that was not judged (%s) is sent again', async (kind) => {
		const one = credential();
		one.answer = new CrmError(kind, { message: 'Busy.' });
		await one.failure();
		one.answer = 'token';
		expect(await one.sign()).toBe('token');
		expect(one.memory.refusals.size).toBe(0);
	});

	it('is not sent without the memory', async () => {
		const one = credential();
		one.memory.failing = 'open';
		expect(await one.failure(true)).toMatchObject({ kind: 'unavailable', code: 'SIGN_IN_MEMORY_CLOSED', remedy: 'Close the other program.' });
		expect(one.sent).toBe(0);
	});

	it('whose refusal could not be stored is not sent again by this process', async () => {
		const one = credential();
		one.memory.failing = 'remember';
		expect(await one.failure()).toBe(refused);
		await one.failure();
		expect(one.sent).toBe(1);
	});

	it('is tried by one process at a time, and the other learns the outcome', async () => {
		const one = credential();
		await one.failure();
		const [[fingerprint, refusal]] = [...one.memory.refusals];
		one.memory.refusals.clear();
		one.memory.held.set(`sign-in:${fingerprint}`, 'another process');
		one.memory.meanwhile = () => {
			if (one.memory.pauses.length < 3) return;
			one.memory.held.clear();
			one.memory.refusals.set(fingerprint, refusal);
		};
		expect((await one.failure()).remedy).toContain('not sent again by itself');
		expect([one.sent, one.memory.pauses]).toEqual([1, [500, 500, 500]]);
	});

	it('is not sent as long as another process holds the right to', async () => {
		const one = credential();
		await one.failure();
		for (const fingerprint of one.memory.refusals.keys()) one.memory.held.set(`sign-in:${fingerprint}`, 'another process');
		expect(await one.failure()).toMatchObject({ kind: 'unavailable', code: 'SIGN_IN_BUSY', transient: true });
	});

	it('is never sent twice by runs after a refusal, whatever else happens', async () => {
		const step = fc.constantFrom('run', 'refuse', 'take', 'down', 'later');
		await fc.assert(
			fc.asyncProperty(fc.array(step, { maxLength: 30 }), async (steps) => {
				const one = credential();
				one.answer = 'token';
				let refusals = 0;
				for (const what of steps) {
					if (what === 'refuse') one.answer = refused;
					else if (what === 'take') one.answer = 'token';
					else if (what === 'down') one.answer = new CrmError('unavailable', { message: 'Down.' });
					else if (what === 'later') one.memory.now += 3_600_000;
					else refusals += await one.sign().then(() => 0, (error) => Number(error === refused));
				}
				expect(refusals).toBeLessThanOrEqual(1);
				expect(one.memory.held.size).toBe(0);
			}),
		);
	});
});
