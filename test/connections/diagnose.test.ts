import fc from 'fast-check';

import { causes } from '../../src/connections/causes';
import { diagnose } from '../../src/connections/diagnose';
import type { Evidence } from '../../src/connections/diagnosis';
import { effectOf, passwordCauses } from '../../src/connections/effects';
import type { CrmErrorKind } from '../../src/model/crmError';
import { causesByReason, reasons, refusal, workedBefore } from './evidence';

const kinds: readonly CrmErrorKind[] = ['auth', 'permission', 'throttled', 'validation', 'notFound', 'conflict', 'unavailable', 'cancelled'];
const named = (more: Partial<Evidence>): string => {
	const { certainty, cause } = diagnose(refusal(more));
	return `${certainty}: ${cause}`;
};
const wordsOf = (more: Partial<Evidence>): string => diagnose(refusal(more)).words;

const anyEvidence: fc.Arbitrary<Evidence> = fc.record({
	step: fc.constantFrom('signIn', 'identify', 'describe'),
	kind: fc.constantFrom(...kinds),
	code: fc.constantFrom(undefined, 'invalid_grant', 'ENOTFOUND', 'X'),
	reason: fc.constantFrom(undefined, ...reasons),
	httpStatus: fc.option(fc.integer({ min: 200, max: 599 }), { nil: undefined }),
	transient: fc.boolean(),
	message: fc.constant('What was said.'),
	remedy: fc.constantFrom(undefined, 'What to do.'),
	crmName: fc.constant('FooCRM'),
	signInKind: fc.constantFrom(undefined, 'oauth2', 'password', 'clientCredentials'),
	workedBefore: fc.constantFrom(undefined, workedBefore),
	unreachableSince: fc.constantFrom(undefined, '2026-11-20T06:10:00.000Z'),
	sandboxHost: fc.constantFrom(undefined, true, false),
});

describe('the cause of a refusal', () => {
	it.each(reasons)('for the reason %s', (reason) => {
		expect([named({ reason }), named({ reason, workedBefore })]).toEqual(causesByReason[reason]);
	});

	it.each<[string, Partial<Evidence>]>([
		['unknown: sign-in-refused', { code: 'SOMETHING_NEW' }],
		['unknown: password-sign-in-refused', { code: 'SOMETHING_NEW', signInKind: 'password' }],
		['unknown: sign-in-refused', { reason: 'refresh-refused', signInKind: 'clientCredentials' }],
		['proven: api-disabled', { kind: 'permission', reason: 'api-disabled', httpStatus: 403 }],
		['proven: request-limit', { kind: 'throttled' }],
		['proven: too-many-at-once', { kind: 'throttled', transient: true }],
		['proven: permission-missing', { kind: 'permission', code: 'INSUFFICIENT_ACCESS' }],
		['proven: object-not-found', { step: 'describe', kind: 'notFound', entity: 'Foo__c' }],
		['proven: object-name-invalid', { step: 'describe', kind: 'validation', entity: 'Foo; drop' }],
		['proven: maintenance', { kind: 'unavailable', reason: 'maintenance', httpStatus: 503 }],
		['likely: environment-gone', { kind: 'unavailable', reason: 'environment-gone', httpStatus: 404 }],
		['proven: crm-failing', { kind: 'unavailable', httpStatus: 503 }],
		['likely: address-moved', { kind: 'unavailable', httpStatus: 302 }],
		['likely: unusable-answer', { kind: 'unavailable', httpStatus: 200 }],
		['proven: unreachable', { kind: 'unavailable', code: 'ENOTFOUND' }],
		['unknown: unexplained', { kind: 'validation' }],
	])('%s', (expected, more) => expect(named(more)).toBe(expected));

	it('is decided by no code of a CRM', () => {
		fc.assert(fc.property(anyEvidence, (evidence) => expect(diagnose({ ...evidence, code: undefined }).cause).toBe(diagnose(evidence).cause)));
	});
});

describe('what is claimed', () => {
	it('is no reason for a sign-in that ended, but all that are possible', () => {
		const words = wordsOf({ reason: 'refresh-refused' });
		expect(words).toContain('does not say why');
		for (const reason of ['revoked', 'expired', 'deactivated', 'too often', 'replaced', 'refreshed']) expect(words).toContain(reason);
		expect(words).not.toContain('last worked');
	});

	it('for a sign-in to Dynamics 365 is nothing that is of Salesforce alone', () => {
		const words = wordsOf({ reason: 'refresh-refused', crmName: 'Dynamics 365' });
		for (const reason of ['revoked', '90 days', 'password', 'disabled']) expect(words).toContain(reason);
		expect(words).not.toMatch(/sandbox|too often|replaced/);
	});

	it('is what the CRM said, where it said something that nobody knows', () => {
		expect(wordsOf({ reason: 'renewal-refused', message: 'It said: Something new. (AADSTS999999)', workedBefore })).toBe('It said: Something new. (AADSTS999999) It last worked on 14 November 2026.');
	});

	it('for a sign-in that ended tells for how long nothing used it', () => {
		expect(wordsOf({ reason: 'refresh-refused', workedBefore })).toMatch(/It last worked on 14 November 2026\.$/);
		expect(wordsOf({ reason: 'refresh-refused', workedBefore: { lastWellAt: '2026-10-01T00:00:00Z', daysAgo: 52 } })).toContain('1 October 2026, 52 days ago, which may be longer');
	});

	it('of a password that is refused is everything that it may be, and that it was changed only if it worked before', () => {
		const first = wordsOf({ reason: 'password-or-flow-refused' });
		for (const part of ['user name', 'password', 'security token', 'locked', 'way of signing in']) expect(first).toContain(part);
		expect(first).not.toMatch(/changed|likely/);
		expect(wordsOf({ reason: 'password-or-flow-refused', workedBefore })).toBe(`${first} It last worked on 14 November 2026, so most likely the password or the security token was changed.`);
	});

	it('is never that something changed, unless it worked before', () => {
		fc.assert(fc.property(anyEvidence, (evidence) => expect(diagnose({ ...evidence, workedBefore: undefined }).words).not.toMatch(/last worked|most likely/)));
	});

	it.each([
		[true, 'address is that of a sandbox'],
		[false, 'address is that of production'],
		[undefined, 'the other way round'],
	])('of an unknown app fits the address where it signs in (sandbox: %s)', (sandboxHost, part) => {
		expect(wordsOf({ reason: 'client-unknown', sandboxHost })).toContain(part);
	});

	it('about a disabled API is left to the adapter, which knows the editions and permissions of its CRM', () => {
		const said = { message: 'The edition has no API, or the user may not use it.', remedy: 'Ask for both.' };
		expect(diagnose(refusal({ kind: 'permission', reason: 'api-disabled', ...said }))).toMatchObject({ words: said.message, whatToDo: said.remedy });
	});

	it.each(['client-secret-wrong', 'assertion-refused'] as const)('for %s is in the words of its CRM, whether it worked before or not', (reason) => {
		const told = { message: 'The CRM said this.', remedy: 'Do that.' };
		expect(diagnose(refusal({ reason, ...told }))).toMatchObject({ words: told.message, whatToDo: told.remedy });
		expect(diagnose(refusal({ reason, ...told, workedBefore }))).toMatchObject({ words: expect.stringMatching(/^The CRM said this\. It last worked on 14 November 2026, so most likely /), whatToDo: told.remedy });
	});

	it('tells since when a CRM cannot be reached, and that the sign-in may be well', () => {
		expect(wordsOf({ kind: 'unavailable', unreachableSince: '2026-11-20T06:10:00.000Z' })).toBe('What was said. That is so since 20 November 2026, 06:10 UTC. The sign-in itself may be well.');
	});

	it('names no CRM by itself', () => {
		fc.assert(
			fc.property(fc.constantFrom(...causes), anyEvidence, (row, evidence) => {
				expect(`${row.words(evidence)} ${row.whatToDo(evidence)}`).not.toMatch(/Salesforce|Dynamics|Setup|Edition|permission set|Login History/);
			}),
		);
	});

	it('has words and advice for everything, and keeps the code', () => {
		fc.assert(
			fc.property(anyEvidence, (evidence) => {
				const { words, whatToDo, code } = diagnose(evidence);
				for (const text of [words, whatToDo]) expect(text).toMatch(/^[A-Z][^]*\w{3}[^]*\.$/);
				expect(code).toBe(evidence.code);
			}),
		);
	});
});

describe('what a cause means for the sign-in', () => {
	it('is nothing, or out of reach, as long as the CRM gives no answer or has too much to do, whatever else is said', () => {
		fc.assert(
			fc.property(anyEvidence, fc.constantFrom<CrmErrorKind>('unavailable', 'throttled'), (evidence, kind) => {
				expect(effectOf(diagnose({ ...evidence, kind }).cause)).toBe(kind === 'unavailable' ? 'unreachable' : 'none');
			}),
		);
	});

	it('is out of reach only then', () => {
		fc.assert(fc.property(anyEvidence, (evidence) => expect(effectOf(diagnose(evidence).cause) === 'unreachable').toBe(evidence.kind === 'unavailable')));
	});

	it('is nothing for a name that is not in the table', () => {
		expect([effectOf('no-create-right'), effectOf('sign-in-ended'), effectOf('unreachable')]).toEqual(['none', 'inactive', 'unreachable']);
	});

	it('forbids to repeat each refusal in which the password may be what was refused', () => {
		expect(passwordCauses).toEqual(['password-changed', 'password-refused', 'security-token-needed', 'verification-needed', 'password-expired', 'user-locked', 'password-sign-in-refused']);
		expect(passwordCauses).toContain(diagnose(refusal({ signInKind: 'password', code: 'SOMETHING_NEW' })).cause);
	});

	it('keeps the rows apart by name', () => {
		expect(new Set(causes.map(({ cause }) => cause)).size).toBe(causes.length);
	});
});
