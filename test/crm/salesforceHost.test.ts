import fc from 'fast-check';

import { parseSalesforceHost, salesforceHostRefusal, salesforceHostRules } from '../../src/crm/salesforce/host';
import { CrmError } from '../../src/model/crmError';

const accepted: ReadonlyArray<readonly [entered: string, origin: string]> = [
	['foocorp', 'https://foocorp.my.salesforce.com'],
	['foocorp.my.salesforce.com', 'https://foocorp.my.salesforce.com'],
	['https://foocorp.my.salesforce.com', 'https://foocorp.my.salesforce.com'],
	['https://foocorp.my.salesforce.com/', 'https://foocorp.my.salesforce.com'],
	['https://foocorp.my.salesforce.com/services/data/v66.0?x=1#y', 'https://foocorp.my.salesforce.com'],
	['https://foocorp.my.salesforce.com:443/home', 'https://foocorp.my.salesforce.com'],
	['  FooCorp.My.Salesforce.com \n', 'https://foocorp.my.salesforce.com'],
	['"https://foocorp.my.salesforce.com"', 'https://foocorp.my.salesforce.com'],
	['\u201cfoocorp\u201d', 'https://foocorp.my.salesforce.com'],
	['\u200b<https://foocorp.my.salesforce.com>\u00a0', 'https://foocorp.my.salesforce.com'],
	['https://foocorp.lightning.force.com/lightning/o/Lead/list?filterName=Recent', 'https://foocorp.my.salesforce.com'],
	['https://foocorp.my.salesforce-setup.com/lightning/setup/SetupOneHome/home', 'https://foocorp.my.salesforce.com'],
	['https://foocorp.my.site.com/help', 'https://foocorp.my.salesforce.com'],
	['https://foocorp--c.vf.force.com/apex/Page', 'https://foocorp.my.salesforce.com'],
	['https://foocorp--uat--c.sandbox.vf.force.com', 'https://foocorp--uat.sandbox.my.salesforce.com'],
	['foocorp--uat', 'https://foocorp--uat.sandbox.my.salesforce.com'],
	['foocorp--uat.sandbox', 'https://foocorp--uat.sandbox.my.salesforce.com'],
	['https://foocorp--uat.sandbox.lightning.force.com', 'https://foocorp--uat.sandbox.my.salesforce.com'],
	['foocorp--uat.cs92.my.salesforce.com', 'https://foocorp--uat.cs92.my.salesforce.com'],
	['foocorp-dev-ed.develop.lightning.force.com', 'https://foocorp-dev-ed.develop.my.salesforce.com'],
	['https://eu11.lightning.force.com', 'https://eu11.salesforce.com'],
	['na44.salesforce.com', 'https://na44.salesforce.com'],
	['https://login.salesforce.com/', 'https://login.salesforce.com'],
	['test.salesforce.com', 'https://test.salesforce.com'],
	['https://agency.lightning.crmforce.mil/one', 'https://agency.my.salesforce.mil'],
	['agency.my.salesforce.mil', 'https://agency.my.salesforce.mil'],
	['https://foocorp.my-lightning.com', 'https://foocorp.my-salesforce.com'],
	['foocorp.lightning.sfcrmapps.cn', 'https://foocorp.my.sfcrmproducts.cn'],
	['http://127.0.0.1:4010', 'http://127.0.0.1:4010'],
	['http://localhost:4010/services', 'http://localhost:4010'],
	['https://[::1]:8443/x', 'https://[::1]:8443'],
	['localhost:4010', 'http://localhost:4010'],
];

const refused: readonly string[] = [
	'',
	'   ',
	'""',
	'not an address',
	'https://',
	'https://evil.example',
	'https://login.salesforce.com@evil.com',
	'https://evil.com@foocorp.my.salesforce.com',
	'https://user:secret@foocorp.my.salesforce.com',
	'foo.my.salesforce.com.evil.com',
	'https://evil.com/foocorp.my.salesforce.com',
	'https://evil.com?foocorp.my.salesforce.com',
	'https://evil.com#.my.salesforce.com',
	'https://evil.com\\.my.salesforce.com',
	'https://foocorp.my.salesforce.com\\@evil.com',
	'https://foocorp.my.salesforce.com:8443',
	'https://evilmy.salesforce.com',
	'https://my.salesforce.com',
	'http://foocorp.my.salesforce.com',
	'http://foocorp',
	'//foocorp.my.salesforce.com',
	'ftp://foocorp.my.salesforce.com',
	'javascript:alert(1)//.my.salesforce.com',
	'http://127.0.0.1.evil.com',
	'http://localhost.evil.com',
	'http://127.0.0.1@evil.com',
	'http://127.0.0.1:99999',
	'http://192.168.0.1',
	'https://foo%2ecorp.my.salesforce.com',
	'https://foo_corp.my.salesforce.com',
	'https://-foocorp.my.salesforce.com',
	'https://fo\u00f6corp.my.salesforce.com',
	'foocorp.my.salesforce.com evil.com',
	'https://www.salesforce.com',
	'https://foocorp.salesforce.com.my.salesforce.com.evil',
];

const salesforceOrigin = /^https:\/\/(?:[a-z0-9-]+(?:\.[a-z0-9-]+)?\.(?:my\.salesforce\.(?:com|mil)|my-salesforce\.com|my\.sfcrmproducts\.cn)|[a-z0-9]+\.salesforce\.com)$/;
const loopbackOrigin = /^https?:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?::\d+)?$/;

function parseOrRefuse(text: string): string | CrmError {
	try {
		return parseSalesforceHost(text);
	} catch (error) {
		return error as CrmError;
	}
}

/** Pieces of which dangerous and ordinary addresses are made. */
const addressPieces = fc
	.array(
		fc.oneof(
			fc.constantFrom('https://', 'http://', 'foocorp', '--uat', '.sandbox', '.my', '.salesforce', '.com', '.lightning', '.force', '.evil.com', '@', ':', '443', '/', '?', '#', '\\', ' ', '"', '.', '-', 'localhost', '127.0.0.1', '[::1]', '4010', 'login', 'test', 'eu11', '.mil', '.cn', '\u200b', '%2e', '$1', '$&', '\n', 'A'),
			fc.string({ maxLength: 4 }),
		),
		{ maxLength: 10 },
	)
	.map((pieces) => pieces.join(''));

describe('parseSalesforceHost', () => {
	it.each(accepted)('takes %j as %s', (entered, origin) => expect(parseSalesforceHost(entered)).toBe(origin));

	it.each(refused)('refuses %j in words, without repeating it', (entered) => {
		expect(parseOrRefuse(entered)).toMatchObject({ name: 'CrmError', kind: 'auth', ...salesforceHostRefusal });
	});

	it('names only hosts of Salesforce and of this machine, whatever is entered', () => {
		fc.assert(
			fc.property(addressPieces, (text) => {
				const origin = parseOrRefuse(text);
				if (origin instanceof CrmError) return;
				expect(origin).toMatch(origin.startsWith('http:') || loopbackOrigin.test(origin) ? loopbackOrigin : salesforceOrigin);
				expect(new URL(origin).host).toBe(origin.replace(/^https?:\/\//, '').replace(/^(\S+):(?:80|443)$/, (all, host: string) => (origin.startsWith('http:') === all.endsWith(':80') ? host : all)));
			}),
			{ numRuns: 2000 },
		);
	});

	it('answers the same for its own answer, padded, quoted and in capitals', () => {
		fc.assert(
			fc.property(fc.constantFrom(...accepted), fc.constantFrom(' ', '\t', '"', '\u2019', '\u200b'), ([entered], around) => {
				const origin = parseSalesforceHost(entered);
				expect(parseSalesforceHost(`${around}${origin.toUpperCase()}/${around}`)).toBe(origin);
			}),
		);
	});

	it('stays quick on long and hostile text', () => {
		const started = performance.now();
		for (const text of ['a'.repeat(1e6), `a${' '.repeat(1e6)}b`, `${'a-'.repeat(5e5)}.my.salesforce.com`, `https://foocorp.my.salesforce.com/${'x'.repeat(1e6)}`]) parseOrRefuse(text);
		expect(performance.now() - started).toBeLessThan(500);
		expect(salesforceHostRules.length).toBeGreaterThan(5);
	});
});
