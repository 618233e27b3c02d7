import { SalesforceError } from '../http/SalesforceError';
import { objectBody, ok, unreadable, type ApiAnswer, type ApiRequest, type ApiResource } from './ApiResource';
import { resolveReferences } from './compositeReferences';
import { runInside } from './subrequest';

/** Several requests in one call, each able to use the answers before it. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm */
export const compositeResources = (resources: () => readonly ApiResource[]): ApiResource[] => [
	{ method: 'POST', path: '/composite', kind: 'composite', handle: (request) => composite(request, resources()) },
	{ method: 'POST', path: '/composite/batch', kind: 'composite', handle: (request) => batch(request, resources()) },
];

interface Part {
	readonly method: string;
	readonly url: string;
	readonly referenceId: string;
	readonly body?: unknown;
	readonly httpHeaders?: Readonly<Record<string, string>>;
}

interface PartAnswer {
	readonly body: unknown;
	readonly httpHeaders: Readonly<Record<string, string>>;
	readonly httpStatusCode: number;
	readonly referenceId: string;
}

const mostParts = 25;
const mostQueries = 5;

function composite(request: ApiRequest, resources: readonly ApiResource[]): ApiAnswer {
	const { compositeRequest, allOrNone } = objectBody(request) as { compositeRequest?: Part[]; allOrNone?: boolean };
	if (!Array.isArray(compositeRequest)) throw unreadable('compositeRequest is required');
	const excess = checkParts(compositeRequest);
	if (excess) return ok({ compositeResponse: [{ body: [{ errorCode: 'LIMIT_EXCEEDED', message: excess }], httpHeaders: {}, httpStatusCode: 400, referenceId: null }] });
	const failed = (answers: readonly PartAnswer[]) => answers.some((answer) => answer.httpStatusCode >= 400);
	const answers = request.org.tables.atomically(() => runParts(request, resources, compositeRequest, allOrNone === true), (made) => !allOrNone || !failed(made));
	return ok({ compositeResponse: allOrNone && failed(answers) ? answers.map(rolledBack) : answers });
}

/** What is too much, if anything. https://github.com/guardian/support-service-lambdas/pull/766 */
function checkParts(parts: readonly Part[]): string | undefined {
	const ids = parts.map((part) => part.referenceId);
	const twice = ids.find((id, index) => ids.indexOf(id) !== index);
	if (twice) throw new SalesforceError(400, 'JSON_PARSER_ERROR', `Duplicate referenceId provided in request: ${twice}`);
	const queries = parts.filter((part) => /\/(query|queryAll|composite\/sobjects)\b/.test(part.url)).length;
	if (parts.length > mostParts) return `The request can’t contain more than ${mostParts} operations.`;
	return queries > mostQueries ? `The request can’t contain more than ${mostQueries} query operations.` : undefined;
}

function runParts(request: ApiRequest, resources: readonly ApiResource[], parts: readonly Part[], stopAtFailure: boolean): PartAnswer[] {
	const answers: PartAnswer[] = [];
	let halted = false;
	for (const part of parts) {
		const answer: PartAnswer = halted ? haltedAnswer(part) : runPart(request, resources, part, answers);
		answers.push(answer);
		halted ||= stopAtFailure && answer.httpStatusCode >= 400;
	}
	return answers;
}

function runPart(request: ApiRequest, resources: readonly ApiResource[], part: Part, before: readonly PartAnswer[]): PartAnswer {
	const resolve = resolveReferences(new Map(before.map((answer) => [answer.referenceId, answer])));
	const resolved = resolve({ url: part.url, body: part.body, httpHeaders: part.httpHeaders });
	if ('error' in resolved) return { body: [{ errorCode: 'PROCESSING_HALTED', message: resolved.error }], httpHeaders: {}, httpStatusCode: 400, referenceId: part.referenceId };
	const { status, body, headers } = runInside(request, resources, { ...resolved.value, method: part.method });
	return { body: body ?? null, httpHeaders: headers ?? {}, httpStatusCode: status, referenceId: part.referenceId };
}

const halt = 'The transaction was rolled back since another operation in the same transaction failed.';
const haltedAnswer = (part: Part): PartAnswer => ({ body: [{ errorCode: 'PROCESSING_HALTED', message: halt }], httpHeaders: {}, httpStatusCode: 400, referenceId: part.referenceId });
const rolledBack = (answer: PartAnswer): PartAnswer => (answer.httpStatusCode >= 400 ? answer : { ...answer, body: [{ errorCode: 'PROCESSING_HALTED', message: halt }], httpHeaders: {}, httpStatusCode: 400 });

/** Independent requests in one call; each counts against the limits. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_batch.htm */
function batch(request: ApiRequest, resources: readonly ApiResource[]): ApiAnswer {
	const { batchRequests, haltOnError } = objectBody(request) as { batchRequests?: Array<{ method: string; url: string; richInput?: unknown }>; haltOnError?: boolean };
	if (!Array.isArray(batchRequests)) throw unreadable('batchRequests is required');
	if (batchRequests.length > mostParts) throw new SalesforceError(400, 'BATCH_LIMIT_EXCEEDED', `Batch size of ${batchRequests.length} exceeds the maximum of ${mostParts}`);
	const results: Array<{ statusCode: number; result: unknown }> = [];
	for (const { method, url, richInput } of batchRequests) {
		const halted = haltOnError === true && results.some((one) => one.statusCode >= 400);
		const { status, body } = halted ? { status: 412, body: [{ errorCode: 'BATCH_PROCESSING_HALTED', message: 'Batch processing halted per request' }] } : runInside(request, resources, { method, url, body: richInput });
		results.push({ statusCode: status, result: body ?? null });
	}
	return { status: 200, body: { hasErrors: results.some((one) => one.statusCode >= 400), results }, apiCalls: Math.max(1, results.length) };
}
