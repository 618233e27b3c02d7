import type { FaultRequest } from '../faults/Faults';
import type { Session } from '../oauth/Sessions';
import type { OrgContext } from '../org/OrgContext';
import { reasons } from '../signIn/reasons';
import { SalesforceError, sessionExpired } from './SalesforceError';

/** The token of `Authorization: Bearer …` (or `OAuth …`); undefined when there is no such header. */
export function bearerOf(headers: Readonly<Record<string, unknown>>): string | undefined {
	const header = headers.authorization;
	return typeof header === 'string' ? /^(?:Bearer|OAuth)\s+(\S+)$/i.exec(header.trim())?.[1] : undefined;
}

/** The session a request is made in. Throws 401 as the REST API does. */
export function authenticate(org: OrgContext, headers: Readonly<Record<string, unknown>>, request: FaultRequest): Session {
	if (headers.authorization !== undefined && bearerOf(headers) === undefined) throw new SalesforceError(401, 'INVALID_AUTH_HEADER', 'INVALID_HEADER_TYPE');
	const session = org.sessions.find(bearerOf(headers) ?? '');
	if (!session || !org.users.isActive(session.userId)) throw sessionExpired();
	if (org.faults.strike('alwaysUnauthorized', request)) throw sessionExpired();
	if (org.faults.strike('policyUnauthorized', request)) {
		throw new SalesforceError(401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API');
	}
	return session;
}

/** Whether org and user may call the API at all now. Throws 403. */
export function checkPolicies(org: OrgContext, userId: string, request: FaultRequest): void {
	checkStatus(org);
	if (org.passwords.isExpired(userId)) {
		throw new SalesforceError(403, 'INVALID_OPERATION_WITH_EXPIRED_PASSWORD', 'The users password has expired, you must call SetPassword before attempting any other API operations');
	}
	if (!org.signInPolicy.apiAccess || org.faults.strike('apiDisabled', request) || org.users.find(userId)?.permissions.apiEnabled === false) {
		throw new SalesforceError(403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.');
	}
	if (org.faults.strike('requestLimitExceeded', request) || org.calls.used >= org.calls.limit) {
		throw new SalesforceError(403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.');
	}
	if (org.faults.strike('concurrentLimit', request)) {
		throw new SalesforceError(403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.');
	}
}

/** An org that is not active answers no call; the codes are those of the SOAP API, that REST uses them too is a belief. */
function checkStatus({ signInPolicy: { status } }: OrgContext): void {
	if (status === 'inactive') throw sessionExpired();
	if (status === 'locked') throw new SalesforceError(403, 'ORG_LOCKED', reasons.orgLocked.soap[1]);
	if (status === 'trialExpired') throw new SalesforceError(403, 'TRIAL_EXPIRED', reasons.trialExpired.soap[1]);
	if (status === 'maintenance') throw new SalesforceError(503, 'ORG_IN_MAINTENANCE', reasons.maintenance.soap[1]);
}
