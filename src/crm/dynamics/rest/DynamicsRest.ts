import type { HttpRequest, HttpResponse } from '../../../model/authorizedHttp';
import { CrmError } from '../../../model/crmError';
import type { AdapterSettings } from '../../adapterSettings';
import { cancelled } from '../../errors/cancelled';
import { retrying, waitOrCancel, worthReadingAgain, worthWritingAgain, type Patience } from '../../retrying';
import { malformedAnswer } from '../errors/localErrors';
import { requestError } from '../errors/toCrmError';
import { UsageMeter } from './UsageMeter';

/** Path below which the Web API of this version lies. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors */
export const apiRoot = '/api/data/v9.2/';

/** An operation may take two minutes, and a batch runs its operations one after the other. Whoever hangs up earlier does not know what was written. */
const writeWithinMs = 600_000;

/** As many writes at once as we send, whatever is recommended: more would fill the lanes of other workflows. */
const mostLanes = 4;

/** One request of ours. */
export interface RestRequest {
	readonly method: HttpRequest['method'];
	/** Below the root of the API, without a slash in front. */
	readonly path: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
	/** As how many it is counted; one unless said. */
	readonly operations?: number;
}

/** A successful answer that nobody has checked yet. */
export interface RestAnswer {
	/** Of the 200s, but that the whole of a batch bears the status of its first failure where it stopped there. */
	readonly status: number;
	/** Names in lower case. */
	readonly headers: Readonly<Record<string, string>>;
	/** Parsed JSON; the text where it is something else, `undefined` where there is none. */
	readonly body: unknown;
}

// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors#http-headers
const always = { accept: 'application/json', 'odata-maxversion': '4.0', 'odata-version': '4.0', 'if-none-match': 'null' };

/** The Web API over `AuthorizedHttp`: headers, repetition, counting. Everything thrown is a `CrmError`. */
export class DynamicsRest {
	readonly meter = new UsageMeter();
	readonly signal?: AbortSignal;
	private lanes = 1;
	private limits = 0;
	/** Ends when every wait that was asked for so far is over. */
	private quiet: Promise<unknown> = Promise.resolve();

	constructor(private readonly settings: AdapterSettings) {
		this.signal = settings.signal;
	}

	/** How many writes may be under way at once: as the server recommends. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/send-parallel-requests */
	get lanesForWrites(): number {
		return this.lanes;
	}

	/** How often a limit of Dataverse was met so far. Whoever sees it grow does better to send less at once. */
	get limitsMet(): number {
		return this.limits;
	}

	/**
	 * Takes a failure to heart: while one request is asked to wait, no other is sent either, because what knocks meanwhile makes the wait
	 * longer. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/api-limits#retry-operations
	 */
	heed({ kind, transient, retryAfterMs }: CrmError): void {
		if (kind === 'throttled') this.limits += 1;
		if (!transient || retryAfterMs === undefined) return;
		const { wait = waitOrCancel } = this.settings;
		const over = wait(retryAfterMs, this.signal).catch(() => undefined);
		this.quiet = Promise.all([this.quiet, over]);
	}

	/** A request that changes nothing, so it is repeated after every transient failure. */
	async read(request: RestRequest): Promise<RestAnswer> {
		return await retrying(async () => await this.exchange(request), this.patience(4, worthReadingAgain));
	}

	/** The same, sent once: for whoever repeats only a part of it. */
	async readOnce(request: RestRequest): Promise<RestAnswer> {
		return await this.exchange(request);
	}

	/** A request that changes records, so it is repeated only where it surely was not carried out. */
	async write(request: RestRequest): Promise<RestAnswer> {
		return await retrying(async () => await this.exchange(request, writeWithinMs), this.patience(4, worthWritingAgain));
	}

	/** How patient this adapter is. */
	patience(tries: number, worthAnother: Patience['worthAnother']): Patience {
		return { tries, delayMs: this.settings.retryDelayMs ?? 500, signal: this.signal, worthAnother, wait: this.settings.wait };
	}

	private async exchange(request: RestRequest, timeoutMs?: number): Promise<RestAnswer> {
		await this.untilQuiet();
		if (this.signal?.aborted) throw cancelled();
		const { status, headers, text } = await this.send(request, timeoutMs);
		this.noteRecommendation(headers);
		const body = isMultipart(headers) ? text : parsed(text);
		// The parts of a batch tell more than the whole.
		if ((status >= 200 && status <= 299) || (isMultipart(headers) && request.path === '$batch')) return { status, headers, body: checked(body, headers) };
		const error = requestError({ status, headers, body, origin: this.settings.instanceUrl });
		this.heed(error);
		throw error;
	}

	/** A wait may be prolonged while it lasts. */
	private async untilQuiet(): Promise<void> {
		for (let known; known !== this.quiet; ) {
			known = this.quiet;
			await known;
		}
	}

	private async send({ method, path, headers, body, operations = 1 }: RestRequest, timeoutMs?: number): Promise<HttpResponse> {
		try {
			const response = await this.settings.http.send({
				method,
				path: `${apiRoot}${path}`,
				headers: { ...always, ...(body === undefined ? {} : { 'content-type': 'application/json; charset=utf-8' }), ...headers },
				...(body === undefined ? {} : { body }),
				signal: this.signal,
				...(timeoutMs === undefined ? {} : { timeoutMs }),
			});
			this.meter.countCall(operations);
			return response;
		} catch (error) {
			const failure = asCrmError(error);
			if (failure.replyLost) this.meter.countCall(operations);
			throw failure;
		}
	}

	private noteRecommendation(headers: RestAnswer['headers']): void {
		const hint = /^\s*(\d{1,4})\s*$/.exec(headers['x-ms-dop-hint'] ?? '')?.[1];
		if (hint !== undefined) this.lanes = Math.max(1, Math.min(mostLanes, Number(hint)));
	}
}

/**
 * Whether the Web API itself answered, and no gateway or proxy on the way: each of its answers names the version of its protocol.
 * https://docs.oasis-open.org/odata/odata/v4.0/odata-v4.0-part1-protocol.html
 */
export function isAnswerOfDataverse({ headers }: Pick<RestAnswer, 'headers'>): boolean {
	return headers['odata-version'] !== undefined;
}

/** Whether an answer is the several answers of a batch. */
function isMultipart(headers: RestAnswer['headers']): boolean {
	return /^\s*multipart\/mixed\b/i.test(headers['content-type'] ?? '');
}

function asCrmError(error: unknown): CrmError {
	if (!(error instanceof CrmError)) return new CrmError('unavailable', { message: 'Dynamics 365 could not be reached.', replyLost: true, cause: error });
	return error.kind === 'cancelled' ? cancelled(true) : error;
}

function parsed(text: string): unknown {
	if (text === '') return undefined;
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}

function checked(body: unknown, headers: RestAnswer['headers']): unknown {
	if (typeof body !== 'string' || isMultipart(headers)) return body;
	throw malformedAnswer(/^\s*</.test(body) ? 'a page instead of data' : 'data of another form than expected');
}
