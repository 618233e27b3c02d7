import type { CauseRow } from './describeCauses';
import type { DynamicsWorld } from './DynamicsWorld';

/** It works; then something changes at Microsoft, and the present token ends, so that the next call has to renew it. */
const then = (change: (world: DynamicsWorld) => unknown) => async (world: DynamicsWorld): Promise<void> => {
	await (await world.connected()).works();
	change(world);
	world.expires();
};

const renewals: readonly CauseRow[] = [
	{ cause: 'proven: sign-in-revoked', when: 'the sessions of the person were revoked', code: 'AADSTS50173', arrange: then((world) => world.tenant.revokeSessions(world.user)) },
	{ cause: 'proven: sign-in-unused', when: 'it was not used for 91 days', code: 'AADSTS700082', arrange: then((world) => world.hoursLater(91 * 24)) },
	{ cause: 'proven: person-needed', when: 'a second proof is asked for', code: 'AADSTS50076', words: /second proof/, arrange: then((world) => (world.user.mfaRequired = true)) },
	{ cause: 'proven: access-policy', when: 'Conditional Access blocks the person', code: 'AADSTS53003', arrange: then((world) => (world.user.blockedByConditionalAccess = true)) },
	{ cause: 'proven: user-inactive', when: 'the person was disabled', code: 'AADSTS50057', arrange: then((world) => (world.user.disabled = true)) },
	{ cause: 'proven: password-expired', when: 'the password has expired', code: 'AADSTS50055', arrange: then((world) => (world.user.passwordExpired = true)) },
	{ cause: 'proven: consent-missing', when: 'the consent was withdrawn', code: 'AADSTS65001', arrange: then((world) => world.tenant.revokeConsent(world.app)) },
	{ cause: 'proven: app-not-in-tenant', when: 'the app was deleted', code: 'AADSTS700016', arrange: then((world) => world.tenant.removeApp(world.app)) },
	{ cause: 'proven: client-secret-expired', when: 'the secret has expired', code: 'AADSTS7000222', arrange: then((world) => world.tenant.faults.refuse('AADSTS7000222')) },
	{ cause: 'proven: user-unknown', when: 'the person was deleted', code: 'AADSTS50034', arrange: then((world) => world.tenant.faults.refuse('AADSTS50034')) },
	{ cause: 'proven: sign-in-ended', when: 'Microsoft Entra ID says something new', arrange: then((world) => world.tenant.faults.refuse('AADSTS70000')), code: 'AADSTS70000', words: /It said: Provided grant is invalid or malformed\. \(AADSTS70000\)/ },
	{ cause: 'proven: unreachable', when: 'Microsoft Entra ID is busy', code: 'ERR_BAD_RESPONSE', arrange: then((world) => world.tenant.faults.refuse('AADSTS90033')), words: /Entra ID|renewed/ },
];

/** How a person's sign-in to Dynamics 365 fails. */
export const personRows: readonly CauseRow[] = [
	...renewals,
	{ cause: 'proven: never-connected', when: 'nobody has connected yet', code: 'NOT_CONNECTED', arrange: async (world) => (await world.connected()).edit({ oauthTokenData: {} }) },
	{ cause: 'proven: wrong-address', when: 'the environment is not entered yet', code: 'ENVIRONMENT_URL_EMPTY', arrange: async (world) => (await world.connected()).edit({ environmentUrl: '' }) },
	{
		cause: 'proven: wrong-address',
		when: 'the address of Power Apps was entered',
		code: 'NO_ENVIRONMENT_URL',
		words: /makers or admins/,
		arrange: async (world) => (await world.connected()).edit({ environmentUrl: 'https://make.powerapps.com/environments/Default-1/home' }),
	},
	{
		cause: 'proven: audience-refused',
		when: 'another environment was entered without connecting again',
		code: 'OTHER_ENVIRONMENT',
		words: /nothing was sent/,
		arrange: async (world) => (await world.connected()).edit({ environmentUrl: (await world.dataverse.createEnvironment()).url }),
	},
	{
		cause: 'proven: no-run-as-user',
		when: 'the person has no licence for the environment',
		code: '0x80072560',
		arrange: async (world) => world.environment.removeUser((await world.connected()).environment.users.at(-1)!),
	},
	{
		cause: 'proven: no-refresh-token',
		when: 'no refresh token came, and the token has ended',
		code: 'NO_REFRESH_TOKEN',
		arrange: async (world) => {
			await world.connected();
			delete world.tokens.refresh_token;
			world.expires();
		},
	},
];
