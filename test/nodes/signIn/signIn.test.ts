import type { IDataObject } from 'n8n-workflow';

import { createCoreRunner, type CoreRunner } from '../../n8n/coreRunner';
import { signInWays } from './signInWays';
import { outcomes, SignInWorld, token } from './signInWorld';

let runner: CoreRunner;
let world: SignInWorld;
beforeAll(async () => {
	runner = await createCoreRunner();
});
afterEach(async () => await world?.close());

const five = ['Ada', 'Bob', 'Cy', 'Di', 'Ed'];

describe.each(Object.keys(signInWays))('a sign-in by %s', (way) => {
	beforeEach(async () => {
		world = await signInWays[way].open(runner);
	});

	it('works on its very first run, and says where and who', async () => {
		expect(await world.check()).toMatchObject({
			healthy: true,
			connection: { orgId: world.org.id, orgName: 'Foo Corp', instanceUrl: world.org.instanceUrl, signedInAs: { username: world.org.users[0].username } },
		});
		expect(world.tried()).toEqual({ accepted: 1, refused: 0 });
	});

	it('is done once for five runs at once and those that follow, and once more when the session has ended', async () => {
		expect(outcomes(await Promise.all(five.map(async (name) => await world.push(name))))).toEqual(Array(5).fill('created'));
		expect(outcomes([await world.push('Flo')])).toEqual(['created']);
		expect(world.tried()).toEqual({ accepted: 1, refused: 0 });
		world.org.faults.expireSessionsOnce();
		expect(outcomes(await Promise.all(five.map(async (name) => await world.push(name))))).toEqual(Array(5).fill('unchanged'));
		expect(outcomes([await world.push('Flo')])).toEqual(['unchanged']);
		expect(world.tried()).toEqual({ accepted: 2, refused: 0 });
	});

	it('leaves the token with the credential and nowhere else', async () => {
		const result = await world.push();
		const { accessToken, instanceUrl, identityUrl } = world.credential as Record<string, string>;
		expect([instanceUrl, identityUrl.split('/').slice(-2)]).toEqual([world.org.instanceUrl, [world.org.id, world.org.users[0].id]]);
		expect(JSON.stringify(result.run)).not.toContain(accessToken);
		expect(JSON.stringify(world.org.calls.log.map(({ path }) => path))).not.toContain(accessToken);
	});

	it('ends in words, after one more try, when every session is refused', async () => {
		await world.push();
		world.org.faults.alwaysUnauthorized();
		const result = await world.push('Gil');
		expect(`${result.error?.message} ${result.error?.description ?? ''}`).toContain('INVALID_SESSION_ID');
		expect(world.tried()).toEqual({ accepted: 2, refused: 0 });
	});
});

describe('a password', () => {
	const wrong = async (more: IDataObject = {}) => {
		world = await SignInWorld.open(runner, token, { passwordFlow: true, soapLogin: true });
		return world.app().fill({ ...world.userFields(), password: 'wrong-password', ...more });
	};

	it.each([
		['by OAuth', 'invalid_grant', {}],
		['by SOAP', 'INVALID_LOGIN', { consumerKey: '', consumerSecret: '' }],
	])('that is refused %s is sent once, whatever runs', async (_, code, more) => {
		await wrong(more);
		const atOnce = await Promise.all(five.map(async (name) => await world.push(name)));
		const later = [await world.push(), await world.push('Someone', 'manual')];
		for (const { error } of [...atOnce, ...later]) expect(error?.message).toMatch(/password/);
		for (const { error } of later) {
			const told = `${error?.message} ${error?.description}`;
			expect(told.match(/not sent again by itself|not tried again by itself/g)).toHaveLength(1);
			expect(told.match(/run Check Health/g)).toHaveLength(1);
			expect(told).toContain(`(${code})`);
			expect(told).not.toContain(world.org.users[0].username);
		}
		expect(world.tried()).toEqual({ accepted: 0, refused: 1 });
		expect(world.org.rows('Lead')).toEqual([]);
	});

	it('that was refused is sent again when it was corrected', async () => {
		await wrong();
		await world.push();
		Object.assign(world.credential, world.userFields());
		expect(outcomes([await world.push()])).toEqual(['created']);
		expect(world.tried()).toEqual({ accepted: 1, refused: 1 });
	});

	it('that was refused is sent once more by a check that a person starts, and by no run', async () => {
		await wrong();
		Object.assign(world.credential, world.userFields());
		world.org.setSignInPolicy({ passwordFlow: false });
		await world.push();
		expect(await world.check()).toMatchObject({ healthy: false });
		await world.push();
		expect(world.tried()).toEqual({ accepted: 0, refused: 2 });
	});

	it('works for runs again after a person has checked it, once the org lets it in', async () => {
		await wrong();
		Object.assign(world.credential, world.userFields());
		world.org.setSignInPolicy({ passwordFlow: false });
		await world.push();
		world.org.setSignInPolicy({ passwordFlow: true });
		expect(await world.check()).toMatchObject({ healthy: true });
		expect(outcomes([await world.push()])).toEqual(['created']);
		expect(world.tried()).toEqual({ accepted: 1, refused: 1 });
	});

	it('is not sent by the form in quick succession; once the form finds it well, scheduled runs go on', async () => {
		await wrong();
		Object.assign(world.credential, world.userFields());
		await world.push('Ada');
		world.org.setSignInPolicy({ passwordFlow: false });
		world.org.faults.expireSessionsOnce();
		await world.push();
		expect(outcomes([await world.push()])).toEqual([expect.stringContaining('inactive')]);
		for (let opened = 0; opened < 4; opened += 1) expect(await world.testInForm()).toMatch(/the form tries it again from/);
		expect(world.tried()).toEqual({ accepted: 1, refused: 1 });

		world.org.setSignInPolicy({ passwordFlow: true });
		jest.useFakeTimers({ now: Date.now() + 15 * 60_000, doNotFake: ['setTimeout', 'setImmediate', 'nextTick', 'setInterval', 'queueMicrotask', 'performance'] });
		try {
			expect(await world.testInForm()).toBe('well');
		} finally {
			jest.useRealTimers();
		}
		expect(outcomes([await world.push()])).toEqual(['created']);
	});

	it('with another user does not go on with the token of the one before', async () => {
		await wrong();
		Object.assign(world.credential, world.userFields());
		await world.push();
		const bob = world.org.addUser({ username: 'bob@foo-corp.example' });
		Object.assign(world.credential, world.userFields(bob));
		await world.push('Bob');
		expect(world.standin.signInAttempts.map(({ username, accepted }) => [username, accepted])).toEqual([
			[world.org.users[0].username, true],
			['bob@foo-corp.example', true],
		]);
		expect((world.credential.identityUrl as string).endsWith(bob.id)).toBe(true);
	});
});
