import fc from 'fast-check';

import { causes } from '../../src/connections/causes';
import { diagnose } from '../../src/connections/diagnose';
import type { Evidence } from '../../src/connections/diagnosis';
import type { CrmErrorKind } from '../../src/model/crmError';

const kinds: readonly CrmErrorKind[] = ['auth', 'permission', 'throttled', 'validation', 'notFound', 'conflict', 'unavailable', 'cancelled'];
const evidence = (more: Partial<Evidence>): Evidence => ({ step: 'identify', kind: 'auth', transient: false, message: 'What was said.', crmName: 'Salesforce', ...more });

describe('diagnose', () => {
	it.each<[string, Partial<Evidence>]>([
		['proven: never-connected', { step: 'signIn', code: 'NOT_CONNECTED' }],
		['proven: no-credential', { step: 'signIn', code: 'NO_CREDENTIAL' }],
		['proven: wrong-address', { step: 'signIn', code: 'INVALID_MY_DOMAIN' }],
		['proven: sign-in-ended', { code: 'invalid_grant' }],
		['proven: no-refresh-token', { code: 'NO_REFRESH_TOKEN' }],
		['proven: app-refused', { code: 'invalid_client' }],
		['proven: user-inactive', { code: 'inactive_user' }],
		['likely: session-refused', { code: 'INVALID_SESSION_ID', httpStatus: 401 }],
		['proven: session-policy', { code: 'INVALID_SESSION_ID', message: 'Salesforce said: This session is not valid for use with the REST API' }],
		['unknown: sign-in-refused', { code: 'SOMETHING_NEW' }],
		['proven: api-disabled', { kind: 'permission', code: 'API_DISABLED_FOR_ORG', httpStatus: 403 }],
		['proven: request-limit', { kind: 'throttled', code: 'REQUEST_LIMIT_EXCEEDED', message: 'All API calls are used.' }],
		['proven: too-many-at-once', { kind: 'throttled', code: 'REQUEST_LIMIT_EXCEEDED', transient: true }],
		['proven: org-locked', { kind: 'permission', code: 'ORG_LOCKED' }],
		['proven: permission-missing', { kind: 'permission', code: 'INSUFFICIENT_ACCESS' }],
		['proven: object-not-found', { step: 'describe', kind: 'notFound', code: 'NOT_FOUND', entity: 'Foo__c' }],
		['proven: maintenance', { kind: 'unavailable', code: 'ORG_IN_MAINTENANCE', httpStatus: 503 }],
		['proven: crm-failing', { kind: 'unavailable', httpStatus: 503 }],
		['likely: address-moved', { kind: 'unavailable', httpStatus: 302 }],
		['proven: unreachable', { kind: 'unavailable', code: 'ENOTFOUND' }],
		['unknown: unexplained', { kind: 'validation' }],
	])('%s', (expected, more) => {
		const { certainty, cause } = diagnose(evidence(more));
		expect(`${certainty}: ${cause}`).toBe(expected);
	});

	it('claims no reason for a sign-in that ended, and gives all that are possible', () => {
		const { words } = diagnose(evidence({ code: 'invalid_grant' }));
		expect(words).toContain('does not say why');
		for (const reason of ['revoked', 'expired', 'deactivated', 'too often', 'refreshed']) expect(words).toContain(reason);
	});

	it('leaves the words about a disabled API to the adapter, which knows the editions and permissions of its CRM', () => {
		const said = { message: 'The edition has no API, or the user may not use it.', remedy: 'Ask for both.' };
		expect(diagnose(evidence({ kind: 'permission', code: 'API_DISABLED_FOR_ORG', ...said }))).toMatchObject({ words: said.message, whatToDo: said.remedy });
	});

	it.each([
		[false, 'request-limit'],
		[true, 'too-many-at-once'],
	])('tells the limits apart by whether they pass (%s), however they are worded', (transient, cause) => {
		for (const message of ['As many as it allows at once.', 'All calls of the day are used.']) {
			expect(diagnose(evidence({ kind: 'throttled', transient, message })).cause).toBe(cause);
		}
	});

	it('has words of its own for no one CRM', () => {
		for (const { words, whatToDo } of causes) {
			const text = [undefined, 'What to do.'].flatMap((remedy) => [words, whatToDo].map((say) => say(evidence({ remedy, crmName: 'FooCRM', entity: 'Foo' })))).join(' ');
			expect(text).not.toMatch(/Salesforce|Dynamics|Setup|Edition|permission set|Login History/);
		}
	});

	it('has words and advice for everything', () => {
		const codes = fc.constantFrom(undefined, 'invalid_grant', 'INVALID_SESSION_ID', 'API_DISABLED_FOR_ORG', 'ENOTFOUND', 'X');
		fc.assert(
			fc.property(fc.constantFrom(...kinds), codes, fc.constantFrom('signIn', 'identify', 'describe'), fc.option(fc.integer({ min: 200, max: 599 }), { nil: undefined }), (kind, code, step, httpStatus) => {
				const diagnosis = diagnose(evidence({ kind, code, step, httpStatus }));
				expect([diagnosis.words, diagnosis.whatToDo].every((text) => /\w{3}/.test(text))).toBe(true);
				expect(diagnosis.code).toBe(code);
			}),
		);
	});

	it('keeps its rows apart by name', () => {
		expect(new Set(causes.map(({ cause }) => cause)).size).toBe(causes.length);
	});
});
