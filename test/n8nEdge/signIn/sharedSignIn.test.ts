import { randomUUID } from 'node:crypto';

import { sharedSignIn } from '../../../src/n8n/signIn/sharedSignIn';

/** A credential that is signed in with a new token each time. */
function credential() {
	const content = [randomUUID()];
	const world = {
		now: 0,
		signIns: 0,
		async ask(heldToken: string, mayShare = true): Promise<string> {
			const signIn = async () => {
				world.signIns += 1;
				await Promise.resolve();
				return { accessToken: `token ${world.signIns}` };
			};
			return (await sharedSignIn({ content, heldToken, mayShare, signIn }, () => world.now)).accessToken;
		},
	};
	return world;
}

describe('signing in', () => {
	it('happens once for all who wish it at the same time', async () => {
		const one = credential();
		expect(await Promise.all(Array.from({ length: 5 }, async () => await one.ask('')))).toEqual(Array(5).fill('token 1'));
		expect(one.signIns).toBe(1);
	});

	it('is spared those who come shortly after with an older token, and not the holder of the last one', async () => {
		const one = credential();
		await one.ask('');
		one.now += 60_000;
		expect(await one.ask('')).toBe('token 1');
		expect(await one.ask('token 0')).toBe('token 1');
		expect(await one.ask('token 1')).toBe('token 2');
	});

	it('does not bring back a token that may have ended too, as another process may have renewed it', async () => {
		const one = credential();
		await one.ask('');
		one.now += 5 * 60_000;
		expect(await one.ask('token of another process')).toBe('token 2');
	});

	it('happens for a person who tests the credential', async () => {
		const one = credential();
		await one.ask('');
		expect(await one.ask('', false)).toBe('token 2');
	});

	it('is tried again after it failed', async () => {
		const wish = { content: [randomUUID()], heldToken: '', mayShare: true };
		await expect(sharedSignIn({ ...wish, signIn: async () => await Promise.reject(new Error('down')) }, () => 0)).rejects.toThrow('down');
		expect(await sharedSignIn({ ...wish, signIn: async () => await Promise.resolve({ accessToken: 'a' }) }, () => 0)).toEqual({ accessToken: 'a' });
	});
});
