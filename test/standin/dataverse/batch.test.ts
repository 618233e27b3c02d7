import { callDataverse, startDataverse, type Dataverse, type Environment } from './index';

interface Part {
	readonly method: string;
	readonly url: string;
	readonly body?: object;
	readonly id?: string;
	readonly headers?: Readonly<Record<string, string>>;
}

const http = ({ method, url, body, id, headers = {} }: Part): string =>
	[
		'Content-Type: application/http',
		'Content-Transfer-Encoding: binary',
		...(id ? [`Content-ID: ${id}`] : []),
		'',
		`${method} ${url} HTTP/1.1`,
		'Content-Type: application/json;type=entry',
		...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
		'',
		body ? JSON.stringify(body) : '',
	].join('\r\n');
const multipart = (boundary: string, parts: readonly string[]): string => `${parts.map((part) => `--${boundary}\r\n${part}\r\n`).join('')}--${boundary}--\r\n`;
const changeSet = (parts: readonly Part[]): string => `Content-Type: multipart/mixed; boundary="set_1"\r\n\r\n${multipart('set_1', parts.map(http))}`;

describe('$batch of the stand-in Dataverse', () => {
	let dataverse: Dataverse;
	let environment: Environment;
	const send = async (parts: readonly string[], headers: Record<string, string> = {}) =>
		await callDataverse(environment, 'POST', '$batch', {
			body: multipart('batch_1', parts),
			headers: { 'Content-Type': 'multipart/mixed; boundary="batch_1"', ...headers },
		});
	const statuses = (body: unknown): number[] => [...String(body).matchAll(/^HTTP\/1\.1 (\d+)/gm)].map(([, status]) => Number(status));
	const lead = (lastname: string, more: object = {}): Part => ({ method: 'POST', url: '/api/data/v9.2/leads', body: { lastname, ...more } });
	const tooLong = { firstname: 'x'.repeat(60) };
	const continueOnError = { Prefer: 'odata.continue-on-error' };
	const names = () => environment.rows('lead').map((row) => row.lastname);

	beforeEach(async () => {
		dataverse = await startDataverse();
		environment = await dataverse.createEnvironment();
	});
	afterEach(async () => await dataverse.close());

	it('runs operations in their order and answers them in theirs', async () => {
		const answer = await send([
			http(lead('One')),
			http({ method: 'GET', url: `${environment.apiUrl}/leads?$select=lastname` }),
			http({ method: 'GET', url: 'leads/$count' }),
		]);
		expect(answer.status).toBe(200);
		expect(answer.headers.get('content-type')).toMatch(/^multipart\/mixed; boundary=batchresponse_[0-9a-f-]{36}$/);
		expect(statuses(answer.body)).toEqual([204, 200, 200]);
		expect(answer.body).toMatch(/OData-EntityId: http:\/\/127\.0\.0\.1:\d+\/api\/data\/v9\.2\/leads\([0-9a-f-]{36}\)\r\n/);
		expect(answer.body).toContain('"lastname":"One"');
		expect(environment.calls.log[0].operations.map((one) => [one.method, one.kind, one.status])).toEqual([
			['POST', 'rows', 204],
			['GET', 'query', 200],
			['GET', 'count', 200],
		]);
		expect([environment.calls.byKind, environment.calls.platformRequests]).toEqual([{ batch: 1 }, 3]);
	});

	it('stops at the first failure and answers with its status, unless told to go on', async () => {
		const parts = [http(lead('One')), http(lead('Two', tooLong)), http(lead('Three'))];
		const stopped = await send(parts);
		expect([stopped.status, statuses(stopped.body), names()]).toEqual([400, [204, 400], ['One']]);
		expect(stopped.body).toContain('{"error":{"code":"0x80044331"');
		const whole = await send(parts, continueOnError);
		expect([whole.status, statuses(whole.body), names()]).toEqual([200, [204, 400, 204], ['One', 'One', 'Three']]);
	});

	it('keeps a change set whole, or leaves nothing of it and answers once', async () => {
		const good = changeSet([
			{ ...lead('A'), id: '1' },
			{ ...lead('B'), id: '2' },
		]);
		const bad = changeSet([
			{ ...lead('C'), id: '1' },
			{ ...lead('D', tooLong), id: '2' },
		]);
		const answer = await send([good, bad, http(lead('E'))], continueOnError);
		expect(statuses(answer.body)).toEqual([204, 204, 400, 204]);
		expect(names()).toEqual(['A', 'B', 'E']);
		expect(answer.body).toMatch(/boundary=changesetresponse_/);
		expect((await send([bad])).status).toBe(400);
	});

	it('lets operations of a change set name what earlier ones made', async () => {
		const parts: Part[] = [
			{ method: 'POST', url: '/api/data/v9.2/contacts', body: { lastname: 'Curie' }, id: '1' },
			{ method: 'POST', url: '/api/data/v9.2/accounts', body: { name: 'Sorbonne', 'primarycontactid@odata.bind': '$1' }, id: '2' },
			{ method: 'PATCH', url: '$2', body: { accountnumber: 'S1' }, id: '3' },
		];
		expect(statuses((await send([changeSet(parts)])).body)).toEqual([204, 204, 204]);
		expect(environment.rows('account')[0]).toMatchObject({
			accountnumber: 'S1',
			primarycontactid: { table: 'contact', id: environment.rows('contact')[0].contactid },
		});
		const early = await send([changeSet([parts[1], parts[0]])]);
		expect(early).toMatchObject({ status: 400, body: expect.stringContaining("Content-ID Reference: '$1' does not exist in the batch context.") as string });
	});

	it.each<[string, () => string[], string]>([
		['more than a thousand operations', () => Array.from({ length: 1001 }, () => http({ method: 'GET', url: 'WhoAmI' })), 'maximum of 1000'],
		['a batch in a batch', () => [http({ method: 'POST', url: '/api/data/v9.2/$batch' })], 'another batch'],
		['a reading in a change set', () => [changeSet([{ method: 'GET', url: 'leads' }])], 'not allowed in change sets'],
		['a part without a request', () => ['Content-Type: application/http\r\n\r\nhello'], 'Invalid request line'],
	])('refuses %s', async (_name, parts, message) => {
		await expect(send(parts())).resolves.toMatchObject({ status: 400 });
		expect(JSON.stringify((await send(parts())).body)).toContain(message);
	});

	it('refuses a body that ends too early', async () => {
		const body = `--batch_1\r\n${http(lead('One'))}\r\n`;
		const answer = await callDataverse(environment, 'POST', '$batch', { body, headers: { 'Content-Type': 'multipart/mixed;boundary=batch_1' } });
		expect([answer.status, names()]).toEqual([400, []]);
	});

	it('checks versions and keys inside, as outside', async () => {
		environment.addKey('account', { name: 'number', columns: ['accountnumber'] });
		const { accountid, versionnumber } = environment.insert('account', { name: 'Sorbonne', accountnumber: 'S1' });
		const patch = (ifMatch: string, name: string): Part => ({
			method: 'PATCH',
			url: `/api/data/v9.2/accounts(${String(accountid)})`,
			body: { name },
			headers: { 'If-Match': ifMatch },
		});
		const upsert: Part = { method: 'PATCH', url: "/api/data/v9.2/accounts(accountnumber='S1')", body: { name: 'By key' } };
		const answer = await send(
			[http(patch(`W/"${String(versionnumber)}"`, 'New')), http(patch(`W/"${String(versionnumber)}"`, 'Late')), http(upsert)],
			continueOnError,
		);
		expect(statuses(answer.body)).toEqual([204, 412, 204]);
		expect(environment.row('account', String(accountid))?.name).toBe('By key');
	});

	it('cuts its answer in the middle of a part, with all work done', async () => {
		environment.faults.cutBatch({ afterParts: 1, times: 1 });
		const answer = await send([http(lead('One')), http(lead('Two')), http(lead('Three'))]);
		expect([answer.status, statuses(answer.body), names()]).toEqual([200, [204], ['One', 'Two', 'Three']]);
		expect(String(answer.body).trimEnd().endsWith('--')).toBe(false);
	});
});

describe('bulk messages of the stand-in Dataverse', () => {
	let dataverse: Dataverse;
	let environment: Environment;
	const run = async (message: string, targets: readonly object[], table = 'leads') =>
		await callDataverse(environment, 'POST', `${table}/Microsoft.Dynamics.CRM.${message}`, {
			body: { Targets: targets.map((target) => ({ '@odata.type': 'Microsoft.Dynamics.CRM.lead', ...target })) },
		});
	const code = (value: string) => ({ error: { code: value } });

	beforeEach(async () => {
		dataverse = await startDataverse();
		environment = await dataverse.createEnvironment();
	});
	afterEach(async () => await dataverse.close());

	it('creates all rows and answers their ids in order', async () => {
		const { status, body } = await run('CreateMultiple', [{ lastname: 'A' }, { lastname: 'B' }]);
		expect(status).toBe(200);
		expect((body as { Ids: string[] }).Ids.map((id) => environment.row('lead', id)?.lastname)).toEqual(['A', 'B']);
		expect(environment.calls.platformRequests).toBe(2);
	});

	it('does all or nothing, and does not say which row was wrong', async () => {
		const { leadid } = environment.insert('lead', { lastname: 'A' });
		await expect(run('CreateMultiple', [{ lastname: 'B' }, { firstname: 'x'.repeat(60) }])).resolves.toMatchObject({ status: 400, body: code('0x80044331') });
		await expect(
			run('UpdateMultiple', [
				{ leadid, lastname: 'changed' },
				{ leadid: '11111111-1111-4111-8111-111111111111', lastname: 'x' },
			]),
		).resolves.toMatchObject({ status: 404, body: code('0x80040217') });
		expect(environment.rows('lead').map((row) => row.lastname)).toEqual(['A']);
	});

	it('updates and upserts without ids in the answer', async () => {
		environment.addColumn('lead', { name: 'new_shopid', type: 'String' });
		environment.addKey('lead', { name: 'new_shopkey', columns: ['new_shopid'] });
		const { leadid } = environment.insert('lead', { lastname: 'A', new_shopid: '1' });
		await expect(run('UpdateMultiple', [{ leadid, firstname: 'Updated' }])).resolves.toMatchObject({ status: 204, body: '' });
		const targets = [
			{ '@odata.id': "leads(new_shopid='1')", lastname: 'Known' },
			{ '@odata.id': "leads(new_shopid='2')", lastname: 'New' },
		];
		await expect(run('UpsertMultiple', targets)).resolves.toMatchObject({ status: 204, body: '' });
		expect(environment.rows('lead').map((row) => [row.new_shopid, row.fullname])).toEqual([
			['1', 'Updated Known'],
			['2', 'New'],
		]);
	});

	it('refuses what is not supported, and says beforehand what is', async () => {
		await expect(run('DeleteMultiple', [{ lastname: 'A' }])).resolves.toMatchObject({
			status: 501,
			body: { error: { message: 'DeleteMultiple has not yet been implemented.' } },
		});
		await expect(run('CreateMultiple', [{ '@odata.type': undefined, lastname: 'A' }])).resolves.toMatchObject({ status: 400, body: code('0x80048d19') });
		await expect(run('CreateMultiple', [])).resolves.toMatchObject({ status: 400 });
		environment.setMultiple('lead', ['CreateMultiple']);
		await expect(run('UpdateMultiple', [{ leadid: 'x' }])).resolves.toMatchObject({ status: 400, body: code('0x80040800') });
		const supported = async (message: string) =>
			(
				(
					await callDataverse(
						environment,
						'GET',
						`sdkmessagefilters?$select=sdkmessagefilterid&$filter=sdkmessageid/name eq @message and primaryobjecttypecode eq @table&@message='${message}'&@table='lead'`,
					)
				).body as { value: unknown[] }
			).value.length;
		expect([await supported('CreateMultiple'), await supported('UpdateMultiple')]).toEqual([1, 0]);
	});
});
