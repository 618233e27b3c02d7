import { FaultSwitches, type Fault, type Reach } from './FaultSwitches';

/** What can go wrong at the sign-in; one entry per fault of `TenantFaults`. */
export interface TenantFaultKinds {
	latency: { readonly milliseconds: number };
	refuse: { readonly code: number };
	throttled: { readonly retryAfter: number };
	serverError: { readonly status: number; readonly html: boolean };
	resetBeforeCommit: object;
}

/** The switches for what goes wrong with one tenant's sign-in, beside what follows from its apps and users. */
export class TenantFaults extends FaultSwitches<TenantFaultKinds> {
	/** Every answer comes later by so many milliseconds. */
	latency = (milliseconds: number, reach: Reach = {}): Fault => this.add('latency', { milliseconds }, reach);

	/** The token endpoint refuses with this AADSTS code: a number, or text such as `AADSTS90033`. */
	refuse = (code: number | string, reach: Reach = {}): Fault => this.add('refuse', { code: Number(String(code).replace(/^AADSTS/i, '')) }, reach);

	/** 429 with Retry-After in seconds. https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes */
	throttled = ({ retryAfter = 30, ...reach }: { retryAfter?: number } & Reach = {}): Fault => this.add('throttled', { retryAfter }, reach);

	/** An answer of a broken server: Microsoft's JSON, or the page of a gateway. */
	serverError = ({ status = 503, html = false, ...reach }: { status?: number; html?: boolean } & Reach = {}): Fault =>
		this.add('serverError', { status, html }, reach);

	/** The connection is cut before a token was made. */
	resetBeforeCommit = (reach: Reach = {}): Fault => this.add('resetBeforeCommit', {}, reach);
}
