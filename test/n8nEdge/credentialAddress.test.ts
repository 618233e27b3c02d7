import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import fc from 'fast-check';
import { Workflow, type INode, type INodeTypes } from 'n8n-workflow';

import { CrmSalesforceOAuth2Api } from '../../credentials/CrmSalesforceOAuth2Api.credentials';
import { salesforceHostRefusal } from '../../src/crm/salesforce/host';
import { CrmError } from '../../src/model/crmError';
import { salesforceSignInOrigin, type SalesforceAddress } from '../../src/n8n/credentialAddress';

const node: INode = { id: '1', name: 'credential', typeVersion: 1, type: 'mock', position: [0, 0], parameters: {} };
const nodeTypes = { getByName: () => undefined, getByNameAndVersion: () => ({ description: { properties: [] } }), getKnownTypes: () => ({}) } as unknown as INodeTypes;
const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
const hidden = (name: string) => new CrmSalesforceOAuth2Api().properties.find((property) => property.name === name)?.default as string;

/** What n8n makes of a hidden field, as its credentials helper evaluates it. */
function evaluated(name: string, address: SalesforceAddress): string {
	try {
		return workflow.expression.getComplexParameterValue(node, hidden(name), 'internal', {}, undefined, undefined, { ...address }) as string;
	} catch (error) {
		return (error as Error).message;
	}
}

/** The engine of a server is loaded by a dynamic import, which Jest has not: so a Node process of its own evaluates. */
function evaluatedByServerEngine(name: string, asked: readonly SalesforceAddress[]): string[] {
	const script = join(__dirname, 'evaluateWithServerEngine.cjs');
	return JSON.parse(execFileSync(process.execPath, [script], { input: JSON.stringify({ expression: hidden(name), asked }), encoding: 'utf8' })) as string[];
}

function expected(path: string, address: SalesforceAddress): string {
	try {
		return `${salesforceSignInOrigin(address)}${path}`;
	} catch (error) {
		return error instanceof CrmError ? `${error.message} ${error.remedy}` : String(error);
	}
}

const refusal = `${salesforceHostRefusal.message} ${salesforceHostRefusal.remedy}`;
const pieces = fc.constantFrom('https://', 'http://', 'foocorp', '--uat', '.sandbox', '.my.salesforce.com', '.lightning.force.com', '.evil.com', '@', ':443', '/a?b#c', '\\', ' ', '"', '.', '-', 'localhost', '127.0.0.1', '[::1]', ':4010', 'login', 'eu11', '.mil', '\u200b', '$1', '{{', '}}', '\n', 'A');
/** A text that begins with an equals sign would be an expression of the person's own. */
const addresses = fc.oneof(fc.array(pieces, { maxLength: 6 }).map((found) => found.join('')), fc.string()).filter((text) => !text.startsWith('='));

describe('the addresses in the Salesforce credential', () => {
	it.each([
		[{ environment: 'production', domain: 'foocorp' }, 'https://login.salesforce.com'],
		[{ environment: 'sandbox', domain: '' }, 'https://test.salesforce.com'],
		[{ environment: 'myDomain', domain: ' https://eu11.lightning.force.com/one ' }, 'https://eu11.salesforce.com'],
		[{ environment: 'myDomain', domain: 'foocorp--uat.sandbox.lightning.force.com' }, 'https://foocorp--uat.sandbox.my.salesforce.com'],
		[{ environment: 'myDomain', domain: 'http://127.0.0.1:4010' }, 'http://127.0.0.1:4010'],
	])('%j signs in at %s', (address, origin) => {
		expect(evaluated('authUrl', address)).toBe(`${origin}/services/oauth2/authorize`);
		expect(evaluated('accessTokenUrl', address)).toBe(`${origin}/services/oauth2/token`);
	});

	it('refuses in words what is not an address of Salesforce', () => {
		expect(evaluated('authUrl', { environment: 'myDomain', domain: 'https://login.salesforce.com@evil.com' })).toBe(refusal);
		expect(evaluated('accessTokenUrl', { environment: 'myDomain' })).toBe(refusal);
	});

	it('leave no other host for the token where a workflow names the address', () => {
		expect(hidden('allowedHttpRequestDomains')).toBe('domains');
		expect(hidden('allowedDomains').split(', ').every((domain) => /^\*\.(my-)?s(alesforce|fcrmproducts)\.(com|mil|cn)$/.test(domain))).toBe(true);
	});

	it('agree with what a run makes of the same credential', () => {
		fc.assert(
			fc.property(fc.constantFrom('myDomain', 'production', 'sandbox', undefined), addresses, (environment, domain) => {
				const address = { environment, domain };
				expect(evaluated('authUrl', address)).toBe(expected('/services/oauth2/authorize', address));
			}),
			{ numRuns: 300 },
		);
	});

	it('say the same in the engine of an n8n server', () => {
		const asked = [...fc.sample(addresses, 60), 'https://foocorp.lightning.force.com', ''].map((domain) => ({ environment: 'myDomain', domain }));
		expect(evaluatedByServerEngine('authUrl', asked)).toEqual(asked.map((address) => expected('/services/oauth2/authorize', address)));
	});
});
