import { PassThrough } from 'node:stream';
import { Transport } from 'jsforce/lib/transport';
import { StreamPromise } from 'jsforce/lib/util/promise';
import type { AuthorizedHttp, HttpRequest, HttpResponse } from '../../../model/authorizedHttp';
import { CrmError } from '../../../model/crmError';
import { cancelled } from '../../errors/cancelled';
import { malformedAnswer } from '../errors/localErrors';
import { requestError } from '../errors/toCrmError';
import type { UsageMeter } from './UsageMeter';

type JsforceRequest = Parameters<Transport['httpRequest']>[0];
type JsforceOptions = Parameters<Transport['httpRequest']>[1];
type JsforceResponse = Awaited<ReturnType<Transport['httpRequest']>>;

/** What the implementation of `AuthorizedHttp` decides alone. */
const notOurs = new Set(['authorization', 'content-length', 'cookie', 'host']);

/**
 * What jsforce sends through instead of its own transport, which would follow redirects with the token, retry by itself, and use
 * a proxy for the whole process. Every answer that is no success becomes a `CrmError` here, before jsforce can lose its status.
 */
export class AuthorizedTransport extends Transport {
	constructor(
		private readonly http: AuthorizedHttp,
		private readonly origin: string,
		private readonly meter: UsageMeter,
		private readonly signal?: AbortSignal,
	) {
		super();
	}

	override httpRequest(request: JsforceRequest, options?: JsforceOptions): StreamPromise<JsforceResponse> {
		return StreamPromise.create(() => ({ stream: new PassThrough(), promise: this.exchange(request, options?.timeout) }));
	}

	private async exchange(request: JsforceRequest, timeoutMs?: number): Promise<JsforceResponse> {
		if (this.signal?.aborted) throw cancelled();
		const response = await this.send({
			method: request.method as HttpRequest['method'],
			path: this.pathOf(request.url),
			headers: ourHeaders(request.headers),
			...(typeof request.body === 'string' ? { body: request.body } : {}),
			signal: this.signal,
			...(timeoutMs === undefined ? {} : { timeoutMs }),
		});
		if (response.status < 200 || response.status > 299) throw requestError(response.status, parsed(response.text));
		if (/^\s*</.test(response.text)) throw malformedAnswer('a page instead of data');
		// jsforce chooses the parser by this header, and XML or CSV is never asked for.
		return { statusCode: response.status, headers: { 'content-type': 'application/json' }, body: response.text };
	}

	private async send(request: HttpRequest): Promise<HttpResponse> {
		const billed = request.path.startsWith('/services/data/');
		try {
			const response = await this.http.send(request);
			if (billed) this.meter.countCall();
			this.meter.read(response.headers['sforce-limit-info']);
			return response;
		} catch (error) {
			const failure = asCrmError(error);
			if (billed && failure.replyLost) this.meter.countCall();
			throw failure;
		}
	}

	/** A full URL inside an answer could lead the sign-in to another host. */
	private pathOf(url: string): string {
		if (!url.startsWith(`${this.origin}/`)) throw malformedAnswer('an address of another host');
		return url.slice(this.origin.length);
	}
}

function asCrmError(error: unknown): CrmError {
	if (!(error instanceof CrmError)) return new CrmError('unavailable', { message: 'Salesforce could not be reached.', replyLost: true, cause: error });
	return error.kind === 'cancelled' ? cancelled(true) : error;
}

function ourHeaders(headers: JsforceRequest['headers']): Record<string, string> {
	return Object.fromEntries(Object.entries(headers ?? {}).filter(([name]) => !notOurs.has(name.toLowerCase())));
}

function parsed(text: string): unknown {
	try {
		return JSON.parse(text) as unknown;
	} catch {
		return text;
	}
}
