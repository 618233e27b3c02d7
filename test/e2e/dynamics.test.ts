import type { IDataObject } from 'n8n-workflow';

import { newCertificate } from '../standin/dataverse';
import type { FinishedExecution } from '../n8n/executions';
import { DynamicsLab, type AppCredential, type PersonCredential } from './dynamicsLab';

const someone = (email: string, more: IDataObject = {}): IDataObject => ({ lastname: 'Someone', companyname: 'Acme', emailaddress1: email, ...more });
const outputsOf = ({ nodes, error }: FinishedExecution): readonly IDataObject[] => {
	if (error) throw error;
	return nodes.Node[0].outputs.flat();
};

describe('Dynamics 365 in a real n8n', () => {
	let lab: DynamicsLab;

	beforeAll(async () => {
		lab = await DynamicsLab.start('dynamics');
	}, 300_000);
	afterAll(async () => await lab?.stop());
	afterEach(() => {
		lab.environment.faults.clear();
		lab.dataverse.tenant.faults.clear();
		lab.environment.setMode('available');
	});

	test.each<[string, () => Promise<AppCredential>]>([
		['a secret', async () => await lab.appWithSecret('secret')],
		['a certificate', async () => await lab.appWithCertificate('certificate')],
	])('an app with %s works on its very first run, and signs in again when its token ends', async (proof, make) => {
		const { credential } = await make();
		const email = `${proof.replace(' ', '-')}@example.com`;
		const [created] = outputsOf(await lab.push(credential, someone(email)));
		expect(created).toMatchObject({ result: 'created', object: 'lead', recordUrl: `${lab.environment.url}/main.aspx?etn=lead&pagetype=entityrecord&id=${String(created.recordId)}` });
		lab.environment.calls.reset();
		expect(outputsOf(await lab.push(credential, someone(email, { jobtitle: 'Head' })))).toMatchObject([{ result: 'updated', recordId: created.recordId, changedFields: ['jobtitle'] }]);
		expect(lab.environment.calls.total).toBeLessThanOrEqual(2);
		lab.environment.expireTokens();
		expect(outputsOf(await lab.push(credential, someone(email)))).toMatchObject([{ result: 'unchanged' }]);
		expect(await lab.n8n.credentials.test(credential.id)).toMatchObject({ status: 'OK' });
		expect(await lab.connection('checkHealth', credential)).toMatchObject([{ healthy: true, connection: { orgId: lab.environment.organizationId, orgName: 'Northwind Traders' } }]);
	}, 90_000);

	test('what breaks an app is told by Check Health, and by the test button', async () => {
		const { tenant } = lab.dataverse;
		const secret = await lab.appWithSecret('breaking');
		const certificate = await lab.appWithCertificate('breaking too');
		const { id } = secret.credential;
		const [{ id: secretId, value: clientSecret }] = secret.app.secrets;
		const update = lab.n8n.credentials.update.bind(lab.n8n.credentials);
		const told = async ({ credential }: AppCredential, cause: string, button: RegExp): Promise<void> => {
			lab.environment.expireTokens();
			expect(await lab.health(credential)).toBe(cause);
			const { status, message } = await lab.n8n.credentials.test(credential.id);
			expect([status, message]).toEqual(['Error', expect.stringMatching(button)]);
		};

		await update(id, { clientSecret: 'mistyped' });
		await told(secret, 'proven: client-secret-wrong (AADSTS7000215)', /secret.*AADSTS7000215/);
		await update(id, { clientSecret: secretId });
		await told(secret, 'likely: client-secret-id (AADSTS7000215)', /Secret ID/);
		await update(id, { clientSecret, tenantId: 'nowhere.example' });
		await told(secret, 'proven: tenant-unknown (AADSTS90002)', /AADSTS90002/);
		await update(id, { tenantId: tenant.id, environmentType: 'public', environmentUrl: 'https://make.powerapps.com' });
		await told(secret, 'proven: wrong-address (NO_ENVIRONMENT_URL)', /makers or admins/);
		await update(id, lab.addresses);
		expect(await lab.health(secret.credential)).toBe('well');

		secret.app.disabled = true;
		await told(secret, 'proven: app-refused (AADSTS7000112)', /disabled/);
		secret.app.disabled = false;
		const systemUser = lab.environment.users.at(-2)!;
		lab.environment.setUserDisabled(systemUser, true);
		await told(secret, 'proven: user-inactive (0x80040225)', /\w/);
		lab.environment.removeUser(systemUser);
		await told(secret, 'proven: no-run-as-user (0x80072560)', /\w/);

		const { privateKey } = await newCertificate();
		await update(certificate.credential.id, { privateKey });
		await told(certificate, 'proven: credential-unreadable (CERTIFICATE_UNREADABLE)', /do not belong together/);
	}, 180_000);

	test('a person signs in through the authorize and callback addresses of n8n, and stays signed in', async () => {
		const person = await lab.person('Ada');
		const { connected, authUrl } = await lab.connect(person);
		expect(connected).toBe(true);
		const asked = new URL(authUrl);
		expect(asked.origin + asked.pathname).toBe(lab.dataverse.tenant.authorizeUrl);
		expect(asked.searchParams.get('scope')).toBe(`${lab.environment.url}/user_impersonation offline_access openid`);
		expect(asked.searchParams.get('code_challenge_method')).toBe('S256');
		expect(outputsOf(await lab.push(person.credential, someone('ada@example.com', { leadsourcecode: 'Web' })))).toMatchObject([{ result: 'created' }]);
		expect(lab.environment.rows('lead').find(({ emailaddress1 }) => emailaddress1 === 'ada@example.com')).toMatchObject({ leadsourcecode: 8 });
		lab.environment.expireTokens();
		expect(outputsOf(await lab.push(person.credential, someone('ada@example.com')))).toMatchObject([{ result: 'unchanged' }]);
		expect(await lab.connection('checkHealth', person.credential)).toMatchObject([{ healthy: true, connection: { signedInAs: { name: 'Ada' } } }]);
	}, 90_000);

	test('a person who denies access, or enters an address of somewhere else, is not connected', async () => {
		const denied = await lab.person('Denied');
		expect((await lab.connect(denied, true)).connected).toBe(false);
		expect(await lab.health(denied.credential)).toMatch(/^proven: never-connected/);
		const elsewhere = await lab.person('Elsewhere', { environmentType: 'public', environmentUrl: 'https://evil.example' });
		await expect(lab.connect(elsewhere)).rejects.toThrow(/Environment URL in this credential is not/);
	}, 60_000);

	test('what breaks a saved sign-in is told by Check Health, and connecting again mends it', async () => {
		const { tenant } = lab.dataverse;
		const person = await lab.connectedPerson('Grace');
		expect(await lab.health(person.credential)).toBe('well');
		const told = async (cause: string, breaks: (person: PersonCredential) => void, mends: (person: PersonCredential) => void = () => undefined): Promise<void> => {
			breaks(person);
			lab.environment.expireTokens();
			expect(await lab.health(person.credential)).toBe(cause);
			mends(person);
			expect((await lab.connect(person)).connected).toBe(true);
			expect(await lab.health(person.credential)).toBe('well');
		};
		await told('proven: sign-in-revoked (AADSTS50173)', ({ user }) => tenant.revokeSessions(user));
		await told('proven: person-needed (AADSTS50076)', ({ user }) => (user.mfaRequired = true), ({ user }) => (user.mfaRequired = false));
		await told('proven: access-policy (AADSTS53003)', ({ user }) => (user.blockedByConditionalAccess = true), ({ user }) => (user.blockedByConditionalAccess = false));
		await told('proven: password-expired (AADSTS50055)', ({ user }) => (user.passwordExpired = true), ({ user }) => (user.passwordExpired = false));
		await told('proven: user-inactive (AADSTS50057)', ({ user }) => (user.disabled = true), ({ user }) => (user.disabled = false));
		await told('proven: consent-missing (AADSTS65001)', ({ app }) => tenant.revokeConsent(app));
		lab.environment.expireTokens();
		tenant.removeApp(person.app);
		expect(await lab.health(person.credential)).toBe('proven: app-not-in-tenant (AADSTS700016)');
	}, 180_000);

	test('a person who does not know the address connects without it, and finds it in the list', async () => {
		const person = await lab.person('Newcomer', { environmentUrl: '' });
		expect((await lab.connect(person)).connected).toBe(true);
		const [found] = await lab.connection('listEnvironments', person.credential);
		expect(found).toMatchObject({ environmentUrl: lab.environment.url, name: 'Northwind Traders' });
		await lab.n8n.credentials.update(person.credential.id, { environmentUrl: String(found.environmentUrl) });
		expect((await lab.connect(person)).connected).toBe(true);
		expect(await lab.health(person.credential)).toBe('well');
	}, 60_000);

	test('one environment is one connection, and a pause holds for every credential that reaches it', async () => {
		const app = await lab.appWithSecret('first');
		const person = await lab.connectedPerson('Second');
		for (const { credential } of [app, person]) expect(await lab.health(credential)).toBe('well');
		expect(await lab.connection('getAll')).toEqual([{ name: 'Northwind Traders', crm: 'Dynamics 365', status: 'active', health: expect.any(String) }]);
		await lab.connection('pause', app.credential);
		lab.environment.calls.reset();
		const [held] = outputsOf(await lab.push(person.credential, someone('held@example.com')));
		expect(held).toMatchObject({ result: 'refused', message: expect.stringContaining('paused') });
		expect(lab.environment.calls.total).toBe(0);
		await lab.connection('activate', app.credential);
		expect(outputsOf(await lab.push(person.credential, someone('held@example.com')))).toMatchObject([{ result: 'created' }]);
	}, 90_000);
});
