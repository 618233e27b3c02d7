import type { Evidence } from '../../src/connections/diagnosis';
import type { SignInReason } from '../../src/model/signInReason';

/** A refusal about which nothing else is known. */
export const refusal = (more: Partial<Evidence> = {}): Evidence => ({ step: 'identify', kind: 'auth', transient: false, message: 'What was said.', crmName: 'FooCRM', ...more });

export const workedBefore: Evidence['workedBefore'] = { lastWellAt: '2026-11-14T06:10:00.000Z', daysAgo: 8 };

/** Each reason, with the cause of a refusal for it that never worked before, and of one that did. */
export const causesByReason: Readonly<Record<SignInReason, readonly [first: string, later: string]>> = {
	'never-connected': ['proven: never-connected', 'proven: never-connected'],
	'no-credential': ['proven: no-credential', 'proven: no-credential'],
	'credential-unreadable': ['proven: credential-unreadable', 'proven: credential-unreadable'],
	'wrong-address': ['proven: wrong-address', 'proven: wrong-address'],
	paused: ['proven: paused', 'proven: paused'],
	'other-org': ['proven: other-org', 'proven: other-org'],
	'no-refresh-token': ['proven: no-refresh-token', 'proven: no-refresh-token'],
	'refresh-refused': ['proven: sign-in-ended', 'proven: sign-in-ended'],
	'refresh-taken-again': ['likely: refusal-passed', 'likely: refusal-passed'],
	'refresh-used-up': ['proven: sign-in-used-up', 'proven: sign-in-used-up'],
	'replaced-meanwhile': ['proven: replaced-meanwhile', 'proven: replaced-meanwhile'],
	'session-refused': ['likely: session-refused', 'likely: session-refused'],
	'session-policy': ['proven: session-policy', 'proven: session-policy'],
	'password-or-flow-refused': ['unknown: password-refused', 'likely: password-changed'],
	'security-token-needed': ['proven: security-token-needed', 'proven: security-token-needed'],
	'verification-needed': ['proven: verification-needed', 'proven: verification-needed'],
	'password-expired': ['proven: password-expired', 'proven: password-expired'],
	'user-locked': ['proven: user-locked', 'proven: user-locked'],
	'user-inactive': ['proven: user-inactive', 'proven: user-inactive'],
	'hours-restricted': ['proven: login-hours', 'proven: login-hours'],
	'ip-restricted': ['proven: login-ip', 'proven: login-ip'],
	'hours-or-ip-restricted': ['proven: login-restricted', 'proven: login-restricted'],
	'user-not-approved': ['proven: user-not-approved', 'proven: user-not-approved'],
	'not-admin-approved': ['proven: not-admin-approved', 'proven: not-admin-approved'],
	'client-unknown': ['proven: client-unknown', 'likely: app-removed'],
	'client-secret-wrong': ['proven: client-secret-wrong', 'likely: client-secret-rotated'],
	'app-not-installed': ['proven: app-not-installed', 'proven: app-not-installed'],
	'client-refused': ['unknown: client-refused', 'unknown: client-refused'],
	'flow-not-enabled': ['proven: flow-not-enabled', 'proven: flow-not-enabled'],
	'password-login-off': ['proven: password-login-off', 'proven: password-login-off'],
	'no-run-as-user': ['proven: no-run-as-user', 'proven: no-run-as-user'],
	'audience-refused': ['proven: audience-refused', 'proven: audience-refused'],
	'assertion-refused': ['unknown: assertion-refused', 'likely: certificate-changed'],
	'clock-off': ['likely: clock-off', 'likely: clock-off'],
	'scope-refused': ['proven: scope-refused', 'proven: scope-refused'],
	'app-refused': ['proven: app-refused', 'proven: app-refused'],
	'api-disabled': ['proven: api-disabled', 'proven: api-disabled'],
	'org-inactive': ['proven: org-inactive', 'proven: org-inactive'],
	'org-locked': ['proven: org-locked', 'proven: org-locked'],
	'trial-expired': ['proven: trial-expired', 'proven: trial-expired'],
	'client-secret-expired': ['proven: client-secret-expired', 'proven: client-secret-expired'],
	'client-secret-id': ['likely: client-secret-id', 'likely: client-secret-id'],
	'certificate-unknown': ['proven: certificate-unknown', 'proven: certificate-unknown'],
	'certificate-expired': ['proven: certificate-expired', 'proven: certificate-expired'],
	'app-not-in-tenant': ['proven: app-not-in-tenant', 'proven: app-not-in-tenant'],
	'tenant-unknown': ['proven: tenant-unknown', 'proven: tenant-unknown'],
	'wrong-cloud': ['proven: wrong-cloud', 'proven: wrong-cloud'],
	'environment-unknown': ['proven: environment-unknown', 'proven: environment-unknown'],
	'consent-missing': ['proven: consent-missing', 'proven: consent-missing'],
	'person-needed': ['proven: person-needed', 'proven: person-needed'],
	'access-policy': ['proven: access-policy', 'proven: access-policy'],
	'user-unknown': ['proven: user-unknown', 'proven: user-unknown'],
	'sign-in-revoked': ['proven: sign-in-revoked', 'proven: sign-in-revoked'],
	'sign-in-unused': ['proven: sign-in-unused', 'proven: sign-in-unused'],
	'environment-gone': ['unknown: sign-in-refused', 'unknown: sign-in-refused'],
	maintenance: ['unknown: sign-in-refused', 'unknown: sign-in-refused'],
};

export const reasons = Object.keys(causesByReason) as readonly SignInReason[];
