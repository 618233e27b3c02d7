import { generateKeyPairSync } from 'node:crypto';

import fc from 'fast-check';

import { isSandboxHost, jwtAudience } from '../../../../src/crm/salesforce/signIn/audience';
import { looksPasted, pastedPassword, pastedText } from '../../../../src/crm/signIn/pastedText';
import { readPrivateKey } from '../../../../src/crm/signIn/privateKey';
import { failureOf } from './scriptedAsk';

describe('pasted text', () => {
	it.each([' KEY ', '"KEY"', "'KEY'", '“KEY”', 'KEY\n', '\r\n KEY\t', '\ufeffKEY\u200b', '`KEY`', 'K\nEY', '" KEY "\n'])('%j is KEY', (text) => {
		expect(pastedText(text)).toBe('KEY');
	});

	it('is the same when it is cleaned twice, and empty when it is no text', () => {
		fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (text) => pastedText(pastedText(text)) === pastedText(text)));
		expect([undefined, null, {}, true].map(pastedText)).toEqual(['', '', '', '']);
		expect(pastedText(42)).toBe('42');
	});

	it('of a password loses line breaks only', () => {
		expect(pastedPassword(' "pass word\'\r\n')).toBe(' "pass word\'');
		expect([' a', 'a"', "'a'", 'a b', 'a"b'].map(looksPasted)).toEqual([true, true, true, false, false]);
	});
});

describe('a private key', () => {
	const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
	const pkcs8 = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
	const pkcs1 = privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();

	it.each<[string, string]>([
		['as a file', pkcs8],
		['as a file of PKCS #1', pkcs1],
		['without line breaks', pkcs8.replaceAll('\n', '')],
		['of PKCS #1 without line breaks', pkcs1.replaceAll('\n', '')],
		['with spaces for line breaks', pkcs8.replaceAll('\n', ' ')],
		['with line breaks spelled out', pkcs8.replaceAll('\n', '\\n')],
		['with line breaks spelled out twice', pkcs8.replaceAll('\n', '\\\\n')],
		['of Windows', pkcs8.replaceAll('\n', '\r\n')],
		['in quotes', `"${pkcs8.trim()}"`],
		['indented', pkcs8.replaceAll('\n', '\n    ')],
		['without spaces in its first line', pkcs8.replace('BEGIN PRIVATE KEY', 'BEGINPRIVATEKEY').replace('END PRIVATE KEY', 'ENDPRIVATEKEY')],
		['with long dashes', pkcs8.replaceAll('-----', '—————')],
		['without first and last line', pkcs8.split('\n').slice(1, -2).join('\n')],
		['under a wrong first line', pkcs1.replaceAll('RSA PRIVATE KEY', 'PRIVATE KEY')],
		['below a certificate request of openssl', `Bag Attributes\n    friendlyName: x\n${pkcs8}`],
	])('%s is read', (_, text) => {
		expect(readPrivateKey(text, 'Salesforce').equals(privateKey)).toBe(true);
	});

	const { privateKey: elliptic } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
	it.each<[string, unknown, RegExp]>([
		['with a passphrase', privateKey.export({ type: 'pkcs8', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }), /passphrase/],
		['with a passphrase in the old form', privateKey.export({ type: 'pkcs1', format: 'pem', cipher: 'aes-256-cbc', passphrase: 'x' }), /passphrase/],
		['that is a certificate', '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----', /certificate/],
		['that is a public key', '-----BEGIN PUBLIC KEY-----\nMIIC\n-----END PUBLIC KEY-----', /public key/],
		['of OpenSSH', '-----BEGIN OPENSSH PRIVATE KEY-----\nb3Bl\n-----END OPENSSH PRIVATE KEY-----', /OpenSSH/],
		['of another kind', elliptic.export({ type: 'pkcs8', format: 'pem' }), /RSA/],
		['cut off', pkcs8.slice(0, 500), /cannot be read/],
		['that is nonsense', 'hello', /cannot be read/],
		['that is nothing', undefined, /cannot be read/],
	])('%s is refused in words', async (_, text, words) => {
		const failure = await failureOf(() => readPrivateKey(text, 'Salesforce'));
		expect(failure).toMatchObject({ kind: 'auth', code: 'PRIVATE_KEY_UNREADABLE', message: expect.stringMatching(words) });
		expect(`${failure.message} ${failure.remedy}`).not.toContain('MII');
	});

	it('is never anything but read or refused in words', async () => {
		await fc.assert(fc.asyncProperty(fc.string({ maxLength: 200 }), async (text) => expect((await failureOf(() => readPrivateKey(text, 'Salesforce'))).kind).toBe('auth')));
	});
});

describe('the audience of a signed request', () => {
	it.each([
		['https://foocorp.my.salesforce.com', 'login'],
		['https://foocorp.develop.my.salesforce.com', 'login'],
		['https://foo-bar.my.salesforce.com', 'login'],
		['https://login.salesforce.com', 'login'],
		['https://eu11.salesforce.com', 'login'],
		['https://test.salesforce.com', 'test'],
		['https://foocorp--uat.sandbox.my.salesforce.com', 'test'],
		['https://foocorp--uat.my.salesforce.com', 'test'],
		['https://foocorp--uat.cs92.my.salesforce.com', 'test'],
		['https://cs92.salesforce.com', 'test'],
		['https://foo.scratch.my.salesforce.com', 'test'],
	])('at %s is that of %s', (origin, kind) => {
		expect(jwtAudience(origin, 'automatic')).toBe(`https://${kind}.salesforce.com`);
		expect(isSandboxHost(origin)).toBe(kind === 'test');
		expect(jwtAudience(origin, 'sandbox')).toBe('https://test.salesforce.com');
		expect(jwtAudience(origin, 'production')).toBe('https://login.salesforce.com');
	});

	it('is the host itself on this machine', () => {
		expect(jwtAudience('http://127.0.0.1:8080', undefined)).toBe('http://127.0.0.1:8080');
	});
});
