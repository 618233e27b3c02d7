import { apiError, scripted } from './ScriptedHttp';

const organization = { done: true, records: [{ attributes: {}, Id: '00Dx0000000BV7z', Name: 'Acme', OrganizationType: 'Enterprise Edition', IsSandbox: true }] };
const userinfo = { user_id: `005${'0'.repeat(12)}`, organization_id: '00Dx0000000BV7zEAG', preferred_username: 'ann@acme.example', name: 'Ann Lee', email: 'ann@example.com' };

describe('identify', () => {
	it('asks for the org first, so that an expired session is renewed there', async () => {
		const { adapter, http } = scripted((request) => ({ body: request.path.includes('userinfo') ? userinfo : organization }));
		expect(await adapter.identify()).toEqual({
			orgId: '00Dx0000000BV7zEAG',
			orgName: 'Acme',
			edition: 'Enterprise Edition',
			sandbox: true,
			instanceUrl: 'https://acme.my.salesforce.com',
			user: { id: `005${'0'.repeat(12)}AAA`, name: 'Ann Lee', username: 'ann@acme.example', email: 'ann@example.com' },
		});
		expect(http.requests[0].path).toContain('/query?q=');
		expect(http.requests[1].path).toBe('/services/oauth2/userinfo');
		expect(adapter.usage().callsMade).toBe(1);
	});

	it('takes the 403 of userinfo for a refused sign-in', async () => {
		const { adapter } = scripted((request) => (request.path.includes('userinfo') ? { status: 403, body: 'Bad_OAuth_Token' } : { body: organization }));
		await expect(adapter.identify()).rejects.toMatchObject({ kind: 'auth' });
	});

	it('keeps the 403 of the API a question of permission', async () => {
		const { adapter } = scripted(() => ({ status: 403, body: apiError('API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.') }));
		await expect(adapter.identify()).rejects.toMatchObject({ kind: 'permission', code: 'API_DISABLED_FOR_ORG' });
	});
});
