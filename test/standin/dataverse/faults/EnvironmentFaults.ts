import { FaultSwitches, type Fault, type Reach } from './FaultSwitches';

/** What can go wrong; one entry per fault of `EnvironmentFaults`. */
export interface EnvironmentFaultKinds {
	latency: { readonly milliseconds: number };
	alwaysUnauthorized: object;
	serviceProtection: { readonly limit: ServiceLimit; readonly retryAfter: number };
	serverError: { readonly status: number; readonly body: string | object; readonly work: Work };
	resetBeforeCommit: object;
	resetAfterCommit: object;
	cutBatch: { readonly afterParts: number };
	failOperation: { readonly status: number; readonly code: string; readonly message: string; readonly retryAfter?: number };
	ipFirewall: object;
}

/** What becomes of the work of a request that is answered with a failure: it is not done, done before the answer, or when a test says so. */
type Work = 'none' | 'before' | 'late';

/** The three limits per user and web server. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/api-limits */
export type ServiceLimit = 'requests' | 'time' | 'concurrency';

const serverErrorBody = { error: { code: '0x80040216', message: 'An unexpected error occurred.' } };
const gatewayBody =
	'<html><head><title>502 Bad Gateway</title></head><body><center><h1>502 Bad Gateway</h1></center><hr><center>Microsoft-Azure-Application-Gateway/v2</center></body></html>';

const gatewayJson = { error: { code: 'GatewayTimeout', message: 'The gateway did not receive a response within the specified time period.' } };

interface GatewayAnswer {
	readonly status?: number;
	readonly form?: 'html' | 'json';
	readonly afterCommit?: boolean;
	readonly late?: boolean;
}

/** The switches for everything that goes wrong with an environment. Each returns the fault, to see whether it struck. */
export class EnvironmentFaults extends FaultSwitches<EnvironmentFaultKinds> {
	/** Every answer comes later by so many milliseconds. */
	latency = (milliseconds: number, reach: Reach = {}): Fault => this.add('latency', { milliseconds }, reach);

	/** 401 for every token, however new. */
	alwaysUnauthorized = (reach: Reach = {}): Fault => this.add('alwaysUnauthorized', {}, reach);

	/** 429 with Retry-After in seconds. Strikes whole requests, not the operations of a `$batch`. */
	serviceProtection = (limit: ServiceLimit = 'requests', { retryAfter = 10, ...reach }: { retryAfter?: number } & Reach = {}): Fault =>
		this.add('serviceProtection', { limit, retryAfter }, reach);

	/** An answer of a broken server; `afterCommit` does the work all the same. */
	serverError = ({
		status = 500,
		body = serverErrorBody,
		afterCommit = false,
		...reach
	}: { status?: number; body?: string | object; afterCommit?: boolean } & Reach = {}): Fault =>
		this.add('serverError', { status, body, work: afterCommit ? 'before' : 'none' }, reach);

	/** A gateway in front of the environment gives up, in HTML or JSON; the work is done before its answer (`afterCommit`), or by `environment.finishLateWork()`. */
	gatewayError = ({ status = 502, form = 'html', afterCommit = false, late = false, ...reach }: GatewayAnswer & Reach = {}): Fault =>
		this.add('serverError', { status, body: form === 'html' ? gatewayBody : gatewayJson, work: late ? 'late' : afterCommit ? 'before' : 'none' }, reach);

	/** The connection is cut before the request did anything. */
	resetBeforeCommit = (reach: Reach = {}): Fault => this.add('resetBeforeCommit', {}, reach);

	/** The connection is cut after the request did its work: the answer is lost. */
	resetAfterCommit = (reach: Reach = {}): Fault => this.add('resetAfterCommit', {}, reach);

	/** The answer of a `$batch` ends in the middle of the part after `afterParts` whole ones; all the work is done. */
	cutBatch = ({ afterParts = 1, ...reach }: { afterParts?: number } & Reach = {}): Fault => this.add('cutBatch', { afterParts }, reach);

	/** One operation fails: a request of its own, or one inside a `$batch`; `retryAfter` in seconds. */
	failOperation = ({
		status = 400,
		code = '0x80040265',
		message = 'The plug-in refused.',
		retryAfter,
		...reach
	}: { status?: number; code?: string; message?: string; retryAfter?: number } & Reach = {}): Fault =>
		this.add('failOperation', { status, code, message, ...(retryAfter === undefined ? {} : { retryAfter }) }, reach);

	/** The database took too long. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/bulk-operations#sql-timeout */
	sqlTimeout = (reach: Reach = {}): Fault => this.failOperation({ status: 500, code: '0x80044151', message: 'SQL timeout expired.', ...reach });

	/** Two writes waited for each other. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/bulk-operations#sql-error */
	deadlock = (reach: Reach = {}): Fault => this.sqlError(1205, reach);

	/** The database refused, by the number that SQL Server gives it: 8152 a text that is too long, 10054 a connection that was lost. */
	sqlError = (number: number, reach: Reach = {}): Fault =>
		this.failOperation({
			status: 500,
			code: '0x80044150',
			message: `Sql error: Generic SQL error. CRM ErrorCode: -2147204784 Sql ErrorCode: -2146232060 Sql Number: ${number}`,
			...reach,
		});

	/** 403 since the caller's address is outside the allowed ranges. https://learn.microsoft.com/en-us/power-platform/admin/ip-firewall */
	ipFirewall = (reach: Reach = {}): Fault => this.add('ipFirewall', {}, reach);
}
