import fc from 'fast-check';

import { claimed, mayProbe } from '../../../src/connections/registry/probe';
import type { SignIn } from '../../../src/model/connection';
import { law } from '../../sync/laws/law';
import { at, cause, inactiveSignIn, trying } from './registryRecords';

const minutesUntilNext = (signIn: SignIn, from: number): number => {
	for (let minutes = from; ; minutes++) if (mayProbe(signIn, { ...trying, now: at(minutes) })) return minutes;
};

describe('mayProbe', () => {
	it('waits a quarter of an hour, an hour, six, and then a day each time', () => {
		const waits: number[] = [];
		let signIn = inactiveSignIn;
		let minutes = 0;
		while (waits.length < 6) {
			const next = minutesUntilNext(signIn, minutes);
			waits.push(next - minutes);
			minutes = next;
			signIn = claimed(signIn, { ...trying, now: at(minutes) });
		}
		expect(waits).toEqual([15, 60, 360, 1440, 1440, 1440]);
	});

	it('starts anew after the credential was changed', () => {
		const tired = { ...inactiveSignIn, failedTries: 7 };
		expect(mayProbe(tired, { ...trying, fingerprint: 'key:two' })).toBe(true);
		expect(claimed(tired, { ...trying, fingerprint: 'key:two' }).failedTries).toBe(0);
	});

	it.each([
		['the password was refused', { ...inactiveSignIn, cause: { ...cause, cause: 'password-refused' } }, false],
		['signing in sends a password, whatever was refused', inactiveSignIn, true],
	])('never comes by itself when %s', (_why, signIn, sendsPassword) => {
		const muchLater = { ...trying, sendsPassword, now: at(1_000_000) };
		expect(mayProbe(signIn, muchLater)).toBe(false);
		expect(mayProbe(signIn, { ...muchLater, fingerprint: 'key:two' })).toBe(true);
		expect(mayProbe(signIn, { ...muchLater, fingerprint: 'lost:two' })).toBe(false);
	});

	it('comes once when the refused password was taken since, as in the form, and slowly if that was not all', () => {
		const signIn = { ...inactiveSignIn, cause: { ...cause, cause: 'password-refused' } };
		const attempt = { ...trying, sendsPassword: true, refusalForgotten: true };
		expect(mayProbe(signIn, attempt)).toBe(true);
		const taken = claimed(signIn, attempt);
		expect(mayProbe(taken, attempt)).toBe(false);
		expect(mayProbe(taken, { ...attempt, now: at(1_000_000) })).toBe(true);
		expect(mayProbe(taken, { ...attempt, refusalForgotten: false, now: at(1_000_000) })).toBe(false);
	});

	it.each(['never-connected', 'no-credential', 'credential-unreadable'])('comes as soon as the credential can be used after %s, by which nothing was sent', (unsent) => {
		const signIn = { ...inactiveSignIn, cause: { ...cause, cause: unsent } };
		const attempt = { ...trying, sendsPassword: true };
		expect(mayProbe(signIn, { ...attempt, unusable: true })).toBe(false);
		expect(mayProbe(signIn, attempt)).toBe(true);
		const taken = claimed(signIn, { ...attempt, fingerprint: 'key:two' });
		expect(mayProbe(taken, { ...attempt, fingerprint: 'key:two', now: at(64) })).toBe(false);
		expect(mayProbe(taken, { ...attempt, fingerprint: 'key:two', now: at(65) })).toBe(true);
	});

	it('does not come with a credential that cannot be read', () => {
		const unreadable = { ...trying, fingerprint: 'key:nothing', unusable: true };
		expect(mayProbe(inactiveSignIn, unreadable)).toBe(false);
		expect(mayProbe(inactiveSignIn, { ...unreadable, now: at(1_000_000) })).toBe(false);
	});

	it('does not come with what a credential held before it was changed and tried', () => {
		const before = { ...trying, fingerprint: 'key:zero' };
		expect(mayProbe({ ...inactiveSignIn, lastTriedAt: at(4) }, before)).toBe(true);
		expect(mayProbe({ ...inactiveSignIn, lastTriedAt: at(6) }, before)).toBe(false);
		expect(mayProbe({ ...inactiveSignIn, statusSince: at(6), lastTriedAt: null }, before)).toBe(false);
	});

	it('does not wait for years when the clock was wrong once', () => {
		const future = '2036-01-01T00:00:00.000Z';
		expect(mayProbe({ ...inactiveSignIn, statusSince: future, lastTriedAt: future }, trying)).toBe(true);
		expect(mayProbe({ ...inactiveSignIn, statusSince: future, lastTriedAt: future }, { ...trying, fingerprint: 'key:two' })).toBe(true);
	});

	law(
		'however often workflows start, an inactive sign-in is tried at most three times on the first day, and once each day after',
		fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 200 }),
		(gaps) => {
			let signIn = inactiveSignIn;
			let minutes = 0;
			const probes: number[] = [];
			for (const gap of gaps) {
				minutes += gap;
				const now = { ...trying, now: at(minutes) };
				if (!mayProbe(signIn, now)) continue;
				signIn = claimed(signIn, now);
				probes.push(minutes);
			}
			expect(probes.filter((probe) => probe < 1440).length).toBeLessThanOrEqual(3);
			for (const [index, probe] of probes.entries()) if (index >= 3) expect(probe - probes[index - 1]).toBeGreaterThanOrEqual(1440);
		},
	);
});
