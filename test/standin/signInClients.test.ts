import { Connection } from 'jsforce';
import { startStandin, type Org, type Standin } from './index';
import { assertionOf, newKeys } from './signIn';

describe('signing in with jsforce', () => {
	let standin: Standin;
	let org: Org;
	const keys = newKeys();

	const connect = (loginUrl = standin.loginUrl, version = '64.0') => new Connection({ loginUrl, version, oauth2: { loginUrl, clientId: 'key', clientSecret: 'secret' } });
	const typed = () => {
		const { username, password, securityToken } = org.credentialsOf(org.users[0]);
		return [username, password + securityToken] as const;
	};
	const whoAmI = async (connection: Connection) => (await connection.query('SELECT Id FROM Organization')).records[0].Id;

	beforeEach(async () => {
		standin = await startStandin();
		org = await standin.createOrg({ name: 'Acme', passwordFlow: true, soapLogin: true });
		org.addApp({ clientId: 'key', clientSecret: 'secret', certificate: keys.certificate, runAs: org.users[0].id, permittedUsers: 'adminApproved' });
		org.preauthorize({ clientId: 'key' }, org.users[0]);
	});
	afterEach(async () => await standin.close());

	it('by SOAP, and out again', async () => {
		const connection = connect();
		await expect(connection.loginBySoap(...typed())).resolves.toMatchObject({ id: org.users[0].id, organizationId: org.id });
		expect(await whoAmI(connection)).toBe(org.id);
		const session = connection.accessToken ?? '';
		await connection.logoutBySoap();
		expect(org.context.sessions.find(session)).toBeUndefined();
	});

	it('by user name and password', async () => {
		const connection = connect();
		await expect(connection.loginByOAuth2(...typed())).resolves.toMatchObject({ id: org.users[0].id, organizationId: org.id });
		expect(await whoAmI(connection)).toBe(org.id);
	});

	it('by a signed assertion', async () => {
		const connection = connect();
		const assertion = await assertionOf({ iss: 'key', sub: org.users[0].username, aud: 'https://login.salesforce.com', exp: Math.floor(Date.now() / 1000) + 180 }, keys);
		await connection.authorize({ grant_type: 'urn:ietf:params:oauth:grant-type:jwt-bearer', assertion });
		expect(await whoAmI(connection)).toBe(org.id);
	});

	it('by client credentials', async () => {
		const connection = connect(org.instanceUrl);
		await connection.authorize({ grant_type: 'client_credentials' });
		expect(await whoAmI(connection)).toBe(org.id);
		await expect(connect().authorize({ grant_type: 'client_credentials' })).rejects.toMatchObject({ name: 'invalid_grant', message: 'request not supported on this domain' });
	});

	it('and is told why not', async () => {
		const [username] = typed();
		await expect(connect().loginBySoap(username, 'wrong')).rejects.toThrow('INVALID_LOGIN: Invalid username, password, security token; or user locked out.');
		await expect(connect().loginBySoap(username, org.credentialsOf(org.users[0]).password)).rejects.toThrow('LOGIN_MUST_USE_SECURITY_TOKEN: ');
		await expect(connect(standin.loginUrl, '65.0').loginBySoap(...typed())).rejects.toThrow('UNSUPPORTED_API_VERSION: ');
		await expect(connect().loginByOAuth2(username, 'wrong')).rejects.toMatchObject({ name: 'invalid_grant', message: 'authentication failure' });
		org.expirePassword(org.users[0]);
		await expect(connect().loginBySoap(...typed())).rejects.toThrow('Unable to login because the used password has expired.');
	});
});
