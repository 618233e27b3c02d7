import type { AuthorizedHttp, HttpRequest, HttpResponse } from '../../../src/model/authorizedHttp';
import type { CrmAdapter } from '../../../src/model/crmAdapter';
import { newCaches, type SalesforceCaches } from '../../../src/crm/salesforce/describe/caches';
import { openSalesforceAdapter } from '../../../src/crm/salesforce/openSalesforceAdapter';
import { canonicalId } from '../../../src/crm/salesforce/ids';
import type { AdapterSettings } from '../../../src/crm/adapterSettings';

/** What a script answers: a status and a body, which is sent as JSON unless it is text already. */
export interface ScriptedAnswer {
	readonly status?: number;
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
}

/** Decides each answer; throwing stands for no answer. */
export type Script = (request: HttpRequest, at: number) => ScriptedAnswer | Promise<ScriptedAnswer>;

/** A CRM that answers by a script, for answers that a well-behaved one never gives. */
export class ScriptedHttp implements AuthorizedHttp {
	readonly requests: HttpRequest[] = [];

	constructor(private readonly script: Script) {}

	async send(request: HttpRequest): Promise<HttpResponse> {
		this.requests.push(request);
		const { status = 200, body = '', headers = {} } = await this.script(request, this.requests.length - 1);
		return { status, headers: { 'content-type': 'application/json', ...headers }, text: typeof body === 'string' ? body : JSON.stringify(body) };
	}
}

/** An adapter over a script, with caches of its own. */
export function scripted(script: Script, more: Partial<AdapterSettings> & { readonly caches?: SalesforceCaches } = {}): { adapter: CrmAdapter; http: ScriptedHttp } {
	const http = new ScriptedHttp(script);
	const { caches = newCaches(() => 0), ...settings } = more;
	return { http, adapter: openSalesforceAdapter({ http, instanceUrl: 'https://acme.my.salesforce.com', cacheKey: 'test', retryDelayMs: 1, ...settings }, caches) };
}

/** The body of an error answer of the REST API. */
export function apiError(errorCode: string, message = errorCode, fields: readonly string[] = []): readonly object[] {
	return [{ errorCode, message, fields }];
}

/** A valid id whose number is `at`. */
export function leadId(at: number): string {
	return canonicalId(`00Q${String(at).padStart(12, '0')}`) ?? '';
}

/** The statements of a request, whether alone or inside a composite. */
export function statementsIn({ path, body }: HttpRequest): readonly string[] {
	const paths = path.endsWith('/composite') ? (JSON.parse(body ?? '') as { compositeRequest: Array<{ url: string }> }).compositeRequest.map(({ url }) => url) : [path];
	return paths.map((one) => new URL(one, 'https://x').searchParams.get('q') ?? '');
}

/** Answers every sub-request of a composite, or the request alone, with a body. */
export function answerEach(request: HttpRequest, answer: (part: { method: string; url: string; body?: unknown; httpHeaders?: Record<string, string> }) => unknown): ScriptedAnswer {
	if (!request.path.endsWith('/composite')) return { body: answer({ method: request.method, url: request.path, body: request.body === undefined ? undefined : JSON.parse(request.body), httpHeaders: { ...request.headers } }) };
	const { compositeRequest } = JSON.parse(request.body ?? '') as { compositeRequest: Array<{ method: string; url: string; referenceId: string; body?: unknown }> };
	return { body: { compositeResponse: compositeRequest.map((part) => ({ referenceId: part.referenceId, httpStatusCode: 200, httpHeaders: {}, body: answer(part) })) } };
}

/** No rows for any search. */
export const nothingFound = { totalSize: 0, done: true, records: [] };

/** Everything that `match` finds, in one list. */
export async function allOf<T>(pages: AsyncIterable<T>): Promise<T[]> {
	const all: T[] = [];
	for await (const page of pages) all.push(page);
	return all;
}
