import { generateKeyPairSync } from 'node:crypto';
import type { ICredentialDataDecryptedObject } from 'n8n-workflow';
import { credentialRef, type StoredCredential } from '../n8n/credentials';
import type { FinishedExecution } from '../n8n/executions';
import { CONNECTION, LEAD_SYNC, startLab, type Lab } from './lab';

const TOKEN = 'crmSalesforceTokenApi';
const SERVER = 'crmSalesforceServerApi';

describe('the credentials without a browser, in a real n8n', () => {
	let lab: Lab;

	beforeAll(async () => {
		lab = await startLab('credential-test');
		lab.org.setSignInPolicy({ passwordFlow: true, soapLogin: true });
		lab.org.addApp({ clientId: 'key', clientSecret: 'app-secret', runAs: lab.org.users[0].id });
	}, 300_000);
	afterAll(async () => await lab?.stop());
	afterEach(() => lab.org.faults.clear());

	const consumer = { consumerKey: 'key', consumerSecret: 'app-secret' };
	const user = () => ({ ...lab.org.credentialsOf(lab.org.users[0]) });
	const tried = (from: number) => lab.standin.signInAttempts.slice(from).map(({ accepted }) => accepted);
	const sofar = () => lab.standin.signInAttempts.length;

	async function create(type: string, data: ICredentialDataDecryptedObject): Promise<StoredCredential> {
		return await lab.n8n.credentials.create(type, { environment: 'myDomain', domain: lab.org.instanceUrl, ...data });
	}

	async function push(type: string, credential: StoredCredential): Promise<FinishedExecution> {
		const value = { LastName: 'Someone', Company: 'Acme', Email: 'someone@example.com' };
		const parameters = { connectWith: type, fields: { mappingMode: 'defineBelow', matchingColumns: ['Email'], value } };
		return await lab.n8n.run({ nodes: [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' }, { name: 'Push', type: LEAD_SYNC, credentials: credentialRef(credential), parameters }] });
	}

	async function check(type: string, credential: StoredCredential): Promise<FinishedExecution> {
		return await lab.n8n.run({
			nodes: [
				{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
				{ name: 'Health', type: CONNECTION, credentials: credentialRef(credential), parameters: { connectWith: type } },
			],
		});
	}

	const resultOf = ({ nodes }: FinishedExecution) => nodes.Push?.[0]?.outputs.flat()[0]?.result;

	test.each([
		['user name and password', TOKEN, () => ({ ...user(), ...consumer })],
		['SOAP', TOKEN, () => ({ ...user() })],
		['client credentials', SERVER, () => ({ flow: 'clientCredentials', ...consumer })],
		['a signed request', SERVER, () => {
			const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } });
			lab.org.addApp({ clientId: 'signed', certificate: publicKey, permittedUsers: 'adminApproved' });
			lab.org.preauthorize({ clientId: 'signed' }, lab.org.users[0]);
			return { flow: 'jwt', consumerKey: 'signed', username: lab.org.users[0].username, privateKey: privateKey.replaceAll('\n', '') };
		}],
	])('%s works on its very first run, and is kept', async (_, type, fields) => {
		const credential = await create(type, fields() as ICredentialDataDecryptedObject);
		const before = sofar();
		expect(resultOf(await push(type, credential))).toMatch(/created|unchanged/);
		expect(resultOf(await push(type, credential))).toBe('unchanged');
		expect(tried(before)).toEqual([true]);
		lab.org.faults.expireSessionsOnce();
		expect(resultOf(await push(type, credential))).toBe('unchanged');
		expect(tried(before)).toEqual([true, true]);
		expect(await lab.n8n.credentials.test(credential.id)).toEqual({ status: 'OK', message: 'Connection successful!' });
	}, 60_000);

	test.each<[string, string, () => object, RegExp]>([
		['a wrong password', TOKEN, () => ({ ...user(), password: 'wrong', ...consumer }), /^Salesforce refused the user name and password\..*security token.*\(invalid_grant\)$/],
		['a wrong password by SOAP', TOKEN, () => ({ ...user(), password: 'wrong' }), /^The user name, password or security token is wrong.*\(INVALID_LOGIN\)$/],
		['an empty field', TOKEN, () => ({ ...user(), password: '', ...consumer }), /^The field Password of this credential is empty/],
		['a wrong secret', SERVER, () => ({ flow: 'clientCredentials', ...consumer, consumerSecret: 'wrong' }), /consumer secret.*\(invalid_client\)$/],
		['the general login page', SERVER, () => ({ flow: 'clientCredentials', ...consumer, domain: 'login.salesforce.com' }), /My Domain of its own org/],
		['a key that is none', SERVER, () => ({ flow: 'jwt', ...consumer, username: 'a', privateKey: 'nonsense' }), /^The private key cannot be read/],
		['nonsense for an address', TOKEN, () => ({ ...user(), domain: 'https://evil.example' }), /not an address of Salesforce/],
	])('the test button says the cause of %s in words', async (_, type, fields, words) => {
		const credential = await create(type, fields() as ICredentialDataDecryptedObject);
		const { status, message } = await lab.n8n.credentials.test(credential.id);
		expect([status, message]).toEqual(['Error', expect.stringMatching(words)]);
	}, 60_000);

	test('the test button says that the org has no API', async () => {
		lab.org.faults.apiDisabled();
		const credential = await create(SERVER, { flow: 'clientCredentials', ...consumer });
		expect(await lab.n8n.credentials.test(credential.id)).toEqual({ status: 'Error', message: expect.stringMatching(/edition.*"API Enabled".*\(API_DISABLED_FOR_ORG\)$/) });
	}, 60_000);

	test('a refused password is sent once by runs, and not again by the button, however often the form is opened, until a person asks on purpose', async () => {
		const credential = await create(TOKEN, { ...user(), password: 'wrong-again', ...consumer });
		const before = sofar();
		const failed = await push(TOKEN, credential);
		expect(JSON.stringify(failed.error)).toContain('user name and password');
		for (let run = 0; run < 4; run++) await push(TOKEN, credential);
		expect(tried(before)).toEqual([false]);
		for (let opened = 0; opened < 4; opened++) expect((await lab.n8n.credentials.test(credential.id)).message).toMatch(/the form tries it again from .*\(invalid_grant\)$/);
		expect(tried(before)).toEqual([false]);
		for (let asked = 0; asked < 2; asked++) await check(TOKEN, credential);
		expect(tried(before)).toEqual([false, false]);
	}, 120_000);

	test('no other node may use the credential', async () => {
		const credential = await create(SERVER, { flow: 'clientCredentials', ...consumer });
		const parameters = { url: `${lab.org.instanceUrl}/services/data`, authentication: 'predefinedCredentialType', nodeCredentialType: SERVER };
		const nodes = [
			{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' },
			{ name: 'Http', type: 'n8n-nodes-base.httpRequest', typeVersion: 4.2, credentials: credentialRef(credential), parameters },
		];
		await expect(lab.n8n.run({ nodes })).rejects.toThrow(/cannot use credential type "crmSalesforceServerApi"/);
	}, 60_000);

	test('Check Health signs a fresh credential in and says who it is', async () => {
		const credential = await create(SERVER, { flow: 'clientCredentials', ...consumer });
		const execution = await check(SERVER, credential);
		expect(execution.nodes.Health[0].outputs[0][0]).toMatchObject({ healthy: true, connection: { orgId: lab.org.id, signedInAs: { username: lab.org.users[0].username } } });
	}, 60_000);
});
