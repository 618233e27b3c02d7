import fc from 'fast-check';

import { clouds, environmentType, type EnvironmentType } from '../../../src/crm/dynamics/clouds';
import { parseEnvironmentUrl, parseServiceUrl, parseTenant } from '../../../src/crm/dynamics/host';
import { CrmError } from '../../../src/model/crmError';

function codeOf(parse: () => string): string {
	try {
		return parse();
	} catch (error) {
		return error instanceof CrmError ? String(error.code) : String(error);
	}
}
const environment = (text: string, type: EnvironmentType = 'public'): string => codeOf(() => parseEnvironmentUrl(text, type));

describe('the address of an environment', () => {
	it.each<[string, string]>([
		['https://foocorp.crm4.dynamics.com', 'https://foocorp.crm4.dynamics.com'],
		['https://foocorp.crm4.dynamics.com/main.aspx?appid=1&pagetype=dashboard#x', 'https://foocorp.crm4.dynamics.com'],
		['foocorp.crm.dynamics.com', 'https://foocorp.crm.dynamics.com'],
		['https://FooCorp.api.crm11.dynamics.com/api/data/v9.2/', 'https://foocorp.crm11.dynamics.com'],
		['  "https://foo-corp.crm4.dynamics.com:443/"\n', 'https://foo-corp.crm4.dynamics.com'],
		['org1234abcd.crm999.dynamics.com', 'https://org1234abcd.crm999.dynamics.com'],
		['http://127.0.0.1:4010/x', 'http://127.0.0.1:4010'],
		['localhost:4010', 'http://localhost:4010'],
	])('%j is %s', (text, origin) => expect(environment(text)).toBe(origin));

	it.each<[string, string]>([
		['', 'ENVIRONMENT_URL_EMPTY'],
		[' \n" ', 'ENVIRONMENT_URL_EMPTY'],
		['https://make.powerapps.com/environments/Default-1/home', 'NO_ENVIRONMENT_URL'],
		['http://foocorp.crm4.dynamics.com', 'NO_ENVIRONMENT_URL'],
		['foocorp', 'NO_ENVIRONMENT_URL'],
		['https://globaldisco.crm.dynamics.com', 'NO_ENVIRONMENT_URL'],
		['https://foocorp.crm4.dynamics.com@evil.com', 'NO_ENVIRONMENT_URL'],
		['https://foocorp.crm4.dynamics.com.evil.com', 'NO_ENVIRONMENT_URL'],
		['https://evil.com/foocorp.crm4.dynamics.com', 'NO_ENVIRONMENT_URL'],
		['https://foocorp.crm4.dynamics.com:8443', 'NO_ENVIRONMENT_URL'],
		['https://foocorp.operations.dynamics.com', 'NO_ENVIRONMENT_URL'],
		['https://foocorp.crm.microsoftdynamics.us', 'OTHER_CLOUD'],
		['foocorp.crm.appsplatform.us', 'OTHER_CLOUD'],
		['foocorp.crm.dynamics.cn', 'OTHER_CLOUD'],
	])('%j is refused as %s', (text, code) => expect(environment(text)).toBe(code));

	it.each<[EnvironmentType, string, string]>([
		['gcc', 'foocorp.crm9.dynamics.com', 'https://foocorp.crm9.dynamics.com'],
		['public', 'foocorp.crm9.dynamics.com', 'https://foocorp.crm9.dynamics.com'],
		['gccHigh', 'foocorp.crm.microsoftdynamics.us', 'https://foocorp.crm.microsoftdynamics.us'],
		['dod', 'foocorp.crm.appsplatform.us', 'https://foocorp.crm.appsplatform.us'],
		['china', 'foocorp.crm.dynamics.cn', 'https://foocorp.crm.dynamics.cn'],
		['china', 'foocorp.crm4.dynamics.com', 'OTHER_CLOUD'],
		['custom', 'https://crm.foo.example/x', 'https://crm.foo.example'],
		['custom', 'foocorp.crm4.dynamics.com', 'https://foocorp.crm4.dynamics.com'],
		['custom', 'https://make.powerapps.com', 'NO_ENVIRONMENT_URL'],
		['custom', 'http://crm.foo.example', 'NO_ENVIRONMENT_URL'],
	])('for %s, %s is %s', (type, text, expected) => expect(environment(text, type)).toBe(expected));

	it('says which kind of site was copied, and that a type does not fit', () => {
		expect(() => parseEnvironmentUrl('make.gov.powerapps.us', 'gcc')).toThrow('a site of Microsoft for makers or admins');
		expect(() => parseEnvironmentUrl('foocorp.crm4.dynamics.com', 'dod')).toThrow('belongs to another cloud');
	});

	it('is one of Microsoft or of this machine, and encrypted, whatever is entered', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.webUrl(), fc.domain()), fc.constantFrom<EnvironmentType>('public', 'gcc', 'gccHigh', 'dod', 'china'), (text, type) => {
				const found = environment(text, type);
				expect(found).toMatch(/^(?:[A-Z_]+|https:\/\/[a-z0-9-]+\.crm\d{0,3}\.(?:dynamics\.com|microsoftdynamics\.us|appsplatform\.us|dynamics\.cn)|https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?)$/);
			}),
		);
	});

	it('stays as it is when it is entered again', () => {
		fc.assert(
			fc.property(fc.domain(), (text) => {
				const once = environment(`https://${text}`, 'custom');
				expect(once.startsWith('https://') ? environment(once, 'custom') : once).toBe(once);
			}),
		);
	});
});

describe('a cloud', () => {
	it('is the public one where nothing is chosen', () => {
		expect([undefined, '', 'nonsense', 'toString', {}].map(environmentType)).toEqual(['public', 'public', 'public', 'public', 'public']);
		expect(Object.keys(clouds).map(environmentType)).toEqual(Object.keys(clouds));
	});

	it.each(['', 'login.microsoftonline.com', 'http://login.microsoftonline.com', 'ftp://x.example', 'https://x.example@evil.com'])('has no sign-in service at %j', (text) => {
		expect(codeOf(() => parseServiceUrl(text, 'authority'))).toBe('NO_AUTHORITY');
		expect(codeOf(() => parseServiceUrl(text, 'discovery'))).toBe('NO_DISCOVERY');
	});

	it('may have services of its own', () => {
		expect(parseServiceUrl(' https://login.sovcloud-identity.fr/common ', 'authority')).toBe('https://login.sovcloud-identity.fr');
	});
});

describe('a tenant', () => {
	it.each<[string, boolean, string]>([
		['72F988BF-86f1-41af-91ab-2d7cd011db47', false, '72f988bf-86f1-41af-91ab-2d7cd011db47'],
		[' "foo.onmicrosoft.com" ', false, 'foo.onmicrosoft.com'],
		['', true, 'organizations'],
		['common', true, 'organizations'],
		['', false, 'NO_TENANT'],
		['organizations', false, 'NO_TENANT'],
		['foo/../bar', true, 'NO_TENANT'],
		['https://login.microsoftonline.com/foo.example', true, 'NO_TENANT'],
	])('%j (shared: %s) is %s', (text, orShared, expected) => expect(codeOf(() => parseTenant(text, orShared))).toBe(expected));
});
