import type { CauseWorld } from './CauseWorld';
import type { Row } from './Row';

/** It worked, then its session ends and something else happens. */
const endedAnd =
	(world: CauseWorld, happens: (world: CauseWorld) => unknown): (() => Promise<void>) =>
	async () => {
		await world.works();
		happens(world);
		world.sessionEnds();
	};

const json = { 'content-type': 'application/json' };
const everything = /user name.*password.*security token.*locked.*way of signing in/;

const soapFault = (code: string): string =>
	`<?xml version="1.0"?><soapenv:Envelope xmlns:soapenv="http://schemas.xmlsoap.org/soap/envelope/" xmlns:sf="urn:fault.partner.soap.sforce.com"><soapenv:Body><soapenv:Fault><faultcode>sf:${code}</faultcode><faultstring>${code}: No.</faultstring></soapenv:Fault></soapenv:Body></soapenv:Envelope>`;

/** User name and password, in both ways of sending them. */
export const passwordRows: readonly Row[] = [
	{ cause: 'unknown: password-refused', when: 'the password is wrong', arrange: (world) => world.withPassword({ password: 'wrong-password' }), words: everything },
	{ cause: 'unknown: password-refused', when: 'the security token is missing', arrange: (world) => world.withPassword({ securityToken: '' }), words: everything },
	{ cause: 'unknown: password-refused', when: 'nobody has that user name', arrange: (world) => world.withPassword({ username: 'nobody@foo-corp.example' }), words: everything },
	{ cause: 'unknown: password-refused', when: 'the org does not allow the flow', arrange: (world) => world.withPassword().org.setSignInPolicy({ passwordFlow: false }), words: everything },
	{ cause: 'unknown: password-refused', when: 'the app is an External Client App', arrange: (world) => world.withPassword({}, { kind: 'externalClientApp' }), words: everything },
	{
		cause: 'likely: password-changed',
		when: 'the password was changed',
		arrange: async (world) => await endedAnd(world.withPassword(), ({ org }) => org.resetPassword(org.users[0]))(),
		words: /It last worked on .*most likely the password or the security token was changed/,
	},
	{
		cause: 'likely: password-changed',
		when: 'the security token was reset',
		arrange: async (world) => await endedAnd(world.withPassword(), ({ org }) => org.resetSecurityToken(org.users[0]))(),
	},
	{
		cause: 'unknown: password-refused',
		when: 'it worked, and somebody entered something wrong',
		arrange: async (world) => void (await world.withPassword().works()).edit({ password: 'newly entered' }),
	},
	{
		cause: 'unknown: password-refused',
		when: 'it worked, somebody entered something wrong, and it is checked again',
		arrange: async (world) => {
			(await world.withPassword().works()).edit({ password: 'newly entered' });
			await world.check();
		},
	},
	{ cause: 'proven: client-unknown', when: 'the consumer key is mistyped', arrange: (world) => world.withPassword({ consumerKey: 'mistyped' }) },
	{ cause: 'proven: client-secret-wrong', when: 'the consumer secret is mistyped', arrange: (world) => world.withPassword({ consumerSecret: 'mistyped-secret' }) },
	{ cause: 'proven: app-not-installed', when: 'the app is not installed', arrange: (world) => world.withPassword({}, { installed: false }) },
	{ cause: 'unknown: password-refused', when: 'the user was deactivated', arrange: (world) => world.withPassword().org.setUserActive(world.org.users[0], false) },
	{ cause: 'unknown: password-refused', when: 'the profile is closed to this address', arrange: (world) => world.withPassword().org.restrictIps(['10.0.0.1']) },
	{ cause: 'proven: login-ip', when: 'the app is closed to this address', arrange: (world) => world.withPassword({}, { ipRanges: ['10.0.0.1'] }) },
	{ cause: 'proven: credential-unreadable', when: 'the password is empty', arrange: (world) => world.withPassword({ password: '' }) },
	{
		cause: 'proven: verification-needed',
		when: 'Salesforce asks for a code',
		arrange: async (world) => world.withPassword({ domain: await world.hostThatSays(400, { error: 'invalid_grant', error_description: 'challenge required' }, json) }),
	},
	{
		cause: 'unknown: password-sign-in-refused',
		when: 'the new session is refused with a code nobody knows',
		arrange: (world) => world.withPassword().org.faults.serverError({ status: 401, body: [{ errorCode: 'SOMETHING_NEW', message: 'No.' }] }),
	},
	{
		cause: 'proven: sign-in-inactive',
		when: 'a schedule comes after a refusal',
		arrange: async (world) => {
			await endedAnd(world.withPassword(), ({ org }) => org.resetPassword(org.users[0]))();
			await world.check();
		},
		mode: 'trigger',
	},
	{
		cause: 'proven: not-automatic',
		when: 'a schedule comes, and a person wanted none',
		arrange: async (world) => {
			await world.withPassword().works();
			await world.run({ operation: 'update', settings: { runAutomatically: false } });
		},
		mode: 'trigger',
	},
	{ cause: 'proven: security-token-needed', when: 'SOAP asks for the security token', arrange: (world) => world.withSoap({ securityToken: '' }) },
	{ cause: 'proven: password-expired', when: 'the password has expired', arrange: (world) => world.withSoap().org.expirePassword(world.org.users[0]) },
	{ cause: 'unknown: password-refused', when: 'SOAP refuses the password', arrange: (world) => world.withSoap({ password: 'wrong-password' }), words: everything },
	{ cause: 'proven: login-hours', when: 'it is outside the login hours', arrange: (world) => world.withSoap().org.restrictHours({ from: 25, to: 26 }) },
	{ cause: 'proven: login-ip', when: 'SOAP is closed to this address', arrange: (world) => world.withSoap().org.restrictIps(['10.0.0.1']) },
	{ cause: 'proven: password-login-off', when: 'the org allows no SOAP login', arrange: (world) => world.withSoap().org.setSignInPolicy({ soapLogin: false }) },
	{ cause: 'proven: api-disabled', when: 'SOAP says that the API is off', arrange: (world) => world.withSoap().org.setSignInPolicy({ apiAccess: false }), words: /edition.*"API Enabled"/ },
	{ cause: 'proven: org-locked', when: 'SOAP says that the org is locked', arrange: (world) => world.withSoap().org.setSignInPolicy({ status: 'locked' }) },
	{ cause: 'proven: trial-expired', when: 'SOAP says that the trial is over', arrange: (world) => world.withSoap().org.setSignInPolicy({ status: 'trialExpired' }) },
	{ cause: 'proven: user-locked', when: 'SOAP says that the user is locked', arrange: async (world) => world.withSoap({ domain: await world.hostThatSays(500, soapFault('PASSWORD_LOCKOUT')) }) },
];
