/** What a fault may look at to decide whether a request is meant for it. */
export interface FaultRequest {
	readonly method: string;
	readonly path: string;
	readonly kind: string;
	readonly body: unknown;
}

/** How far a fault reaches; without limits it stays on for every API request until cleared. Sign-in and pages are spared unless `when` takes them. */
export interface Reach {
	readonly times?: number;
	readonly when?: (request: FaultRequest) => boolean;
}

/** A fault that was switched on: how often it has struck, and its switch. */
export interface Fault {
	readonly struck: number;
	clear(): void;
}

/** What can go wrong; one entry per fault of `Faults`. */
export interface FaultKinds {
	latency: { readonly milliseconds: number };
	alwaysUnauthorized: object;
	policyUnauthorized: object;
	refreshRevoked: object;
	requestLimitExceeded: object;
	concurrentLimit: object;
	apiDisabled: object;
	serverError: { readonly status: number; readonly body: string | object; readonly afterCommit: boolean };
	resetBeforeCommit: object;
	resetAfterCommit: object;
	rowLock: { readonly rows: number };
	halfFailedBatch: object;
	omitInstanceUrlOnRefresh: object;
}

interface Active {
	readonly kind: keyof FaultKinds;
	readonly settings: unknown;
	readonly reach: Reach;
	struck: number;
}

const serverErrorBody = [{ message: 'An unexpected error occurred. Please include this ErrorId if you contact support: 1234567890-12345 (1234567890)', errorCode: 'UNKNOWN_EXCEPTION' }];
const serverErrorPage = '<html><head><title>Error</title></head><body><h1>Service Unavailable</h1><p>Our servers are down for maintenance.</p></body></html>';

const signInFaults: ReadonlyArray<keyof FaultKinds> = ['refreshRevoked', 'omitInstanceUrlOnRefresh'];

/** The switches for everything that goes wrong with an org. Each returns the fault, to see whether it struck. */
export class Faults {
	private active: Active[] = [];

	/** `killSessions` ends every session that was issued so far. */
	constructor(private readonly killSessions: () => void) {}

	/** Every answer comes later by so many milliseconds. */
	latency = (milliseconds: number, reach: Reach = {}): Fault => this.add('latency', { milliseconds }, reach);

	/** Ends every session issued so far; a refresh or a new sign-in gives one that works. */
	expireSessionsOnce = (): void => this.killSessions();

	/** 401 INVALID_SESSION_ID for every session, however new. */
	alwaysUnauthorized = (reach: Reach = {}): Fault => this.add('alwaysUnauthorized', {}, reach);

	/** 401 with the text of a policy that no refresh satisfies. */
	policyUnauthorized = (reach: Reach = {}): Fault => this.add('policyUnauthorized', {}, reach);

	/** Refreshing answers 400 invalid_grant. */
	refreshRevoked = (reach: Reach = {}): Fault => this.add('refreshRevoked', {}, reach);

	/** 403 REQUEST_LIMIT_EXCEEDED: the day's calls are used up. */
	requestLimitExceeded = (reach: Reach = {}): Fault => this.add('requestLimitExceeded', {}, reach);

	/** 403 REQUEST_LIMIT_EXCEEDED: too many long requests at once. */
	concurrentLimit = (reach: Reach = {}): Fault => this.add('concurrentLimit', {}, reach);

	/** 403 API_DISABLED_FOR_ORG. */
	apiDisabled = (reach: Reach = {}): Fault => this.add('apiDisabled', {}, reach);

	/** An answer of a broken server; `html` gives the page of a proxy instead of the API's JSON, `afterCommit` does the work all the same. */
	serverError = ({ status = 500, html = false, body, afterCommit = false, ...reach }: { status?: number; html?: boolean; body?: string | object; afterCommit?: boolean } & Reach = {}): Fault =>
		this.add('serverError', { status, body: body ?? (html ? serverErrorPage : serverErrorBody), afterCommit }, reach);

	/** The connection is cut before the request did anything. */
	resetBeforeCommit = (reach: Reach = {}): Fault => this.add('resetBeforeCommit', {}, reach);

	/** The connection is cut after the request did its work: the answer is lost. */
	resetAfterCommit = (reach: Reach = {}): Fault => this.add('resetAfterCommit', {}, reach);

	/** The first `rows` rows of a writing request get UNABLE_TO_LOCK_ROW. */
	rowLock = ({ rows = 1, ...reach }: { rows?: number } & Reach = {}): Fault => this.add('rowLock', { rows }, reach);

	/** Every second row of a collection fails with UNKNOWN_EXCEPTION. */
	halfFailedBatch = (reach: Reach = {}): Fault => this.add('halfFailedBatch', {}, reach);

	/** A refresh answers without instance_url. */
	omitInstanceUrlOnRefresh = (reach: Reach = {}): Fault => this.add('omitInstanceUrlOnRefresh', {}, reach);

	/** Switches every fault off; sessions that were ended stay ended. */
	clear(): void {
		this.active = [];
	}

	/** Used by the stand-in: the settings of the first fault of this kind that is meant for the request, which then counts as struck. */
	strike<K extends keyof FaultKinds>(kind: K, request: FaultRequest): FaultKinds[K] | undefined {
		const spared = !signInFaults.includes(kind) && ['oauth', 'soap', 'page'].includes(request.kind);
		const meant = ({ when }: Reach) => (when ? when(request) : !spared);
		const fault = this.active.find((one) => one.kind === kind && one.struck < (one.reach.times ?? Infinity) && meant(one.reach));
		if (!fault) return undefined;
		fault.struck += 1;
		return fault.settings as FaultKinds[K];
	}

	private add<K extends keyof FaultKinds>(kind: K, settings: FaultKinds[K], reach: Reach): Fault {
		const fault: Active = { kind, settings, reach, struck: 0 };
		this.active.push(fault);
		return {
			get struck() {
				return fault.struck;
			},
			clear: () => {
				this.active = this.active.filter((one) => one !== fault);
			},
		};
	}
}
