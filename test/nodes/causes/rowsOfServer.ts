import type { CauseWorld } from './CauseWorld';
import { otherCertificate } from './keys';
import type { Row } from './Row';

const json = { 'content-type': 'application/json' };
const minutes = 60_000;

async function worksAndEnds(world: CauseWorld, happens: (world: CauseWorld) => unknown): Promise<void> {
	await world.works();
	happens(world);
	world.sessionEnds();
}

/** The app's own secret. */
export const clientCredentialsRows: readonly Row[] = [
	{ cause: 'proven: no-run-as-user', when: 'the app names no user', arrange: (world) => world.withSecret({}, { runAs: null }) },
	{ cause: 'proven: flow-not-enabled', when: 'the app does not allow the flow', arrange: (world) => world.withSecret({}, { runAs: undefined }) },
	{ cause: 'proven: wrong-address', when: 'it is asked at the login host', arrange: (world) => world.withSecret({ domain: world.standin.loginUrl }) },
	{ cause: 'proven: wrong-address', when: 'the address is the general login page', arrange: (world) => world.withSecret({ domain: 'login.salesforce.com' }) },
	{ cause: 'proven: client-unknown', when: 'the consumer key is mistyped', arrange: (world) => world.withSecret({ consumerKey: 'mistyped' }) },
	{ cause: 'proven: client-secret-wrong', when: 'the secret is mistyped', arrange: (world) => world.withSecret({ consumerSecret: 'mistyped-secret' }) },
	{
		cause: 'likely: client-secret-rotated',
		when: 'the secret was renewed',
		arrange: async (world) => await worksAndEnds(world.withSecret(), ({ org, app }) => app && org.rotateClientSecret(app)),
	},
	{ cause: 'likely: app-removed', when: 'the app was deleted', arrange: async (world) => await worksAndEnds(world.withSecret(), ({ org, app }) => app && org.removeApp(app)) },
	{ cause: 'proven: user-inactive', when: 'the user that it runs as was deactivated', arrange: (world) => world.withSecret().org.setUserActive(world.org.users[0], false) },
	{ cause: 'proven: app-not-installed', when: 'the app is not installed', arrange: (world) => world.withSecret({}, { installed: false }) },
	{
		cause: 'proven: app-refused',
		when: 'Salesforce refuses the app for another reason',
		arrange: async (world) => world.withSecret({ domain: await world.hostThatSays(400, { error: 'unauthorized_client', error_description: 'no' }, json) }),
	},
	{
		cause: 'proven: unreachable',
		when: 'the sign-in service cuts the connection',
		arrange: async (world) => {
			const domain = await world.hostThatCuts();
			await worksAndEnds(world.withSecret(), () => world.edit({ domain }));
		},
	},
	{
		cause: 'proven: crm-failing',
		when: 'the sign-in service fails, and says that the secret is wrong',
		arrange: async (world) => {
			const domain = await world.hostThatSays(503, { error: 'invalid_client', error_description: 'invalid client credentials' }, json);
			await worksAndEnds(world.withSecret(), () => world.edit({ domain }));
		},
	},
];

/** A request signed with the app's key. */
export const signedRequestRows: readonly Row[] = [
	{ cause: 'proven: credential-unreadable', when: 'the private key is none', arrange: (world) => world.withKey({ privateKey: 'not a key' }) },
	{ cause: 'proven: user-not-approved', when: 'the user has not let the app in', arrange: (world) => world.withKey({}, { permittedUsers: 'all' }) },
	{
		cause: 'proven: not-admin-approved',
		when: 'the admin has not approved the user',
		arrange: (world) => world.withKey({ username: world.org.addUser({ username: 'bob@foo-corp.example' }).username }),
	},
	{ cause: 'proven: audience-refused', when: 'production and sandbox are mixed up', arrange: (world) => world.withKey({ audience: 'sandbox' }) },
	{ cause: 'unknown: assertion-refused', when: 'the key is not that of the certificate', arrange: (world) => world.withKey({}, { certificate: otherCertificate }) },
	{
		cause: 'likely: certificate-changed',
		when: 'the certificate was replaced',
		arrange: async (world) => await worksAndEnds(world.withKey(), ({ org, app }) => app && org.changeApp(app, { certificate: otherCertificate })),
	},
	{
		cause: 'likely: clock-off',
		when: 'the clock of this computer is twenty minutes behind',
		arrange: async (world) => {
			const date = new Date(Date.now() + 20 * minutes).toUTCString();
			return world.withKey({ domain: await world.hostThatSays(400, { error: 'invalid_grant', error_description: 'invalid assertion' }, { ...json, date }) });
		},
		words: /(20|19) minutes behind/,
	},
	{ cause: 'proven: client-unknown', when: 'the consumer key is mistyped', arrange: (world) => world.withKey({ consumerKey: 'mistyped' }) },
	{ cause: 'proven: user-inactive', when: 'the user was deactivated', arrange: (world) => world.withKey().org.setUserActive(world.org.users[0], false) },
	{ cause: 'likely: session-refused', when: 'every session is refused', arrange: (world) => world.withKey().org.faults.alwaysUnauthorized() },
];
