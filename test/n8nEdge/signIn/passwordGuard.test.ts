import { randomUUID } from 'node:crypto';

import fc from 'fast-check';

import { CrmError, type CrmErrorKind } from '../../../src/model/crmError';
import { guardPassword } from '../../../src/n8n/signIn/passwordGuard';
import type { Sender } from '../../../src/n8n/signIn/refusalCode';
import { FakeMemory } from './fakeMemory';

const refused = new CrmError('auth', { message: 'Salesforce refused the password.', remedy: 'Correct it.', code: 'invalid_grant', reason: 'password-or-flow-refused' });

/** One credential, tried by runs and by persons. */
function credential(memory = new FakeMemory(), content: readonly string[] = [randomUUID()]) {
	const world = {
		memory,
		sent: 0,
		answer: refused as CrmError | 'token',
		async sign(sender: Sender = 'run'): Promise<'token'> {
			const attempt = async () => {
				world.sent += 1;
				if (world.answer === 'token') return await Promise.resolve(world.answer);
				throw world.answer;
			};
			return await guardPassword({ content, crmName: 'Salesforce', mayRepeat: () => sender !== 'run', sender, attempt }, memory.tools);
		},
		async failure(sender: Sender = 'run'): Promise<CrmError> {
			return await world.sign(sender).then(() => Promise.reject(new Error('it was signed in')), (error: CrmError) => error);
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
			code: 'invalid_grant',
			reason: 'password-or-flow-refused',
			remedy: expect.stringMatching(/refused this on 2026-01-31 12:00 UTC.*not sent again by itself.*run Check Health of the CRM Connection node once by hand/),
		});
		expect(one.sent).toBe(1);
	});

	it('is not sent by a run after the key was lost, until a person tried it and it was taken', async () => {
		const one = credential();
		await one.failure();
		one.memory.keyId = 'another';
		expect(await one.failure()).toMatchObject({ code: 'SIGN_IN_MEMORY_LOST', message: expect.stringContaining('key of this package has changed') });
		expect(one.sent).toBe(1);
		expect(await one.failure('form')).toBe(refused);
		expect([one.sent, one.memory.knownKey]).toEqual([2, 'k']);
		one.memory.now += 86_400_000;
		one.answer = 'token';
		expect(await one.sign('form')).toBe('token');
		expect([await one.sign(), one.memory.knownKey]).toEqual(['token', 'another']);
	});

	it('is remembered by a fingerprint that does not show it, and by words', async () => {
		const one = credential(new FakeMemory(), ['password hunter2']);
		await one.failure();
		expect([...one.memory.refusals.values()]).toEqual([
			{ fingerprint: expect.stringMatching(/^k:[\w-]{43}$/), refusedAt: '2026-01-31T12:00:00.000Z', code: 'password-or-flow-refused invalid_grant run', words: 'Salesforce refused the password. Correct it.' },
		]);
		expect(JSON.stringify([...one.memory.refusals])).not.toContain('hunter2');
	});

	it('is sent once more when a person asks on purpose, and from then on by runs if it is taken', async () => {
		const one = credential();
		await one.failure();
		one.answer = 'token';
		expect(await one.sign('person')).toBe('token');
		expect(await one.sign()).toBe('token');
		expect([one.sent, one.memory.refusals.size]).toEqual([3, 0]);
	});

	it('is not sent again by the form within a quarter of an hour, however often and in however many processes it is opened', async () => {
		const one = credential();
		await one.failure('form');
		for (let opened = 0; opened < 10; opened += 1) expect((await one.failure('form')).remedy).toContain('the form tries it again from 2026-01-31 12:15 UTC on');
		expect(one.sent).toBe(1);
		one.memory.now += 15 * 60_000;
		for (let opened = 0; opened < 10; opened += 1) await one.failure('form');
		expect(one.sent).toBe(2);
	});

	it('is sent again by the form a quarter of an hour after whoever it was refused last', async () => {
		const one = credential();
		await one.failure();
		one.memory.now += 14 * 60_000;
		await one.failure('form');
		await one.failure('person');
		one.memory.now += 14 * 60_000;
		await one.failure('form');
		expect(one.sent).toBe(2);
		one.memory.now += 60_000;
		await one.failure('form');
		expect(one.sent).toBe(3);
	});

	it('is sent again at once by a person after a run, and a minute after a person or the form', async () => {
		const one = credential();
		await one.failure();
		await one.failure('person');
		expect((await one.failure('person')).remedy).toContain('wait until 2026-01-31 12:01 UTC');
		expect(one.sent).toBe(2);
		one.memory.now += 60_000;
		await one.failure('person');
		expect(one.sent).toBe(3);
	});

	it('says once that it is not sent again', async () => {
		const one = credential();
		await one.failure();
		for (const sender of ['run', 'form', 'form', 'person', 'person'] as const) {
			const { message, remedy } = await one.failure(sender);
			expect(`${message} ${remedy}`.split('not sent again').length).toBeLessThanOrEqual(2);
		}
	});

	it('waits no longer because the clock was put back', async () => {
		const one = credential();
		await one.failure('form');
		one.memory.now -= 86_400_000;
		await one.failure('form');
		expect(one.sent).toBe(2);
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
		expect(await one.failure('form')).toMatchObject({ kind: 'unavailable', code: 'SIGN_IN_MEMORY_CLOSED', remedy: 'Close the other program.' });
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
