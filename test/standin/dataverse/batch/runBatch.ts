import { STATUS_CODES } from 'node:http';
import { preferencesOf, type ApiAnswer, type ApiRequest } from '../api/ApiRequest';
import { answerTo, routeOf } from '../api/dispatch';
import { parseUrl } from '../api/parseUrl';
import { headersToLog, type LoggedOperation } from '../calls';
import { DataverseError } from '../http/DataverseError';
import { resolved } from '../records/readInput';
import { boundaryOf, requestIn, splitParts, type Part } from './multipart';

/** What a `$batch` answers: the text of its parts, and what ran. */
export interface BatchAnswer extends ApiAnswer {
	readonly parts: readonly string[];
	readonly boundary: string;
	readonly operations: readonly LoggedOperation[];
}

interface Run {
	readonly request: ApiRequest;
	readonly operations: LoggedOperation[];
	readonly requestId: string;
}

class ChangeSetFailed extends Error {
	constructor(
		readonly answer: ApiAnswer,
		readonly contentId: string | undefined,
	) {
		super();
	}
}

const largest = 1000;

/** Runs the operations of a `$batch` in their order; a change set stays whole or leaves nothing. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/execute-batch-operations-using-web-api */
export function runBatch(request: ApiRequest): BatchAnswer {
	const boundary = boundaryOf(request.headers['content-type']);
	if (boundary === undefined) throw new DataverseError(400, '0x80060888', 'The content type of a batch must be multipart/mixed with a boundary.');
	const parts = splitParts(String(request.body ?? ''), boundary);
	checkSize(parts);
	const run: Run = { request, operations: [], requestId: request.env.guids.next() };
	const made = `batchresponse_${request.env.guids.next()}`;
	const texts: string[] = [];
	const { continueOnError } = preferencesOf(request);
	for (const part of parts) {
		const { text, status } = runPart(run, part);
		texts.push(text);
		if (status >= 400 && !continueOnError) return { status, parts: texts, boundary: made, operations: run.operations };
	}
	return { status: 200, parts: texts, boundary: made, operations: run.operations };
}

function checkSize(parts: readonly Part[]): void {
	const count = parts.reduce((sum, part) => {
		const inner = boundaryOf(part.headers['content-type']);
		return sum + (inner === undefined ? 1 : splitParts(part.content, inner).length);
	}, 0);
	if (count > largest) throw new DataverseError(400, '0x80060888', `The number of requests in a batch exceeds the maximum of ${largest}.`);
}

function runPart(run: Run, part: Part): { text: string; status: number } {
	const inner = boundaryOf(part.headers['content-type']);
	if (inner !== undefined) return runChangeSet(run, splitParts(part.content, inner));
	const answer = runOperation(run, part, new Map(), false);
	return { text: partText(run, answer, part.headers['content-id']), status: answer.status };
}

function runChangeSet(run: Run, parts: readonly Part[]): { text: string; status: number } {
	const { env } = run.request;
	try {
		const texts = env.store.transaction(() => {
			const contentIds = new Map<string, string>();
			return parts.map((part) => {
				const answer = runOperation(run, part, contentIds, true);
				const id = part.headers['content-id'];
				if (answer.status >= 400) throw new ChangeSetFailed(answer, id);
				if (id !== undefined && answer.headers?.['OData-EntityId']) contentIds.set(id, answer.headers['OData-EntityId']);
				return partText(run, answer, id);
			});
		});
		const made = `changesetresponse_${env.guids.next()}`;
		const text = `Content-Type: multipart/mixed; boundary=${made}\r\n\r\n${texts.map((one) => `--${made}\r\n${one}\r\n`).join('')}--${made}--`;
		return { text, status: 200 };
	} catch (error) {
		if (!(error instanceof ChangeSetFailed)) throw error;
		return { text: partText(run, error.answer, error.contentId), status: error.answer.status };
	}
}

function runOperation(run: Run, part: Part, contentIds: ReadonlyMap<string, string>, inChangeSet: boolean): ApiAnswer {
	const { request, operations } = run;
	const { method, url, headers, content } = requestIn(part);
	try {
		if (inChangeSet && method === 'GET')
			throw new DataverseError(400, '0x80060888', 'An invalid method was detected in a change set: GET requests are not allowed in change sets.');
		const path = belowService(resolved(contentIds, url));
		if (path.startsWith('$batch')) throw new DataverseError(400, '0x80060888', 'A batch cannot contain another batch.');
		const inner: ApiRequest = { ...request, method, url: parseUrl(path), headers, body: parsed(content), contentIds };
		const route = routeOf(inner);
		const answer = answerTo(inner, route);
		operations.push({ method, path, kind: route.kind, status: answer.status, headers: headersToLog(headers), body: inner.body });
		return answer;
	} catch (error) {
		if (!(error instanceof DataverseError)) throw error;
		operations.push({ method, path: url, kind: 'unknown', status: error.status, headers: headersToLog(headers), body: content });
		return { status: error.status, body: error.body() };
	}
}

const belowService = (url: string): string =>
	url
		.replace(/^https?:\/\/[^/]+/, '')
		.replace(/^\/?api\/data\/v\d+\.\d+\//, '')
		.replace(/^\//, '');

function parsed(content: string): unknown {
	if (content === '') return undefined;
	try {
		return JSON.parse(content);
	} catch {
		throw new DataverseError(400, '0x80048d19', 'The body of a batch part is not valid JSON.');
	}
}

function partText({ requestId }: Run, { status, headers = {}, body }: ApiAnswer, contentId: string | undefined): string {
	const json = body !== undefined && typeof body !== 'string';
	const lines = [
		'Content-Type: application/http',
		'Content-Transfer-Encoding: binary',
		...(contentId === undefined ? [] : [`Content-ID: ${contentId}`]),
		'',
		`HTTP/1.1 ${status} ${STATUS_CODES[status] ?? ''}`,
		...(status >= 400 ? [`REQ_ID: ${requestId}`] : []),
		...(json ? ['Content-Type: application/json; odata.metadata=minimal'] : []),
		'OData-Version: 4.0',
		...Object.entries(headers).map(([name, value]) => `${name}: ${value}`),
		'',
		body === undefined ? '' : json ? JSON.stringify(body) : body,
	];
	return lines.join('\r\n');
}
