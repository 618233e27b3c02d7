import { CrmConnection } from '../../nodes/CrmConnection/CrmConnection.node';
import { CrmLeadSync } from '../../nodes/CrmLeadSync/CrmLeadSync.node';
import { readCredentialUse } from '../../src/n8n/connection/credentialUse';
import { connectWithProperty } from '../../src/n8n/connectWith';
import { requestFailure } from '../../src/n8n/credentialFailure';
import { credentialKind, credentialKinds, type CredentialKind } from '../../src/n8n/credentialKinds';
import { readSignIn } from '../../src/n8n/credentialSignIn';
import { fakeContext } from './fakeContext';

/** A CRM that is nothing but its row. */
const foo: CredentialKind = {
	...credentialKinds[0],
	crmName: 'FooCRM',
	addressRefusals: [{ message: 'This is no address of FooCRM.', remedy: 'Enter the one of your FooCRM.', code: 'INVALID_FOO_ADDRESS' }],
	refreshTokenRemedy: 'Tick "offline" in the app of FooCRM.',
};

describe('the table of sign-ins', () => {
	it('words what is wrong with an address, which n8n hands on as a text', async () => {
		const { context } = fakeContext(() => undefined, { getCredentials: async () => await Promise.reject(new Error(`Problem: ${foo.addressRefusals[0].message}`)) });
		await expect(readSignIn(context, foo)).rejects.toMatchObject({ kind: 'auth', ...foo.addressRefusals[0] });
	});

	it('words what to do for a refresh token', () => {
		const request = { kind: foo, url: 'https://foo.example/x', aborted: false, redact: (text: string) => text };
		const error = requestFailure(new Error('OAuth access token expired and no refresh token is available.'), request);
		expect(error).toMatchObject({ code: 'NO_REFRESH_TOKEN', remedy: foo.refreshTokenRemedy });
		expect(`${error.message} ${error.remedy}`).not.toContain('Salesforce');
	});

	it.each([
		['CRM Connection', new CrmConnection(), { hide: { operation: ['getAll'] } }],
		['CRM Lead Sync', new CrmLeadSync(), {}],
	])('is a choice in %s, with a credential for each of its rows', (_, { description }, exceptFor) => {
		expect(description.properties.filter(({ name }) => name === 'connectWith')).toEqual([expect.objectContaining(connectWithProperty)]);
		expect(connectWithProperty.options).toHaveLength(credentialKinds.length);
		expect(description.credentials).toEqual(
			credentialKinds.map(({ credentialType: name }) => ({ name, required: true, displayOptions: { show: { connectWith: [name] }, ...exceptFor } })),
		);
	});

	it.each([
		['crmSalesforceOAuth2Api', { environment: 'production' }],
		['crmSalesforceTokenApi', { environment: 'myDomain', domain: 'foocorp' }],
		['crmSalesforceServerApi', { domain: 'foocorp' }],
		['crmDynamicsOAuth2Api', { environmentUrl: 'https://foocorp.crm4.dynamics.com' }],
		['crmDynamicsAppApi', { environmentUrl: 'https://foocorp.crm4.dynamics.com' }],
	])('lets a token of %s go to hosts of its CRM only, whatever stands in the credential', (type, credential) => {
		const { apiOrigin, crm } = credentialKind(type);
		const own = { salesforce: 'https://foocorp.my.salesforce.com', dynamics: 'https://foocorp.crm4.dynamics.com' };
		expect(apiOrigin(`${own[crm]}/x`, credential)).toBe(own[crm]);
		for (const url of ['https://evil.example', 'http://127.0.0.1:5678', `${own[crm]}.evil.example`, crm === 'dynamics' ? own.salesforce : own.dynamics]) expect(apiOrigin(url, credential)).toBeUndefined();
	});

	it.each<[string, Record<string, string>, boolean | undefined]>([
		['crmSalesforceOAuth2Api', { environment: 'sandbox' }, true],
		['crmSalesforceTokenApi', { environment: 'production' }, false],
		['crmSalesforceServerApi', { domain: 'foocorp--uat.sandbox' }, true],
		['crmSalesforceServerApi', { domain: 'http://localhost:5001' }, undefined],
		['crmDynamicsAppApi', { environmentUrl: 'https://foocorp.crm4.dynamics.com' }, undefined],
	])('knows of %s with %j whether its address is that of sandboxes: %s', (type, credential, sandbox) => {
		const { isSandbox, signInOrigin } = credentialKind(type);
		expect(isSandbox?.(signInOrigin(credential))).toBe(sandbox);
	});

	it('tells a diagnosis what the address shows', async () => {
		const { context } = fakeContext(() => undefined, { credential: { environment: 'sandbox' } });
		const memory = { key: { id: 'k', secret: new Uint8Array(32) }, refusals: { find: async () => await Promise.resolve(undefined) } };
		expect(await readCredentialUse(context, credentialKinds[0], { memory, manual: true, now: '2026-01-31T12:00:00Z' })).toMatchObject({ sandboxHost: true });
	});

	it('has no row for anything else', () => {
		expect(credentialKind(foo.credentialType)).toBe(credentialKinds[0]);
		expect(() => credentialKind('other')).toThrow('Connect With has no option "other"');
	});
});
