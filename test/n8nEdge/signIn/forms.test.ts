import { generateKeyPairSync } from 'node:crypto';

import type { ICredentialDataDecryptedObject } from 'n8n-workflow';

import { CrmSalesforceServerApi } from '../../../credentials/CrmSalesforceServerApi.credentials';
import { CrmSalesforceTokenApi } from '../../../credentials/CrmSalesforceTokenApi.credentials';
import { credentialKind } from '../../../src/n8n/credentialKinds';
import { serverForm } from '../../../src/n8n/signIn/serverForm';
import { tokenForm } from '../../../src/n8n/signIn/tokenForm';
import { failureOf } from '../../crm/salesforce/signIn/scriptedAsk';

const privateKey = generateKeyPairSync('rsa', { modulusLength: 2048, publicKeyEncoding: { type: 'spki', format: 'pem' }, privateKeyEncoding: { type: 'pkcs8', format: 'pem' } }).privateKey;
const token = { environment: 'myDomain', domain: 'foocorp', consumerKey: 'key', consumerSecret: 'secret', username: 'ada@foo.example', password: 'pass', securityToken: 'TOK' };
const secret = { flow: 'clientCredentials', domain: 'foocorp', consumerKey: 'key', consumerSecret: 'secret' };
const jwt = { flow: 'jwt', domain: 'foocorp', consumerKey: 'key', username: 'ada@foo.example', privateKey };
const cases = [
	['the token form', tokenForm, token],
	['the server form with a secret', serverForm, secret],
	['the server form with a key', serverForm, jwt],
] as const;

describe.each(cases)('%s', (_, form, good) => {
	const fields = Object.keys(good).filter((name) => !['flow', 'environment', 'password', 'privateKey'].includes(name));

	it.each(fields)('takes %s padded, in quotes or with a line break as it was meant', (name) => {
		const value = (good as Record<string, string>)[name];
		for (const pasted of [` ${value}\t`, `"${value}"`, `“${value}”`, `${value}\n`, `\r\n'${value}'\u200b`]) {
			expect(form.read({ ...good, [name]: pasted })).toEqual(form.read(good));
		}
	});

	it.each(fields.filter((name) => !['securityToken', 'domain'].includes(name)))('names the empty field %s before anything is sent', async (name) => {
		const both = name === 'consumerKey' ? { consumerKey: '' } : { [name]: '' };
		for (const empty of [both, { [name]: ' \n"" ' }, { [name]: undefined }]) {
			expect(await failureOf(() => form.read({ ...good, ...empty } as ICredentialDataDecryptedObject))).toMatchObject({ code: 'FIELD_EMPTY', reason: 'credential-unreadable', message: expect.stringMatching(/^The field [A-Z][\w ]+ of this credential is empty/) });
		}
	});

	it.each(['', 'https://evil.example', 'foo bar', 'ftp://x'])('refuses the domain %j', async (domain) => {
		expect(await failureOf(() => form.read({ ...good, domain }))).toMatchObject({ code: 'INVALID_MY_DOMAIN' });
	});

	it('takes what people copy from the browser', () => {
		expect(form.read({ ...good, domain: 'https://foocorp.lightning.force.com/lightning/page/home' }).origin).toBe('https://foocorp.my.salesforce.com');
	});
});

describe('the token form', () => {
	it('signs in by SOAP without key and secret, and by OAuth with both', () => {
		expect(tokenForm.read({ ...token, consumerKey: ' ', consumerSecret: '' })).toEqual({ way: 'soap', origin: 'https://foocorp.my.salesforce.com', username: 'ada@foo.example', password: 'pass', securityToken: 'TOK' });
		expect(tokenForm.read(token).way).toBe('password');
	});

	it('keeps a password as it is but for line breaks, and names an empty one', async () => {
		expect(tokenForm.read({ ...token, password: ' "pa ss\n' })).toMatchObject({ password: ' "pa ss' });
		expect((await failureOf(() => tokenForm.read({ ...token, password: '\n' }))).message).toContain('field Password');
	});

	it('knows the general login pages', () => {
		expect(tokenForm.read({ ...token, environment: 'production' }).origin).toBe('https://login.salesforce.com');
		expect(tokenForm.read({ ...token, environment: 'sandbox' }).origin).toBe('https://test.salesforce.com');
	});
});

describe('the server form', () => {
	it.each(['login', 'test.salesforce.com', 'https://login.salesforce.com/'])('refuses client credentials at %s, where they cannot work', async (domain) => {
		expect(await failureOf(() => serverForm.read({ ...secret, domain }))).toMatchObject({ code: 'MY_DOMAIN_NEEDED', reason: 'wrong-address', message: expect.stringContaining('My Domain') });
	});

	it('finds the audience by the address, or takes the one chosen', () => {
		expect(serverForm.read({ ...jwt, domain: 'foocorp--uat' })).toMatchObject({ audience: 'https://test.salesforce.com' });
		expect(serverForm.read({ ...jwt, domain: 'foocorp--uat', audience: 'production' })).toMatchObject({ audience: 'https://login.salesforce.com' });
	});
});

describe.each([new CrmSalesforceTokenApi(), new CrmSalesforceServerApi()])('the credential $name', (credential) => {
	const { contentFields, secretFields } = credentialKind(credential.name);

	it('has the fields that are read, and hides the secret ones', () => {
		const named = (name: string) => credential.properties.find((property) => property.name === name);
		expect(contentFields.filter((name) => !named(name))).toEqual([]);
		for (const name of [...secretFields, 'accessToken', 'signedInWith']) expect(named(name)?.typeOptions?.password).toBe(true);
	});

	it('is for the nodes of this package alone, and n8n signs it in', () => {
		expect(credential.restrictToSupportedNodes).toBe(true);
		expect(credential.properties.filter(({ typeOptions }) => typeOptions?.expirable).map(({ name, type }) => [name, type])).toEqual([['accessToken', 'hidden']]);
		expect(credential.properties.find(({ name }) => name === 'allowedHttpRequestDomains')).toMatchObject({ type: 'hidden', default: 'none' });
	});

	it('says who cannot connect', () => {
		const notices = credential.properties.filter(({ type }) => type === 'notice').map(({ displayName }) => displayName).join(' ');
		expect(notices).toContain('Contact Manager, Group, and Professional');
		expect(notices).toMatch(/user of its own/i);
	});
});
