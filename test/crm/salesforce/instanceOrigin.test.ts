import { instanceOrigin } from '../../../src/crm/salesforce/instanceOrigin';

const login = 'https://login.salesforce.com';
const here = 'http://127.0.0.1:5001';

describe('the API address that a sign-in names', () => {
	it.each([
		['https://foocorp.my.salesforce.com', login],
		['https://foocorp.my.salesforce.com/services/Soap/u/64.0/00D000000000001', login],
		['https://foocorp--uat.sandbox.my.salesforce.com/', 'https://test.salesforce.com'],
		['https://foocorp--uat.cs92.my.salesforce.com', login],
		['https://na139.salesforce.com', login],
		['https://foocorp.my.salesforce.mil', 'https://foocorp.my.salesforce.mil'],
		['https://foocorp.my.sfcrmproducts.cn', 'https://foocorp.my.sfcrmproducts.cn'],
		['http://127.0.0.1:5001/x', here],
		['http://localhost:5002', here],
	])('%s is taken', (url, signInOrigin) => {
		expect(instanceOrigin(url, signInOrigin)).toBe(new URL(url).origin);
	});

	it.each([
		['https://evil.example', login],
		['https://evil', login],
		['https://foocorp', login],
		['https://foocorp.my.salesforce.com.evil.example', login],
		['https://foocorp.my.salesforce.com@evil.example', login],
		['https://foocorp.my.salesforce.com:8443', login],
		['https://foocorp.my.site.com', login],
		['http://foocorp.my.salesforce.com', login],
		['http://127.0.0.1:5678', login],
		['https://localhost', login],
		['http://127.0.0.1.evil.example', here],
		['https://evil.example', here],
		['', login],
		['javascript:alert(1)', login],
	])('%s is refused', (url, signInOrigin) => {
		expect(instanceOrigin(url, signInOrigin)).toBeUndefined();
	});
});
