import { diagnose } from '../../src/connections/diagnose';
import { evidenceOf, type KnownBefore } from '../../src/connections/evidenceOf';
import { CrmError } from '../../src/model/crmError';

const error = new CrmError('auth', { message: 'Refused.', remedy: 'Act.', code: 'invalid_grant', reason: 'password-or-flow-refused', httpStatus: 400 });
const known: KnownBefore = { step: 'identify', crmName: 'FooCRM', signInKind: 'password', now: '2026-11-22T05:00:00.000Z' };

describe('the evidence of a failure', () => {
	it('is what the error says, and what was known', () => {
		expect(evidenceOf(error, { ...known, lastWellAt: '2026-11-14T06:00:00.000Z', unreachableSince: null, sandboxHost: true })).toEqual({
			step: 'identify',
			kind: 'auth',
			code: 'invalid_grant',
			reason: 'password-or-flow-refused',
			httpStatus: 400,
			transient: false,
			message: 'Refused.',
			remedy: 'Act.',
			crmName: 'FooCRM',
			signInKind: 'password',
			sandboxHost: true,
			workedBefore: { lastWellAt: '2026-11-14T06:00:00.000Z', daysAgo: 7 },
		});
	});

	it.each<[string, Partial<KnownBefore>, string]>([
		['never worked', { lastWellAt: null }, 'password-refused'],
		['is not known to have worked', {}, 'password-refused'],
		['worked, but was changed since', { lastWellAt: '2026-11-14T06:00:00.000Z', credentialChanged: true }, 'password-refused'],
		['worked as it is', { lastWellAt: '2026-11-14T06:00:00.000Z', credentialChanged: false }, 'password-changed'],
	])('of a credential that %s', (_, more, cause) => {
		expect(diagnose(evidenceOf(error, { ...known, ...more })).cause).toBe(cause);
	});

	it('counts no days where the time of the failure is not known, and none below zero', () => {
		expect(evidenceOf(error, { ...known, now: undefined, lastWellAt: '2026-11-14T06:00:00.000Z' }).workedBefore).toEqual({ lastWellAt: '2026-11-14T06:00:00.000Z' });
		expect(evidenceOf(error, { ...known, lastWellAt: '2026-11-23T06:00:00.000Z' }).workedBefore?.daysAgo).toBe(0);
	});
});
