import fc from 'fast-check';

import { entraError } from '../../../../src/crm/dynamics/signIn/entraError';
import { entraFailures } from '../../../../src/crm/dynamics/signIn/entraFailures';
import { refusals } from '../../../standin/dataverse/entra/refusals';

const tail = '\r\nTrace ID: 1\r\nCorrelation ID: 2\r\nTimestamp: 2026-11-22 10:00:00Z';

describe('what Microsoft Entra ID says', () => {
	it.each<[string, string, object]>([
		['invalid_client', 'AADSTS7000215: Invalid client secret provided.', { kind: 'auth', reason: 'client-secret-wrong', code: 'AADSTS7000215' }],
		['invalid_grant', 'AADSTS50126: Error validating credentials due to invalid username or password.', { reason: 'renewal-refused', message: expect.stringContaining('user name or the password') }],
		['invalid_client', "AADSTS700027: Client assertion contains an invalid signature. [Reason - The key was not found.]", { reason: 'certificate-unknown' }],
		['invalid_client', 'AADSTS700027: Client assertion contains an invalid signature. [Reason - The key used is expired.]', { reason: 'certificate-expired' }],
		['invalid_client', 'AADSTS700027: Client assertion contains an invalid signature.', { reason: 'assertion-refused' }],
		['invalid_grant', 'AADSTS999999: Something new.', { reason: 'renewal-refused', message: 'Microsoft Entra ID refused the sign-in. It said: Something new. (AADSTS999999)', code: 'AADSTS999999' }],
		['invalid_grant', 'Something new.', { reason: 'renewal-refused', message: 'Microsoft Entra ID refused the sign-in. It said: Something new.', code: 'invalid_grant' }],
		['interaction_required', 'Something new.', { reason: 'person-needed', code: 'interaction_required' }],
		['temporarily_unavailable', '', { kind: 'unavailable', transient: true }],
		['something_new', '', { kind: 'auth', reason: 'app-refused', message: expect.stringContaining('something_new') }],
	])('as %s with %j', (error, sentence, expected) => expect(entraError(error, `${sentence}${tail}`)).toMatchObject(expected));

	it('is known for each refusal that a sign-in without a code of a person can meet', () => {
		const interactive = [50011, 54005, 501481, 70000, 70003, 70011, 90014, 1002012, 9002313];
		const unknown = Object.keys(refusals).map(Number).filter((code) => !entraFailures.has(code) && !interactive.includes(code));
		expect(unknown).toEqual([]);
	});

	it('is worded without ids of the request and names of users', () => {
		const { message } = entraError('invalid_grant', `AADSTS999999: The user ada@foo.example may not.${tail}`);
		expect(message).toBe('Microsoft Entra ID refused the sign-in. It said: The user … may not. (AADSTS999999)');
	});

	it('is worded for each code, with a remedy, and whatever it is', () => {
		for (const [code, { words, remedy }] of entraFailures) expect([code, words, remedy]).toEqual([code, expect.stringMatching(/^[A-Z].*\.$|\{said\}$/), expect.stringMatching(/^[A-Z].*\.$/)]);
		fc.assert(
			fc.property(fc.string(), fc.string(), (error, description) => {
				const failure = entraError(error, description);
				expect([failure.name, failure.message.length > 10, failure.message.length < 1000]).toEqual(['CrmError', true, true]);
			}),
		);
	});
});
