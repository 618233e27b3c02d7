import { oauth, type CauseWorld } from './CauseWorld';
import type { Row } from './Row';

/** Connected and well, then its session ends and something else happens. */
const endedAnd =
	(happens: (world: CauseWorld) => unknown) =>
	async (world: CauseWorld): Promise<void> => {
		await (await world.connected()).works();
		happens(world);
		world.sessionEnds();
	};

const neverWorked =
	(happens: (world: CauseWorld) => unknown) =>
	async (world: CauseWorld): Promise<void> => {
		happens(await world.connected());
		world.sessionEnds();
	};

/** What n8n and Salesforce let be known of a sign-in that a person has given. */
export const savedSignInRows: readonly Row[] = [
	{ cause: 'proven: never-connected', when: 'nobody has connected', arrange: async (world) => (await world.connected()).edit({ oauthTokenData: {} }) },
	{ cause: 'proven: no-credential', when: 'the node has no credential', arrange: (world) => world.uses(oauth, undefined) },
	{ cause: 'proven: wrong-address', when: 'My Domain is none', arrange: async (world) => (await world.connected()).edit({ domain: 'https://login.salesforce.com@evil.example' }) },
	{
		cause: 'proven: sign-in-ended',
		when: 'the access was revoked',
		arrange: endedAnd(({ org }) => org.revokeApprovals()),
		words: /does not say why.*revoked.*expired.*too often.*It last worked on/,
	},
	{
		cause: 'proven: sign-in-ended',
		when: 'the same user signed in to the app for the sixth time',
		arrange: async (world) => {
			await (await world.connected()).works();
			const app = world.app;
			if (!app) throw new Error('There is no app');
			for (let again = 0; again < 5; again += 1) world.org.context.apps.approve(app, world.org.users[0].id, ['api', 'refresh_token']);
			world.sessionEnds();
		},
	},
	{
		cause: 'proven: no-refresh-token',
		when: 'the app gave no refresh token',
		arrange: endedAnd(({ tokens }) => delete tokens.refresh_token),
	},
	{ cause: 'proven: session-policy', when: 'a policy refuses the session', arrange: async (world) => (await world.connected()).org.faults.policyUnauthorized() },
	{ cause: 'likely: session-refused', when: 'every session is refused', arrange: async (world) => (await world.connected()).org.faults.alwaysUnauthorized() },
	{ cause: 'likely: app-removed', when: 'the app was deleted', arrange: endedAnd(({ org, app }) => app && org.removeApp(app)), words: /does not know the client ID.*most likely the app was deleted/ },
	{ cause: 'likely: app-removed', when: 'the sandbox was refreshed', org: { sandbox: true }, arrange: endedAnd(({ org }) => org.refreshSandbox()) },
	{ cause: 'proven: client-unknown', when: 'the client ID is mistyped', arrange: neverWorked((world) => world.edit({ clientId: 'mistyped' })), words: /only minutes old.*another org/ },
	{ cause: 'likely: client-secret-rotated', when: 'the secret was renewed', arrange: endedAnd(({ org, app }) => app && org.rotateClientSecret(app)) },
	{ cause: 'proven: client-secret-wrong', when: 'the secret is mistyped', arrange: neverWorked((world) => world.edit({ clientSecret: 'mistyped' })) },
	{ cause: 'proven: app-not-installed', when: 'the app is not installed', arrange: endedAnd(({ org, app }) => app && org.changeApp(app, { installed: false })) },
	{ cause: 'proven: app-refused', when: 'the app was blocked', arrange: endedAnd(({ org, app }) => app && org.changeApp(app, { blocked: true })) },
	{
		cause: 'proven: not-admin-approved',
		when: 'an admin must approve users of the app, and has not',
		arrange: endedAnd(({ org, app }) => app && org.changeApp(app, { permittedUsers: 'adminApproved' })),
	},
	{
		cause: 'unknown: sign-in-refused',
		when: 'Salesforce refuses with a code nobody knows',
		arrange: async (world) => (await world.connected()).tokens.instance_url = await world.hostThatSays(401, [{ errorCode: 'SOMETHING_NEW', message: 'No.' }]),
	},
	{
		cause: 'unknown: client-refused',
		when: 'the app is refused without a reason',
		arrange: async (world) => (await world.connected()).sessionEnds().edit({ domain: await world.hostThatSays(400, { error: 'invalid_client', error_description: 'no' }, { 'content-type': 'application/json' }) }),
	},
	{
		cause: 'proven: scope-refused',
		when: 'the app may not have its scopes',
		arrange: async (world) => (await world.connected()).sessionEnds().edit({ domain: await world.hostThatSays(400, { error: 'invalid_scope', error_description: 'no' }, { 'content-type': 'application/json' }) }),
	},
	{
		cause: 'proven: paused',
		when: 'a person paused the connection',
		arrange: async (world) => {
			await (await world.connected()).works();
			await world.run({ operation: 'pause' });
		},
	},
	{
		cause: 'proven: other-org',
		when: 'somebody connected the credential to another org',
		arrange: async (world) => {
			await (await world.connected()).works();
			const other = await world.standin.createOrg({ name: 'Bar Corp' });
			const { oauthTokenData, domain } = await world.connectedTo(other);
			world.edit({ oauthTokenData, domain });
		},
	},
];

/** What n8n keeps to itself: it takes one token request more to learn it. */
export const refusedRenewalRows: readonly Row[] = [
	{ cause: 'proven: user-inactive', when: 'the user was deactivated', arrange: endedAnd(({ org }) => org.setUserActive(org.users[0], false)) },
	{ cause: 'proven: login-ip', when: 'the app is closed to this address', arrange: endedAnd(({ org, app }) => app && org.changeApp(app, { ipRanges: ['10.0.0.1'] })) },
	{ cause: 'proven: login-ip', when: 'the profile is closed to this address', arrange: endedAnd(({ org }) => org.restrictIps(['10.0.0.1'])) },
	{ cause: 'proven: login-restricted', when: 'it is outside the login hours', arrange: endedAnd(({ org }) => org.restrictHours({ from: 25, to: 26 })) },
	{ cause: 'proven: org-inactive', when: 'the org was closed', arrange: endedAnd(({ org }) => org.setSignInPolicy({ status: 'inactive' })) },
	{ cause: 'likely: refusal-passed', when: 'the refusal passes', arrange: endedAnd(({ org }) => org.faults.refreshRevoked({ times: 1, when: () => true })) },
	{
		cause: 'proven: sign-in-used-up',
		when: 'the refusal passes, and the token was replaced by asking',
		arrange: async (world) => {
			await (await world.connected({ rotateRefreshTokens: true })).works();
			world.org.faults.refreshRevoked({ times: 1, when: () => true });
			world.sessionEnds();
		},
	},
	{
		cause: 'proven: replaced-meanwhile',
		when: 'somebody connects again while the renewal is refused',
		arrange: endedAnd(({ org, tokens }) =>
			org.faults.refreshRevoked({
				times: 1,
				when: () => {
					tokens.refresh_token = 'given meanwhile';
					return true;
				},
			}),
		),
	},
];
