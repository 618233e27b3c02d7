import { callDataverse, startDataverse, type Dataverse, type Environment } from './index';

type Definition = Record<string, unknown>;

describe('metadata of the stand-in Dataverse', () => {
	let dataverse: Dataverse;
	let environment: Environment;
	const get = async (path: string) => await callDataverse(environment, 'GET', path);
	const list = async (path: string) => ((await get(path)).body as { value: Definition[] }).value;
	const lead = "EntityDefinitions(LogicalName='lead')";

	beforeAll(async () => {
		dataverse = await startDataverse();
		environment = await dataverse.createEnvironment({ name: 'Acme', sandbox: true, service: false, version: '9.2.1.2' });
		environment.addTable({
			name: 'new_course',
			columns: [
				{ name: 'new_name', type: 'String', required: 'ApplicationRequired' },
				{ name: 'new_teacherid', schemaName: 'new_TeacherId', type: 'Lookup', targets: ['contact'] },
			],
			changeTracking: true,
			ownership: 'organization',
		});
		environment.addColumn('lead', { name: 'new_shopid', type: 'String', maxLength: 20 });
		environment.addKey('lead', { name: 'new_shopkey', columns: ['new_shopid'], status: 'InProgress' });
		environment.secureColumn('lead', 'mobilephone');
	});
	afterAll(async () => await dataverse.close());

	it('says which environment it is', async () => {
		await expect(get('WhoAmI')).resolves.toMatchObject({ body: { OrganizationId: environment.organizationId, UserId: environment.admin.id } });
		await expect(get('RetrieveVersion()')).resolves.toMatchObject({ body: { Version: '9.2.1.2' } });
		await expect(get("RetrieveCurrentOrganization(AccessType=@p)?@p=Microsoft.Dynamics.CRM.EndpointAccessType'Default'")).resolves.toMatchObject({
			body: { Detail: { FriendlyName: 'Acme', OrganizationType: 'CustomerTest', TenantId: dataverse.tenant.id } },
		});
		expect(await list('organizations?$select=name,expirechangetrackingindays,languagecode')).toMatchObject([
			{ expirechangetrackingindays: 7, languagecode: 1033, organizationid: environment.organizationId },
		]);
		expect((await list('solutions?$select=uniquename&$filter=isvisible eq true')).map((one) => one.uniquename)).toEqual(expect.arrayContaining(['Sales']));
	});

	it('lists and filters tables; a table that is not installed is not there', async () => {
		const tracked = await list('EntityDefinitions?$select=LogicalName&$filter=ChangeTrackingEnabled eq true and IsCustomEntity eq true');
		expect(tracked).toEqual([{ MetadataId: expect.any(String) as string, LogicalName: 'new_course' }]);
		expect(await list('EntityDefinitions?$select=LogicalName&$filter=CanChangeTrackingBeEnabled/Value eq false')).toEqual(
			expect.arrayContaining([expect.objectContaining({ LogicalName: 'systemuser' })]),
		);
		await expect(get("EntityDefinitions(LogicalName='incident')")).resolves.toMatchObject({
			status: 404,
			body: { error: { message: expect.stringContaining("name = 'incident'") as string } },
		});
		await expect(get('incidents')).resolves.toMatchObject({
			status: 404,
			body: { error: { code: '0x80060888', message: "Resource not found for the segment 'incidents'." } },
		});
	});

	it('describes one table with columns and keys', async () => {
		const { body } = await get(
			`${lead}?$select=EntitySetName,PrimaryIdAttribute,IsOptimisticConcurrencyEnabled&$expand=Attributes($select=LogicalName,AttributeType),Keys($select=KeyAttributes,EntityKeyIndexStatus)`,
		);
		expect(body).toMatchObject({
			EntitySetName: 'leads',
			PrimaryIdAttribute: 'leadid',
			IsOptimisticConcurrencyEnabled: true,
			Keys: [{ KeyAttributes: ['new_shopid'], EntityKeyIndexStatus: 'InProgress' }],
		});
		expect((body as { Attributes: Definition[] }).Attributes).toContainEqual(expect.objectContaining({ LogicalName: 'new_shopid', AttributeType: 'String' }));
	});

	it('describes columns: limits, rights, and companions that belong to others', async () => {
		const [shopId] = await list(`${lead}/Attributes?$filter=LogicalName eq 'new_shopid'`);
		expect(shopId).toMatchObject({
			'@odata.type': '#Microsoft.Dynamics.CRM.StringAttributeMetadata',
			MaxLength: 20,
			IsCustomAttribute: true,
			RequiredLevel: { Value: 'None' },
			IsValidForCreate: true,
			IsSecured: false,
		});
		await expect(get(`${lead}/Attributes(LogicalName='mobilephone')?$select=IsSecured`)).resolves.toMatchObject({ body: { IsSecured: true } });
		await expect(get(`${lead}/Attributes(LogicalName='fullname')?$select=IsValidForUpdate,IsPrimaryName`)).resolves.toMatchObject({
			body: { IsValidForUpdate: false, IsPrimaryName: true },
		});
		expect(await list(`${lead}/Attributes?$select=LogicalName,AttributeType&$filter=AttributeOf eq 'leadsourcecode'`)).toMatchObject([
			{ LogicalName: 'leadsourcecodename', AttributeType: 'Virtual' },
		]);
	});

	it('gives options by casts, with the state of status reasons and labels in several languages', async () => {
		const path = `${lead}/Attributes/Microsoft.Dynamics.CRM.PicklistAttributeMetadata?$select=LogicalName&$expand=OptionSet($select=Options),GlobalOptionSet`;
		const source = (await list(path)).find((one) => one.LogicalName === 'leadsourcecode') as { OptionSet: { Options: Definition[] }; GlobalOptionSet: null };
		expect(source.OptionSet.Options[0]).toMatchObject({
			Value: 1,
			Label: {
				UserLocalizedLabel: { Label: 'Advertisement', LanguageCode: 1033 },
				LocalizedLabels: [{ Label: 'Advertisement' }, { Label: 'Publicité', LanguageCode: 1036 }],
			},
		});
		expect(source.GlobalOptionSet).toBeNull();
		await expect(get(`${lead}/Attributes(LogicalName='leadsourcecode')?$select=LogicalName&$expand=OptionSet`)).resolves.toMatchObject({
			status: 400,
			body: { error: { message: expect.stringContaining("'OptionSet' on type 'Microsoft.Dynamics.CRM.AttributeMetadata'") as string } },
		});
		const [status] = (await list(`${lead}/Attributes/Microsoft.Dynamics.CRM.StatusAttributeMetadata?$expand=OptionSet`)) as Array<{
			OptionSet: { Options: Definition[] };
		}>;
		expect(status.OptionSet.Options.map((one) => [one.Value, one.State])).toEqual([
			[1, 0],
			[2, 0],
			[3, 1],
			[4, 2],
			[5, 2],
			[6, 2],
			[7, 2],
		]);
		await expect(get(`${lead}/Attributes(LogicalName='donotemail')/Microsoft.Dynamics.CRM.BooleanAttributeMetadata/OptionSet`)).resolves.toMatchObject({
			body: { TrueOption: { Value: 1 } },
		});
	});

	it('names the navigation properties that lookups are written by', async () => {
		const names = async (table: string) =>
			(
				await list(
					`EntityDefinitions(LogicalName='${table}')/ManyToOneRelationships?$select=ReferencingAttribute,ReferencedEntity,ReferencingEntityNavigationPropertyName`,
				)
			).map((one) => [one.ReferencingAttribute, one.ReferencedEntity, one.ReferencingEntityNavigationPropertyName]);
		expect(await names('contact')).toEqual(
			expect.arrayContaining([
				['parentcustomerid', 'account', 'parentcustomerid_account'],
				['originatingleadid', 'lead', 'originatingleadid'],
				['ownerid', 'team', 'ownerid'],
			]),
		);
		expect(await names('new_course')).toContainEqual(['new_teacherid', 'contact', 'new_TeacherId']);
	});

	it('works with tables a test adds', async () => {
		const contact = environment.insert('contact', { lastname: 'Curie' });
		const made = await callDataverse(environment, 'POST', 'new_courses', {
			body: { new_name: 'Physics', 'new_TeacherId@odata.bind': `/contacts(${String(contact.contactid)})` },
			headers: { Prefer: 'return=representation' },
		});
		expect(made).toMatchObject({ status: 201, body: { new_name: 'Physics', _new_teacherid_value: contact.contactid } });
		expect(made.body).not.toHaveProperty('_ownerid_value');
	});
});
