import { CrmError } from '../../../model/crmError';
import { retrying, worthReadingAgain } from '../../retrying';
import { malformedAnswer, notReached } from '../errors/localErrors';
import { requestError } from '../errors/toCrmError';
import { apiRoot, type DynamicsRest, type RestAnswer, type RestRequest } from './DynamicsRest';
import { answerParts, isWhole, type AnswerPart } from './multipart';

/** The answer to one operation of a batch, or why it failed. */
export type PartAnswer = RestAnswer | { readonly error: CrmError };

/** No line of a body, an address or a header of ours begins like this: JSON and addresses have no line breaks of their own. */
const boundary = 'batch_crm_sync';

/**
 * The one request that carries several. Without change sets each operation stands for itself, and one that fails stops no other.
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/execute-batch-operations-using-web-api
 */
export function batchRequest(parts: readonly RestRequest[]): RestRequest {
	return {
		method: 'POST',
		path: '$batch',
		headers: { 'content-type': `multipart/mixed; boundary="${boundary}"`, prefer: 'odata.continue-on-error' },
		body: [...parts.map(partText), `--${boundary}--\r\n`].join(''),
		operations: parts.length,
	};
}

function partText({ method, path, headers, body }: RestRequest): string {
	const all = { accept: 'application/json', ...(body === undefined ? {} : { 'content-type': 'application/json; type=entry' }), ...headers };
	return [
		`--${boundary}`,
		'Content-Type: application/http',
		'Content-Transfer-Encoding: binary',
		'',
		`${method} ${apiRoot}${path} HTTP/1.1`,
		...Object.entries(all).map(([name, value]) => `${name}: ${value}`),
		'',
		`${body ?? ''}\r\n`,
	].join('\r\n');
}

/** The answers in the order of the operations; one that is missing, cut or strange is an error of its own. */
export function batchAnswers({ status, headers, body }: RestAnswer, count: number): readonly PartAnswer[] {
	const [text, type] = [typeof body === 'string' ? body : '', headers['content-type'] ?? ''];
	const parts = answerParts(text, type);
	const strange = parts.length > count;
	// Where a batch stops at the first failure, it bears its status and has no more parts.
	const stopped = status >= 400 && !strange && isWhole(text, type);
	return Array.from({ length: count }, (_, at) => {
		const part = strange ? undefined : parts[at];
		if (part) return partAnswer(part);
		if (stopped && at >= parts.length) return { error: notReached() };
		return { error: malformedAnswer(strange ? `${parts.length} answers to ${count} operations` : 'a part of it is missing') };
	});
}

/** Of several failures the one that asks for the longest wait. */
export function mostPatient(errors: readonly CrmError[]): CrmError | undefined {
	return errors.toSorted((one, other) => (other.retryAfterMs ?? 0) - (one.retryAfterMs ?? 0)).at(0);
}

function partAnswer({ status, headers, text }: AnswerPart): PartAnswer {
	let body: unknown;
	try {
		body = text === '' ? undefined : JSON.parse(text);
	} catch (error) {
		if (status < 300) return { error: malformedAnswer('a part of it is no data', error) };
		body = text;
	}
	return status >= 200 && status <= 299 ? { status, headers, body } : { error: requestError({ status, headers, body }) };
}

/** Sends reads, one alone or several as one request; those that failed for a moment only are asked again, the others keep their answer. */
export async function readTogether(rest: DynamicsRest, requests: readonly RestRequest[]): Promise<readonly PartAnswer[]> {
	if (requests.length === 0) return [];
	if (requests.length === 1 && requests[0].path.length <= longestAddress) return [await readAlone(rest, requests[0])];
	const answers = new Map<RestRequest, PartAnswer>();
	const unanswered = () => requests.filter((request) => !answers.has(request) || passing(answers.get(request)));
	const round = async () => {
		const asked = unanswered();
		const answer = await rest.readOnce(batchRequest(asked));
		for (const [at, part] of batchAnswers(answer, asked.length).entries()) answers.set(asked[at], part);
		const failed = mostPatient(unanswered().map((request) => answers.get(request)).filter(passing).map(({ error }) => error));
		if (!failed) return;
		rest.heed(failed);
		throw failed;
	};
	await retrying(round, rest.patience(4, worthReadingAgainOrCut));
	return requests.map((request) => answers.get(request) ?? { error: malformedAnswer('a part of it is missing') });
}

/** Longest address that is sent by itself. Dataverse takes more, but gateways may not. */
const longestAddress = 8_000;

async function readAlone(rest: DynamicsRest, request: RestRequest): Promise<PartAnswer> {
	try {
		return await rest.read(request);
	} catch (error) {
		if (error instanceof CrmError) return { error };
		throw error;
	}
}

/** A read whose answer was cut is asked again. */
function worthReadingAgainOrCut(error: CrmError): boolean {
	return worthReadingAgain(error) || (error.kind === 'unavailable' && error.replyLost);
}

function passing(answer: PartAnswer | undefined): answer is { readonly error: CrmError } {
	return answer !== undefined && 'error' in answer && worthReadingAgainOrCut(answer.error);
}
