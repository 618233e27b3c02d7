import { startStandin, type Org, type Standin } from './index';
import { SalesforceCli } from './salesforceCli';

jest.setTimeout(120_000);

describe('the Salesforce CLI against the stand-in', () => {
	let standin: Standin;
	let org: Org;
	let cli: SalesforceCli;

	beforeAll(async () => {
		cli = await SalesforceCli.open();
		standin = await startStandin();
		org = await standin.createOrg({ name: 'Acme' });
		org.insert('Lead', { LastName: 'Curie', Company: 'Sorbonne', External_Id__c: 'C-1' });
		const login = await cli.run(['org', 'login', 'access-token', '--instance-url', org.instanceUrl, '--no-prompt', '--alias', 'standin'], { SF_ACCESS_TOKEN: org.issueSession() });
		expect(login).toMatchObject({ exitCode: 0, result: { orgId: org.id, username: org.users[0].username, orgEdition: 'Enterprise Edition', isSandbox: false } });
	});
	afterAll(async () => {
		await standin?.close();
		await cli?.close();
	});

	it('queries, as JSON and as the table people see', async () => {
		const soql = "SELECT Id, LastName, Owner.Name FROM Lead WHERE Company = 'sorbonne'";
		await expect(cli.run(['data', 'query', '--target-org', 'standin', '--query', soql])).resolves.toMatchObject({
			exitCode: 0, result: { totalSize: 1, done: true, records: [{ LastName: 'Curie', Owner: { Name: 'Ada Admin' } }] },
		});
		const table = await cli.text(['data', 'query', '--target-org', 'standin', '--query', soql, '--result-format', 'csv']);
		expect(table.trim().split(/\r?\n/)).toEqual(['Id,LastName,Owner.Name', `${org.rows('Lead')[0].Id},Curie,Ada Admin`]);
	});

	it('shows the error of a wrong query', async () => {
		const answer = await cli.run(['data', 'query', '--target-org', 'standin', '--query', 'SELECT Nope FROM Lead']);
		expect(answer).toMatchObject({ exitCode: 1, name: 'INVALID_FIELD' });
		expect(answer.message).toContain("No such column 'Nope' on entity 'Lead'");
	});

	it('describes an object', async () => {
		const { result } = await cli.run(['sobject', 'describe', '--target-org', 'standin', '--sobject', 'Lead']);
		expect(result).toMatchObject({ name: 'Lead', keyPrefix: '00Q', createable: true });
		const { fields } = result as { fields: Array<{ name: string; calculated: boolean }> };
		expect(fields.filter((field) => field.calculated).map((field) => field.name)).toEqual(['Full_Label__c']);
	});

	it('creates, reads, changes and deletes a record', async () => {
		const record = ['--target-org', 'standin', '--sobject', 'Lead'];
		const created = await cli.run(['data', 'create', 'record', ...record, '--values', "LastName='Noether' Company='Göttingen'"]);
		expect(created).toMatchObject({ exitCode: 0, result: { success: true } });
		const { id } = created.result as { id: string };
		await cli.run(['data', 'update', 'record', ...record, '--record-id', id, '--values', "Title='Professor'"]);
		await expect(cli.run(['data', 'get', 'record', ...record, '--record-id', id])).resolves.toMatchObject({ result: { Title: 'Professor', Company: 'Göttingen' } });
		await cli.run(['data', 'delete', 'record', ...record, '--record-id', id]);
		expect(org.row('Lead', id)).toMatchObject({ IsDeleted: true });
	});

	it('shows why a record was refused', async () => {
		const answer = await cli.run(['data', 'create', 'record', '--target-org', 'standin', '--sobject', 'Lead', '--values', "LastName='Nobody'"]);
		expect(answer).toMatchObject({ exitCode: 1, name: 'REQUIRED_FIELD_MISSING', message: expect.stringContaining('Required fields are missing: [Company]') as string });
	});

	it('lists the limits', async () => {
		const { result } = await cli.run(['org', 'list', 'limits', '--target-org', 'standin']);
		expect(result).toContainEqual({ name: 'DailyApiRequests', max: 100_000, remaining: expect.any(Number) as number });
	});
});
