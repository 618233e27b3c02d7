import { createPrivateKey } from 'node:crypto';

import fc from 'fast-check';

import { readCertificate } from '../../../../src/crm/dynamics/signIn/certificate';
import { newCertificate, type TestCertificate } from '../../../standin/dataverse';

describe('a pasted certificate', () => {
	let pair: TestCertificate;
	const end = Math.floor(Date.now() / 1000) * 1000 + 86_400_000;
	beforeAll(async () => {
		pair = await newCertificate({ notAfter: end });
	});

	it.each<[string, (pem: string) => string]>([
		['as it is', (pem) => pem],
		['in one line', (pem) => pem.replaceAll('\n', ' ')],
		['with line breaks spelled out', (pem) => pem.replaceAll('\n', '\\n')],
		['in quotes, with Windows line ends', (pem) => `"${pem.replaceAll('\n', '\r\n')}"`],
		['without its first and last line', (pem) => pem.replace(/-----[^-]+-----/g, '')],
		['followed by others', (pem) => `${pem}\n${pem}`],
		['after its private key', (pem) => `${pair.privateKey}\n${pem}`],
	])('is read %s', (_, shape) => {
		const { thumbprint, expiresAt, fits } = readCertificate(shape(pair.certificate));
		expect([thumbprint, expiresAt]).toEqual([pair.thumbprintSha256, end]);
		expect(fits(createPrivateKey(pair.privateKey))).toBe(true);
	});

	it('is told from a key', () => {
		expect(() => readCertificate(pair.privateKey)).toThrow('The field Certificate holds a private key.');
	});

	it('is refused in words that never repeat it, whatever it is', () => {
		fc.assert(
			fc.property(fc.oneof(fc.string(), fc.anything()), (pasted) => {
				expect(() => readCertificate(pasted)).toThrow(/^The certificate cannot be read\.$/);
			}),
		);
	});
});
