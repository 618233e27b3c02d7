import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

import fc from 'fast-check';
import { Workflow, type ICredentialDataDecryptedObject, type INode, type INodeTypes } from 'n8n-workflow';

import { CrmDynamicsOAuth2Api } from '../../../credentials/CrmDynamicsOAuth2Api.credentials';
import { environmentType } from '../../../src/crm/dynamics/clouds';
import { parseEnvironmentUrl } from '../../../src/crm/dynamics/host';
import { CrmError } from '../../../src/model/crmError';
import { discoveryOrigin, dynamicsEnvironment, entraAuthority } from '../../../src/n8n/dynamicsAddress';

const node: INode = { id: '1', name: 'credential', typeVersion: 1, type: 'mock', position: [0, 0], parameters: {} };
const nodeTypes = { getByName: () => undefined, getByNameAndVersion: () => ({ description: { properties: [] } }), getKnownTypes: () => ({}) } as unknown as INodeTypes;
const workflow = new Workflow({ nodes: [node], connections: {}, active: false, nodeTypes });
const hidden = (name: string) => new CrmDynamicsOAuth2Api().properties.find((property) => property.name === name)?.default as string;

/** What n8n makes of a hidden field, as its credentials helper evaluates it. */
function evaluated(name: string, credential: ICredentialDataDecryptedObject): string {
	try {
		return workflow.expression.getComplexParameterValue(node, hidden(name), 'internal', {}, undefined, undefined, credential as never) as string;
	} catch (error) {
		return (error as Error).message;
	}
}

/** The engine of a server is loaded by a dynamic import, which Jest has not: so a Node process of its own evaluates. */
function evaluatedByServerEngine(name: string, asked: readonly ICredentialDataDecryptedObject[]): string[] {
	const script = join(__dirname, '..', 'evaluateWithServerEngine.cjs');
	return JSON.parse(execFileSync(process.execPath, [script], { input: JSON.stringify({ expression: hidden(name), asked }), encoding: 'utf8' })) as string[];
}

function orWords(form: () => string): string {
	try {
		return form();
	} catch (error) {
		return error instanceof CrmError ? `${error.message} ${error.remedy}` : String(error);
	}
}

const scope = (credential: ICredentialDataDecryptedObject): string => orWords(() => `${isEmpty(credential.environmentUrl) ? discoveryOrigin(credential) : parsed(credential)}/user_impersonation offline_access openid`);
const parsed = ({ environmentUrl, environmentType: type }: ICredentialDataDecryptedObject): string => parseEnvironmentUrl(String(environmentUrl ?? ''), environmentType(type));
const isEmpty = (url: unknown): boolean => orWords(() => dynamicsEnvironment({ environmentUrl: String(url ?? '') })).startsWith('The Environment URL in this credential is empty');
const endpoint = (credential: ICredentialDataDecryptedObject, name: string): string => orWords(() => `${entraAuthority(credential, true)}/oauth2/v2.0/${name}`);

const pieces = fc.constantFrom(
	...['https://', 'http://', 'foocorp', 'globaldisco', '.api', '.crm', '.crm4', '.dynamics.com', '.microsoftdynamics.us', '.appsplatform.us', '.dynamics.cn', 'make.powerapps.com', '.evil.com'],
	...['@', ':443', ':4010', '/main.aspx?appid=1', '#x', '\\', ' ', '"', '.', '-', 'localhost', '127.0.0.1', '[::1]', '\u200b', '$1', '{{', '}}', '\n', 'A', 'organizations', '72f988bf-86f1-41af-91ab-2d7cd011db47'],
);
/** A text that begins with an equals sign would be an expression of the person's own. */
const texts = fc.oneof(fc.array(pieces, { maxLength: 6 }).map((found) => found.join('')), fc.string()).filter((text) => !text.startsWith('='));
const types = fc.constantFrom('public', 'gcc', 'gccHigh', 'dod', 'china', 'custom', undefined, 'toString');
const credentials = fc.record({ environmentType: types, environmentUrl: texts, authorityUrl: texts, discoveryUrl: texts, tenantId: texts }) as fc.Arbitrary<ICredentialDataDecryptedObject>;

describe('the addresses in the Dynamics 365 credential of a person', () => {
	it.each<[ICredentialDataDecryptedObject, string, string]>([
		[{ environmentUrl: 'https://foocorp.crm4.dynamics.com/main.aspx?appid=1#x' }, 'https://login.microsoftonline.com/organizations', 'https://foocorp.crm4.dynamics.com'],
		[{ environmentType: 'gccHigh', environmentUrl: 'foocorp.api.crm.microsoftdynamics.us' }, 'https://login.microsoftonline.us/organizations', 'https://foocorp.crm.microsoftdynamics.us'],
		[{ environmentType: 'china', environmentUrl: '"foocorp.crm.dynamics.cn"\n', tenantId: ' Foo.example ' }, 'https://login.partner.microsoftonline.cn/foo.example', 'https://foocorp.crm.dynamics.cn'],
		[{ environmentUrl: '' }, 'https://login.microsoftonline.com/organizations', 'https://globaldisco.crm.dynamics.com'],
		[{ environmentType: 'custom', environmentUrl: 'http://127.0.0.1:4010', authorityUrl: 'http://127.0.0.1:4011/x', tenantId: 'common' }, 'http://127.0.0.1:4011/organizations', 'http://127.0.0.1:4010'],
	])('of %j are %s and %s', (credential, authority, resource) => {
		expect(evaluated('authUrl', credential)).toBe(`${authority}/oauth2/v2.0/authorize`);
		expect(evaluated('accessTokenUrl', credential)).toBe(`${authority}/oauth2/v2.0/token`);
		expect(evaluated('scope', credential)).toBe(`${resource}/user_impersonation offline_access openid`);
	});

	it('are refused in words that never repeat what was entered', () => {
		expect(evaluated('scope', { environmentUrl: 'https://foocorp.crm.dynamics.com@evil.com' })).toMatch(/^The Environment URL in this credential is not the address of/);
		expect(evaluated('authUrl', { environmentType: 'custom', authorityUrl: 'http://evil.com' })).toMatch(/^The Sign-In Address in this credential/);
		expect(evaluated('authUrl', { tenantId: 'a secret in the wrong field' })).toMatch(/^The Directory \(Tenant\) ID in this credential is none/);
	});

	it('agree with what a run makes of the same credential', () => {
		fc.assert(
			fc.property(credentials, (credential) => {
				expect(evaluated('scope', credential)).toBe(scope(credential));
				expect(evaluated('accessTokenUrl', credential)).toBe(endpoint(credential, 'token'));
			}),
			{ numRuns: 300 },
		);
	});

	it('say the same in the engine of an n8n server', () => {
		const asked = [...fc.sample(credentials, 60), { environmentUrl: 'https://foocorp.crm4.dynamics.com' }, {}];
		expect(evaluatedByServerEngine('scope', asked)).toEqual(asked.map(scope));
		expect(evaluatedByServerEngine('authUrl', asked)).toEqual(asked.map((credential) => endpoint(credential, 'authorize')));
	}, 60_000);

	it('leave no other host for the token where a workflow names the address', () => {
		expect(hidden('allowedHttpRequestDomains')).toBe('domains');
		expect(hidden('allowedDomains')).toBe('*.dynamics.com, *.microsoftdynamics.us, *.appsplatform.us, *.dynamics.cn');
	});

	it('are those of Microsoft and of this machine, unless the operator of this n8n allows others', () => {
		const custom = (environmentUrl: string): string => orWords(() => dynamicsEnvironment({ environmentType: 'custom', environmentUrl }));
		expect(['https://foocorp.crm4.dynamics.com', 'http://127.0.0.1:4010'].map(custom)).toEqual(['https://foocorp.crm4.dynamics.com', 'http://127.0.0.1:4010']);
		expect(custom('https://crm.foo.example')).toMatch(/^The Environment URL in this credential is at a host that is not known .* CRM_SYNC_DYNAMICS_HOSTS/);
		process.env.CRM_SYNC_DYNAMICS_HOSTS = 'other.example, *.Foo.example';
		try {
			expect(custom('https://crm.foo.example/x')).toBe('https://crm.foo.example');
			expect(custom('https://crmfoo.example')).toMatch(/is at a host that is not known/);
		} finally {
			delete process.env.CRM_SYNC_DYNAMICS_HOSTS;
		}
	});
});
