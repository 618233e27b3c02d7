import { ConfidentialClientApplication } from '@azure/msal-node';
import { DynamicsWebApi } from 'dynamics-web-api';
import { newCertificate, startDataverse, type Dataverse, type EntraApp, type Environment } from './index';

interface Lead {
	readonly leadid?: string;
	readonly '@odata.etag'?: string;
	readonly [column: string]: unknown;
}

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
		new ConfidentialClientApplication({
			auth: { clientId: app.clientId, authority: `https://login.microsoftonline.com/${tenant.id}`, authorityMetadata: tenant.authorityMetadata, ...auth },
		});
	const token = async (of: ConfidentialClientApplication) =>
		(await of.acquireTokenByClientCredential({ scopes: [`${environment.url}/.default`] }))?.accessToken ?? '';
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
		const created: Lead = await api.create<Lead>({ collection: 'leads', data: { lastname: 'Curie', companyname: 'Sorbonne' }, returnRepresentation: true });
		expect(created).toMatchObject({ fullname: 'Curie', statuscode: 1 });
		const key = String(created.leadid);
		await api.update({ collection: 'leads', key, data: { firstname: 'Marie', leadsourcecode: 8 } });
		await expect(api.retrieve({ collection: 'leads', key, select: ['fullname', 'leadsourcecode'], includeAnnotations: '*' })).resolves.toMatchObject({
			fullname: 'Marie Curie',
			leadsourcecode: 8,
			leadsourcecode_Formatted: 'Web',
		});
		await api.deleteRecord({ collection: 'leads', key });
		await expect(api.retrieve({ collection: 'leads', key })).rejects.toMatchObject({ status: 404, code: '0x80040217' });
	});

	it('upserts by alternate key and writes only what has not changed', async () => {
		environment.addColumn('lead', { name: 'new_shopid', type: 'String' });
		environment.addKey('lead', { name: 'new_shopkey', columns: ['new_shopid'] });
		const upsert = async (firstname: string): Promise<Lead> =>
			await api.upsert<Lead>({ collection: 'leads', key: "new_shopid='A1'", data: { firstname, lastname: 'Noether' }, returnRepresentation: true });
		const first = await upsert('Amalie');
		expect(await upsert('Emmy')).toMatchObject({ leadid: first.leadid, fullname: 'Emmy Noether' });
		const stale = { collection: 'leads', key: String(first.leadid), ifmatch: String(first['@odata.etag']) };
		await expect(api.deleteRecord(stale)).resolves.toBe(false);
		await expect(api.update({ ...stale, data: { firstname: 'x' } })).resolves.toBe(false);
		expect(environment.row('lead', String(first.leadid))).toMatchObject({ firstname: 'Emmy' });
	});

	it('follows delta links', async () => {
		const { contactid } = environment.insert('contact', { lastname: 'Tracked' });
		const first = await api.retrieveMultiple({ collection: 'contacts', select: ['lastname'], trackChanges: true });
		environment.remove('contact', String(contactid));
		const second = await api.retrieveMultiple({ collection: 'contacts', select: ['lastname'] }, String(first.oDataDeltaLink ?? first['@odata.deltaLink']));
		expect(second.value).toMatchObject([{ id: contactid, reason: 'deleted' }]);
	});

	it('reads metadata and counts', async () => {
		const attributes = await api.retrieveAttributes({
			entityKey: "LogicalName='lead'",
			castType: 'Microsoft.Dynamics.CRM.PicklistAttributeMetadata',
			select: ['LogicalName'],
			expand: [{ property: 'OptionSet' }],
		});
		expect(attributes.value).toContainEqual(expect.objectContaining({ LogicalName: 'leadsourcecode' }));
		environment.insert('incident', { title: 'One' });
		await expect(api.count({ collection: 'incidents', filter: "title eq 'one'" })).resolves.toBe(1);
	});

	it('reads page by page', async () => {
		environment.calls.reset();
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

	it('tells what a batch was refused for', async () => {
		api.startBatch();
		void api.create({ collection: 'contacts', data: { firstname: 'x'.repeat(60) } }).catch(() => undefined);
		await expect(api.executeBatch()).rejects.toEqual([
			expect.objectContaining({ status: 400, error: expect.objectContaining({ code: '0x80044331' }) as object }),
		]);
	});
});
