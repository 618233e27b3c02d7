import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startStandin, type Org, type Standin } from './index';
import { SalesforceCli } from './salesforceCli';
import { newKeys } from './signIn';

jest.setTimeout(120_000);

describe('the Salesforce CLI signs in with a JWT', () => {
	const keys = newKeys();
	let standin: Standin;
	let cli: SalesforceCli;
	let folder: string;
	let keyFile: string;

	const login = async (org: Org, instanceUrl: string) => {
		const who = ['--username', org.users[0].username, '--client-id', 'key', '--jwt-key-file', keyFile];
		return await cli.run(['org', 'login', 'jwt', ...who, '--instance-url', instanceUrl, '--no-prompt']);
	};

	beforeAll(async () => {
		cli = await SalesforceCli.open();
		folder = await mkdtemp(join(tmpdir(), 'standin-jwt-'));
		keyFile = join(folder, 'server.key');
		await writeFile(keyFile, keys.privateKey);
		standin = await startStandin();
	});
	afterAll(async () => {
		await standin?.close();
		await cli?.close();
		await rm(folder, { recursive: true, force: true });
	});

	it('to a production org at the login host, and reads with the session', async () => {
		const org = await standin.createOrg({ name: 'Acme' });
		org.addApp({ clientId: 'key', certificate: keys.certificate, permittedUsers: 'adminApproved' });
		org.preauthorize({ clientId: 'key' }, org.users[0]);
		const { username } = org.users[0];
		await expect(login(org, standin.loginUrl)).resolves.toMatchObject({ exitCode: 0, result: { orgId: org.id, username, instanceUrl: org.instanceUrl } });
		const found = await cli.run(['data', 'query', '--target-org', username, '--query', 'SELECT Status, LoginType FROM LoginHistory']);
		expect(found).toMatchObject({ exitCode: 0, result: { records: [{ Status: 'Success', LoginType: 'Remote Access 2.0' }] } });
	});

	// A refused one is not tried: the CLI goes on to ask the real login.salesforce.com and test.salesforce.com.
	it('to a sandbox at the login host of sandboxes', async () => {
		const sandbox = await standin.createOrg({ name: 'UAT', sandbox: true });
		sandbox.addApp({ clientId: 'key', certificate: keys.certificate, permittedUsers: 'adminApproved' });
		sandbox.preauthorize({ clientId: 'key' }, sandbox.users[0]);
		await expect(login(sandbox, standin.sandboxLoginUrl)).resolves.toMatchObject({ exitCode: 0, result: { orgId: sandbox.id } });
	});
});
