import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { certificate, otherCertificate, privateKey } from '../nodes/causes/keys';
import { credentialRef, type StoredCredential } from '../n8n/credentials';
import type { App, NewApp, Org } from '../standin';
import { CONNECTION, startLab, type Lab } from './lab';

/** What a person has broken, at an org of its own. */
interface Broken {
	readonly org: Org;
	readonly app: App;
}

type Break = (broken: Broken) => unknown;
type Way = readonly [cause: string, when: string, breaks: Break];

const oauth2: readonly Way[] = [
	['proven: sign-in-ended', 'the approval was revoked', ({ org }) => org.revokeApprovals()],
	['proven: user-inactive', 'the user was deactivated', ({ org }) => org.setUserActive(org.users[0], false)],
	['proven: login-ip', 'the app is closed to this address', ({ org, app }) => org.changeApp(app, { ipRanges: ['10.0.0.1'] })],
	['proven: login-restricted', 'it is outside the login hours', ({ org }) => org.restrictHours({ from: 25, to: 26 })],
	['proven: not-admin-approved', 'an admin must approve users, and has not', ({ org, app }) => org.changeApp(app, { permittedUsers: 'adminApproved' })],
	['proven: app-not-installed', 'the app is not installed', ({ org, app }) => org.changeApp(app, { installed: false })],
	['likely: client-secret-rotated', 'the secret was renewed', ({ org, app }) => org.rotateClientSecret(app)],
	['likely: app-removed', 'the app was deleted', ({ org, app }) => org.removeApp(app)],
	['likely: session-refused', 'every session is refused', ({ org }) => org.faults.alwaysUnauthorized()],
];

const password: readonly Way[] = [
	['likely: password-changed', 'the password was changed', ({ org }) => org.resetPassword(org.users[0])],
	['likely: password-changed', 'the security token was reset', ({ org }) => org.resetSecurityToken(org.users[0])],
	['proven: app-not-installed', 'the app is not installed', ({ org, app }) => org.changeApp(app, { installed: false })],
	['proven: login-ip', 'the app is closed to this address', ({ org, app }) => org.changeApp(app, { ipRanges: ['10.0.0.1'] })],
	['likely: app-removed', 'the app was deleted', ({ org, app }) => org.removeApp(app)],
];

const anyway: readonly Way[] = [
	['proven: api-disabled', 'the API is switched off', ({ org }) => org.faults.apiDisabled()],
	['proven: request-limit', 'the calls of the day are used up', ({ org }) => org.faults.requestLimitExceeded()],
	['proven: crm-failing', 'Salesforce fails', ({ org }) => org.faults.serverError({ status: 503 })],
];

const secret: readonly Way[] = [
	['likely: client-secret-rotated', 'the secret was renewed', ({ org, app }) => org.rotateClientSecret(app)],
	['proven: app-not-installed', 'the app is not installed', ({ org, app }) => org.changeApp(app, { installed: false })],
	['likely: app-removed', 'the app was deleted', ({ org, app }) => org.removeApp(app)],
];

describe('what breaks a sign-in is told in the real n8n, by Check Health', () => {
	let lab: Lab;
	beforeAll(async () => {
		lab = await startLab('broken-sign-ins');
	}, 300_000);
	afterAll(async () => await lab?.stop());

	async function health(credential: StoredCredential): Promise<string> {
		const parameters = { connectWith: credential.type };
		const execution = await lab.n8n.run({ nodes: [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' }, { name: 'Health', type: CONNECTION, credentials: credentialRef(credential), parameters }] });
		const [{ healthy, problems }] = execution.nodes.Health[0].outputs[0];
		const [problem] = problems as Array<{ certainty: string; cause: string; words: string; whatToDo: string }>;
		if (healthy === true) return 'well';
		expect([problem.words, problem.whatToDo]).toEqual([expect.stringMatching(/^[A-Z].{20}/), expect.stringMatching(/^[A-Z].{10}/)]);
		return `${problem.certainty}: ${problem.cause}`;
	}

	/** An org with its app, and a credential for both; connected where a person has to. */
	async function working(type: string, app: Partial<NewApp>, fields: (org: Org) => ICredentialDataDecryptedObject): Promise<Broken & { credential: StoredCredential }> {
		const org = await lab.standin.createOrg({ name: 'Broken Inc' });
		org.setSignInPolicy({ passwordFlow: true });
		const made = org.addApp({ clientId: 'key', clientSecret: 'app-secret', runAs: org.users[0].id, ...app });
		if (app.certificate) org.preauthorize(made, org.users[0]);
		const credential = await lab.n8n.credentials.create(type, { environment: 'myDomain', domain: org.instanceUrl, ...fields(org) });
		if (type === 'crmSalesforceOAuth2Api') expect((await lab.n8n.credentials.connect(credential.id, lab.standin.approve)).connected).toBe(true);
		return { org, app: made, credential };
	}

	async function breaks({ org, app, credential }: Broken & { credential: StoredCredential }, how: Break): Promise<string> {
		expect(await health(credential)).toBe('well');
		how({ org, app });
		org.faults.expireSessionsOnce();
		return await health(credential);
	}

	test.each([...oauth2, ...anyway])('OAuth2: %s, when %s', async (cause, _, how) => {
		const made = await working('crmSalesforceOAuth2Api', {}, () => ({ clientId: 'key', clientSecret: 'app-secret' }));
		expect(await breaks(made, how)).toBe(cause);
	});

	test.each([...password, ...anyway])('user name and password: %s, when %s', async (cause, _, how) => {
		const made = await working('crmSalesforceTokenApi', {}, (org) => ({ ...org.credentialsOf(org.users[0]), consumerKey: 'key', consumerSecret: 'app-secret' }));
		expect(await breaks(made, how)).toBe(cause);
	});

	test.each([...secret, ...anyway])('client credentials: %s, when %s', async (cause, _, how) => {
		const made = await working('crmSalesforceServerApi', {}, () => ({ flow: 'clientCredentials', consumerKey: 'key', consumerSecret: 'app-secret' }));
		expect(await breaks(made, how)).toBe(cause);
	});

	test.each<Way>([
		['likely: certificate-changed', 'the app got another certificate', ({ org, app }) => org.changeApp(app, { certificate: otherCertificate })],
		['likely: app-removed', 'the app was deleted', ({ org, app }) => org.removeApp(app)],
		...anyway,
	])('a signed request: %s, when %s', async (cause, _, how) => {
		const made = await working('crmSalesforceServerApi', { certificate, permittedUsers: 'adminApproved' }, (org) => ({ flow: 'jwt', consumerKey: 'key', username: org.users[0].username, privateKey }));
		expect(await breaks(made, how)).toBe(cause);
	});
});
