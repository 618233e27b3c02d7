import { ConfidentialClientApplication, CryptoProvider, type AuthError } from '@azure/msal-node';
import { newCertificate, startDataverse, type Dataverse, type EntraApp, type EntraUser, type Environment, type Tenant } from './index';

const hour = 3_600_000;
const redirectUri = 'http://127.0.0.1/callback';

describe('the sign-in of the stand-in, through msal-node', () => {
	let now: number;
	let dataverse: Dataverse;
	let tenant: Tenant;
	let environment: Environment;
	let app: EntraApp;

	beforeEach(async () => {
		now = Date.now();
		dataverse = await startDataverse({ now: () => now });
		({ tenant } = dataverse);
		environment = await dataverse.createEnvironment();
		app = tenant.addApp({ secrets: ['right', { id: 'the-id', value: 'old', expiresAt: now - hour }], redirectUris: [redirectUri] });
	});
	afterEach(async () => await dataverse.close());

	const client = (auth: object = { clientSecret: 'right' }, of: Pick<Tenant, 'id' | 'authorityMetadata'> = tenant) =>
		new ConfidentialClientApplication({
			auth: { clientId: app.clientId, authority: `https://login.microsoftonline.com/${of.id}`, authorityMetadata: of.authorityMetadata, ...auth },
		});
	const signIn = async (of = client(), scope = `${environment.url}/.default`) =>
		(await of.acquireTokenByClientCredential({ scopes: [scope] }))?.accessToken ?? '';
	const refusal = async (work: Promise<unknown>) =>
		await work.then(
			() => undefined,
			(error: AuthError & { errorNo?: unknown; status?: number }) => ({
				code: error.errorCode,
				number: Number(error.errorNo),
				name: error.name,
				message: error.errorMessage,
			}),
		);
	const elsewhere = (path: string): Pick<Tenant, 'id' | 'authorityMetadata'> => ({
		id: path,
		authorityMetadata: tenant.authorityMetadata.replaceAll(tenant.authority, `${dataverse.loginUrl}/${path}`),
	});

	it.each<[string, number, string, () => object]>([
		['a wrong secret', 7000215, 'invalid_client', () => ({ clientSecret: 'wrong' })],
		['the id of a secret', 7000215, 'invalid_client', () => ({ clientSecret: 'the-id' })],
		['a secret that expired', 7000222, 'invalid_client', () => ({ clientSecret: 'old' })],
	])('refuses %s', async (_name, number, code, auth) => {
		await expect(refusal(signIn(client(auth())))).resolves.toMatchObject({ number, code });
	});

	it.each<[string, number, string, () => void]>([
		['an app that was deleted', 700016, 'unauthorized_client', () => tenant.removeApp(app)],
		[
			'an app that was disabled',
			7000112,
			'unauthorized_client',
			() => {
				app.disabled = true;
			},
		],
		[
			'whatever a test asks for',
			90033,
			'temporarily_unavailable',
			() => {
				tenant.faults.refuse('AADSTS90033');
			},
		],
	])('refuses %s', async (_name, number, code, change) => {
		change();
		await expect(refusal(signIn())).resolves.toMatchObject({ number, code });
	});

	it('refuses an unknown tenant, a tenant of another cloud, and the shared endpoints', async () => {
		const american = dataverse.createTenant({ cloud: 'usGovernment' });
		await expect(refusal(signIn(client(undefined, elsewhere('nowhere.example'))))).resolves.toMatchObject({ number: 90002 });
		await expect(refusal(signIn(client(undefined, elsewhere(american.id))))).resolves.toMatchObject({ number: 900382 });
		const form = new URLSearchParams({
			grant_type: 'client_credentials',
			client_id: app.clientId,
			client_secret: 'right',
			scope: `${environment.url}/.default`,
		});
		const shared = await fetch(`${dataverse.loginUrl}/common/oauth2/v2.0/token`, { method: 'POST', body: form });
		await expect(shared.json()).resolves.toMatchObject({ error_codes: [9001023] });
		await expect(refusal(signIn(client(undefined, dataverse.createTenant({ name: 'Other' }))))).resolves.toMatchObject({ number: 700016 });
	});

	it('refuses a resource that is not there, and an environment of another tenant', async () => {
		const foreign = await dataverse.createEnvironment({ tenant: dataverse.createTenant() });
		await expect(refusal(signIn(client(), 'https://gone.crm4.dynamics.com/.default'))).resolves.toMatchObject({ number: 500011 });
		await expect(refusal(signIn(client(), `${foreign.url}/.default`))).resolves.toMatchObject({ number: 500011, code: 'invalid_resource' });
	});

	it('checks the signature, the name and the time of a certificate assertion', async () => {
		const [known, unknown] = [await newCertificate(), await newCertificate()];
		const old = await newCertificate({ notBefore: now - 48 * hour, notAfter: now - hour });
		app.certificates.push(...tenant.addApp({ certificates: [known.certificate, old.certificate] }).certificates);
		const auth = ({ privateKey, thumbprintSha256 }: typeof known) => ({ clientCertificate: { privateKey, thumbprintSha256 } });
		await expect(signIn(client(auth(known)))).resolves.toMatch(/^ey/);
		await expect(refusal(signIn(client(auth(unknown))))).resolves.toMatchObject({
			number: 700027,
			message: expect.stringContaining('The key was not found') as string,
		});
		await expect(refusal(signIn(client(auth(old))))).resolves.toMatchObject({ number: 700027, message: expect.stringContaining('expired') as string });
		await expect(refusal(signIn(client(auth({ ...known, privateKey: unknown.privateKey }))))).resolves.toMatchObject({
			number: 700027,
			message: expect.stringContaining('signature') as string,
		});
		now += hour;
		await expect(refusal(signIn(client(auth(known))))).resolves.toMatchObject({ number: 700024, code: 'invalid_client' });
	});

	it('writes errors as Microsoft does, and keeps secrets out of its log', async () => {
		const form = new URLSearchParams({
			grant_type: 'client_credentials',
			client_id: app.clientId,
			client_secret: 'wrong',
			scope: `${environment.url}/.default`,
		});
		const answer = await fetch(tenant.tokenUrl, { method: 'POST', body: form });
		expect(answer.status).toBe(401);
		await expect(answer.json()).resolves.toEqual({
			error: 'invalid_client',
			error_codes: [7000215],
			error_uri: expect.stringContaining('7000215') as string,
			timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/) as string,
			error_description: expect.stringMatching(/^AADSTS7000215: [^\r]+\r\nTrace ID: \S+\r\nCorrelation ID: \S+\r\nTimestamp: /) as string,
			trace_id: expect.any(String) as string,
			correlation_id: expect.any(String) as string,
		});
		expect(JSON.stringify(tenant.calls.log)).not.toContain('wrong');
		expect(tenant.calls.log[0]).toMatchObject({ kind: 'oauth', status: 401, body: { client_secret: '…' } });
	});

	it('throttles, and msal-node then does not ask again', async () => {
		tenant.faults.throttled({ retryAfter: 30, times: 1 });
		const one = client();
		await expect(refusal(signIn(one))).resolves.toMatchObject({ number: 90055 });
		await expect(refusal(signIn(one))).resolves.toMatchObject({ code: '90055' });
		expect(tenant.calls.total).toBe(1);
	});

	it('answers the page of a gateway, which msal-node cannot read', async () => {
		tenant.faults.serverError({ status: 502, html: true, times: 1 });
		await expect(refusal(signIn())).resolves.toMatchObject({ code: 'token_parsing_error' });
	});

	describe('of people', () => {
		let user: EntraUser;
		const scopes = () => [`${environment.url}/user_impersonation`, 'offline_access'];
		const authorize = async (of = client()) => {
			const { verifier, challenge } = await new CryptoProvider().generatePkceCodes();
			const url = await of.getAuthCodeUrl({ scopes: scopes(), redirectUri, codeChallenge: challenge, codeChallengeMethod: 'S256', state: 's1' });
			return { verifier, callback: new URL(await dataverse.approve(url, { user })) };
		};
		const redeem = async (of = client()) => {
			const { verifier, callback } = await authorize(of);
			return await of.acquireTokenByCode({ code: callback.searchParams.get('code') ?? '', scopes: scopes(), redirectUri, codeVerifier: verifier });
		};
		const refresh = async (account: Awaited<ReturnType<typeof redeem>>['account'], of: ConfidentialClientApplication) =>
			await of.acquireTokenSilent({ account: account!, scopes: scopes(), forceRefresh: true });

		beforeEach(() => {
			user = tenant.addUser({ name: 'Marie Curie' });
			environment.addUser(user);
		});

		it('signs in with a code and PKCE, and refreshes with rotation', async () => {
			const one = client();
			const { account, accessToken } = await redeem(one);
			expect(account).toMatchObject({ name: 'Marie Curie', username: user.upn, tenantId: tenant.id });
			const again = await refresh(account, one);
			expect(again.accessToken).not.toBe(accessToken);
			const tokens = tenant.calls.log.filter((call) => call.method === 'POST' && call.path.endsWith('/token'));
			expect(tokens.map((call) => (call.body as { grant_type: string }).grant_type)).toEqual(['authorization_code', 'refresh_token']);
		});

		it('refuses a code twice, a wrong verifier, and an old code', async () => {
			const { verifier, callback } = await authorize();
			const code = callback.searchParams.get('code') ?? '';
			expect(callback.searchParams.get('state')).toBe('s1');
			const exchange = async (codeVerifier: string) => await refusal(client().acquireTokenByCode({ code, scopes: scopes(), redirectUri, codeVerifier }));
			await expect(exchange('a'.repeat(43))).resolves.toMatchObject({ number: 501481 });
			await expect(exchange(verifier)).resolves.toBeUndefined();
			await expect(exchange(verifier)).resolves.toMatchObject({ number: 54005, code: 'invalid_grant' });
			const late = await authorize();
			now += 11 * 60_000;
			await expect(
				refusal(
					client().acquireTokenByCode({ code: late.callback.searchParams.get('code') ?? '', scopes: scopes(), redirectUri, codeVerifier: late.verifier }),
				),
			).resolves.toMatchObject({ number: 70008 });
		});

		it.each<[string, number, string, () => void]>([
			[
				'a disabled user',
				50057,
				'invalid_grant',
				() => {
					user.disabled = true;
				},
			],
			[
				'an expired password',
				50055,
				'invalid_grant',
				() => {
					user.passwordExpired = true;
				},
			],
			[
				'a policy that now wants a second factor',
				50076,
				'interaction_required',
				() => {
					user.mfaRequired = true;
				},
			],
			[
				'a policy that blocks',
				53003,
				'invalid_grant',
				() => {
					user.blockedByConditionalAccess = true;
				},
			],
			['sessions that were revoked', 50173, 'invalid_grant', () => tenant.revokeSessions(user)],
			['a consent that was taken back', 65001, 'invalid_grant', () => tenant.revokeConsent(app)],
			[
				'90 days without use',
				700082,
				'invalid_grant',
				() => {
					now += 91 * 24 * hour;
				},
			],
		])('refuses a refresh after %s', async (_name, number, code, change) => {
			const one = client();
			const { account } = await redeem(one);
			change();
			await expect(refusal(refresh(account, one))).resolves.toMatchObject({ number, code });
		});

		it('tells on its page why it lets nobody in, and sends the browser back after Cancel', async () => {
			user.disabled = true;
			await expect(authorize()).rejects.toThrow('AADSTS50057');
			const url = await client().getAuthCodeUrl({ scopes: scopes(), redirectUri });
			expect(await dataverse.approve(url, { deny: true })).toMatch(/^http:\/\/127\.0\.0\.1\/callback\?error=access_denied.*AADSTS65004/);
			await expect(dataverse.approve(url.replace('callback', 'elsewhere'))).rejects.toThrow('AADSTS50011');
		});

		it('lets people find their environments, and applications none', async () => {
			await dataverse.createEnvironment({ name: 'Closed to her' });
			const one = client();
			const { account } = await redeem(one);
			const { accessToken } = await one.acquireTokenSilent({ account: account!, scopes: [`${dataverse.discoveryUrl}/user_impersonation`] });
			const find = async (token: string, query = '') =>
				(await (await fetch(`${dataverse.discoveryUrl}/api/discovery/v2.0/Instances${query}`, { headers: { Authorization: `Bearer ${token}` } })).json()) as {
					value: object[];
				};
			expect((await find(accessToken)).value).toEqual([
				expect.objectContaining({ FriendlyName: environment.name, ApiUrl: environment.url, Id: environment.organizationId, State: 0 }),
			]);
			expect((await find(accessToken, `?$select=Url&$filter=UniqueName eq '${environment.uniqueName}'`)).value).toEqual([{ Url: environment.url }]);
			expect((await find(await signIn(client(), `${dataverse.discoveryUrl}/.default`))).value).toEqual([]);
			expect(
				(await fetch(`${dataverse.discoveryUrl}/api/discovery/v2.0/Instances`, { headers: { Authorization: `Bearer ${await environment.issueToken()}` } }))
					.status,
			).toBe(401);
		});
	});
});
