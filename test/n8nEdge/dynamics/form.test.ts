import { CrmError } from '../../../src/model/crmError';
import { authenticateWith } from '../../../src/n8n/signIn/authenticate';
import { dynamicsAppForm, readApp } from '../../../src/n8n/signIn/dynamicsAppForm';
import { dynamicsKinds } from '../../../src/n8n/signIn/dynamicsKinds';
import { tokensToStore } from '../../../src/n8n/signIn/storedTokens';
import { newCertificate } from '../../standin/dataverse';

const tenantId = '72f988bf-86f1-41af-91ab-2d7cd011db47';
const clientId = '51f81489-12ee-4a9e-aaae-a2591f45987d';
const filled = { environmentType: 'public', environmentUrl: 'https://foocorp.crm4.dynamics.com', tenantId, clientId, proof: 'secret', clientSecret: 'Q~secret' };
const environment = 'https://foocorp.crm4.dynamics.com';

function refusal(more: object): unknown[] {
	try {
		readApp({ ...filled, ...more });
	} catch (error) {
		if (error instanceof CrmError) return [error.reason, error.code, error.message];
	}
	return [];
}

describe('the form of an app', () => {
	it('takes what was pasted with quotes, spaces and line ends', () => {
		const pasted = { environmentUrl: ` "${environment}/main.aspx?appid=1"\n`, tenantId: `\t${tenantId.toUpperCase()} `, clientId: `'${clientId}'\r\n`, clientSecret: ' Q~secret\n' };
		expect(readApp({ ...filled, ...pasted })).toEqual({ environment, authority: 'https://login.microsoftonline.com', tenant: tenantId, clientId, proof: { by: 'secret', secret: 'Q~secret' } });
	});

	it.each<[string, object, RegExp]>([
		['Environment URL', { environmentUrl: ' ' }, /Environment URL .* is empty/],
		['Directory (Tenant) ID', { tenantId: '' }, /Directory \(Tenant\) ID of this credential is empty/],
		['Directory (Tenant) ID', { tenantId: 'organizations' }, /Directory \(Tenant\) ID in this credential is none/],
		['Application (Client) ID', { clientId: '""' }, /Application \(Client\) ID of this credential is empty/],
		['Application (Client) ID', { clientId: 'Q~secret' }, /Application \(Client\) ID in this credential is none/],
		['Client Secret', { clientSecret: '\n' }, /Client Secret of this credential is empty/],
		['Certificate', { proof: 'certificate' }, /Certificate of this credential is empty/],
		['Private Key', { proof: 'certificate', certificate: 'x' }, /Private Key of this credential is empty/],
		['Sign-In Address', { environmentType: 'custom' }, /Sign-In Address in this credential is no address/],
	])('names the field %s for %j, and sends nothing', (_, more, words) => {
		const [reason, , message] = refusal(more);
		expect(reason).toMatch(/^(credential-unreadable|wrong-address)$/);
		expect(message).toMatch(words);
		expect(message).not.toContain('Q~secret');
	});

	it('knows when its certificate ends, and nothing where there is none', async () => {
		const end = Math.floor(Date.now() / 1000) * 1000 + 5 * 86_400_000;
		const { certificate } = await newCertificate({ notAfter: end });
		const ends = dynamicsKinds[1].certificateExpiresAt;
		expect([ends?.({ proof: 'certificate', certificate }), ends?.({ proof: 'secret', certificate }), ends?.({ proof: 'certificate', certificate: 'x' })]).toEqual([end, undefined, undefined]);
	});
});

describe('a request of an app', () => {
	const stored = (expiresAt?: number) => ({ ...filled, ...tokensToStore({ accessToken: 'token', instanceUrl: environment, identityUrl: '', ...(expiresAt === undefined ? {} : { expiresAt }) }, filled, dynamicsAppForm) });

	it('goes to its environment only', () => {
		expect(authenticateWith(dynamicsAppForm, stored(), { url: `${environment}/api/data/v9.2/WhoAmI` })).toMatchObject({ headers: { Authorization: 'Bearer token' } });
		expect(() => authenticateWith(dynamicsAppForm, stored(), { url: 'https://barcorp.crm4.dynamics.com/x' })).toThrow('not that of the Dynamics 365 of this credential');
	});

	it('makes n8n sign in first, where the token is over or belongs to other fields', () => {
		for (const credential of [stored(999), { ...stored(), environmentUrl: 'https://barcorp.crm4.dynamics.com' }, { ...stored(), clientSecret: 'other' }]) {
			expect(() => authenticateWith(dynamicsAppForm, credential, { url: '/x' }, () => 1000)).toThrow(expect.objectContaining({ response: expect.objectContaining({ status: 401 }) }));
		}
		expect(authenticateWith(dynamicsAppForm, stored(1001), { url: '/x' }, () => 1000)).toMatchObject({ baseURL: environment });
	});
});

describe('the stored sign-in of a person', () => {
	const [person] = dynamicsKinds;
	const token = (aud: unknown) => ['e30', Buffer.from(JSON.stringify({ aud, tid: 't', oid: 'o' })).toString('base64url'), 'x'].join('.');
	const read = (access_token: unknown) => person.readTokens({ ...filled, oauthTokenData: { access_token, refresh_token: 'r' } as never });

	it.each([environment, `${environment}/`, 'https://foocorp.api.crm4.dynamics.com', '00000007-0000-0000-c000-000000000000', undefined, ['x']])('is for the environment, with the audience %j', (audience) => {
		expect(read(token(audience))).toMatchObject({ instanceUrl: environment, identityUrl: 'https://login.microsoftonline.com/t/o', approval: 'r' });
	});

	it.each(['https://barcorp.crm4.dynamics.com', 'https://globaldisco.crm.dynamics.com/', 'https://foocorp.crm4.dynamics.com.evil.example'])('is not, with the audience %s', (audience) => {
		expect(() => read(token(audience))).toThrow('connected for another environment');
	});

	it('is taken as it is where its token cannot be read', () => {
		expect(read('opaque')).toMatchObject({ instanceUrl: environment, identityUrl: '' });
		expect([read(''), read(7), person.readTokens(filled)]).toEqual([undefined, undefined, undefined]);
	});
});
