import { ConfidentialClientApplication } from '@azure/msal-node';
import { DynamicsWebApi } from 'dynamics-web-api';
import { newCertificate, startDataverse, type Dataverse, type EntraApp, type Environment } from './index';

describe('msal-node and dynamics-web-api against the stand-in', () => {
	let dataverse: Dataverse;
	let environment: Environment;
	let app: EntraApp;
	let api: DynamicsWebApi;

	beforeAll(async () => {
		dataverse = await startDataverse();
		environment = await dataverse.createEnvironment({ name: 'Acme' });
		app = dataverse.tenant.addApp({ name: 'CRM sync', secrets: ['right'], redirectUris: ['http://127.0.0.1/callback'] });
		environment.addApplicationUser(app);
	});
	afterAll(async () => await dataverse.close());
	const client = (auth: object, tenant = dataverse.tenant) =>
		new ConfidentialClientApplication({ auth: { clientId: app.clientId, authority: `https://login.microsoftonline.com/${tenant.id}`, authorityMetadata: tenant.authorityMetadata, ...auth } });
	const token = async (of: ConfidentialClientApplication) => (await of.acquireTokenByClientCredential({ scopes: [`${environment.url}/.default`] }))?.accessToken ?? '';
	beforeEach(() => {
		api = new DynamicsWebApi({ serverUrl: environment.url, dataApi: { version: '9.2' }, onTokenRefresh: async () => await environment.issueToken() });
	});

	it('signs in with a secret and says who it is', async () => {
		const accessToken = await token(client({ clientSecret: 'right' }));
		const asApp = new DynamicsWebApi({ serverUrl: environment.url, dataApi: { version: '9.2' }, onTokenRefresh: async () => accessToken });
		await expect(asApp.callFunction('WhoAmI')).resolves.toMatchObject({ OrganizationId: environment.organizationId, UserId: environment.users[1].id });
	});

	it('signs in with a certificate', async () => {
		const { certificate, privateKey, thumbprintSha256 } = await newCertificate();
		app.certificates.push(...dataverse.tenant.addApp({ certificates: [certificate] }).certificates);
		await expect(token(client({ clientCertificate: { thumbprintSha256, privateKey } }))).resolves.toMatch(/^ey/);
	});

	it('creates, reads, updates and deletes', async () => {
		const created = await api.create<{ leadid: string }>({ collection: 'leads', data: { lastname: 'Curie', companyname: 'Sorbonne' }, returnRepresentation: true });
		expect(created).toMatchObject({ fullname: 'Curie', statuscode: 1 });
		await api.update({ collection: 'leads', key: created.leadid, data: { firstname: 'Marie', leadsourcecode: 8 } });
		await expect(api.retrieve({ collection: 'leads', key: created.leadid, select: ['fullname', 'leadsourcecode'], includeAnnotations: '*' })).resolves.toMatchObject({ fullname: 'Marie Curie', leadsourcecode: 8, leadsourcecode_Formatted: 'Web' });
		await api.deleteRecord({ collection: 'leads', key: created.leadid });
		await expect(api.retrieve({ collection: 'leads', key: created.leadid })).rejects.toMatchObject({ status: 404, code: '0x80040217' });
	});

	it('reads page by page', async () => {
		for (let index = 0; index < 25; index++) environment.insert('account', { name: `Page ${index}` });
		const all = await api.retrieveAll({ collection: 'accounts', select: ['name'], filter: "startswith(name,'page')", orderBy: ['name desc'], maxPageSize: 10 });
		expect(new Set(all.value.map((one: { name: string }) => one.name)).size).toBe(25);
		expect(environment.calls.byKind.query).toBe(3);
	});

	it('runs a batch', async () => {
		api.startBatch();
		void api.create({ collection: 'contacts', data: { lastname: 'Noether' }, contentId: '1' });
		void api.create({ collection: 'accounts', data: { name: 'Göttingen', 'primarycontactid@odata.bind': '$1' } });
		const ids = await api.executeBatch();
		expect(environment.row('account', String(ids[1]))?.primarycontactid).toEqual({ table: 'contact', id: ids[0] });
	});
});
