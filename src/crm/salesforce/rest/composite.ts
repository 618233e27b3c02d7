import { CrmError } from '../../../model/crmError';
import { malformedAnswer } from '../errors/localErrors';
import { requestError } from '../errors/toCrmError';
import { listOf, objectOf, textOf } from '../../json';
import { retrying, worthReadingAgain } from '../../retrying';
import { apiRoot, type RestRequest, type SalesforceRest } from './SalesforceRest';

/**
 * Searches and collections that one composite request takes; the whole counts as one call.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_composite.htm
 */
export const largestComposite = 5;

/** The answer to one sub-request: its parsed body, or why it failed. */
export type PartAnswer = { readonly body: unknown } | { readonly error: CrmError };

/**
 * The one request that carries several.
 *
 * A sub-request has its own headers and inherits none but those of sign-in and content:
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/requests_composite.htm
 */
export function compositeRequest(parts: readonly RestRequest[]): RestRequest {
	const subrequests = parts.map(({ method, path, headers, body }, at) => {
		const head = JSON.stringify({ method, url: path, referenceId: referenceOf(at), ...(headers && Object.keys(headers).length > 0 ? { httpHeaders: headers } : {}) });
		// The body is JSON already; parsing it only to write it again would double the work of large batches.
		return body === undefined ? head : `${head.slice(0, -1)},"body":${body}}`;
	});
	return {
		method: 'POST',
		path: `${apiRoot}/composite`,
		body: `{"allOrNone":false,"collateSubrequests":false,"compositeRequest":[${subrequests.join(',')}]}`,
	};
}

/** The answers in the order of the sub-requests; one that is missing or strange is an error of its own. */
export function compositeAnswers(body: unknown, count: number): readonly PartAnswer[] {
	const answers = new Map(listOf(objectOf(body).compositeResponse).map((answer) => [textOf(objectOf(answer).referenceId), objectOf(answer)]));
	return Array.from({ length: count }, (_, at) => {
		const answer = answers.get(referenceOf(at));
		const status = answer?.httpStatusCode;
		if (!answer || typeof status !== 'number') return { error: malformedAnswer('a part of it is missing') };
		return status >= 200 && status <= 299 ? { body: answer.body } : { error: requestError(status, answer.body) };
	});
}

/** Sends several reads as one, and those that failed for a moment only again; the others keep their answer. */
export async function readTogether(rest: SalesforceRest, parts: readonly RestRequest[]): Promise<readonly PartAnswer[]> {
	const answers = new Map<number, PartAnswer>();
	const unanswered = () => [...parts.keys()].filter((at) => !answers.has(at) || passing(answers.get(at)));
	const round = async () => {
		const asked = unanswered();
		const body = await rest.read(compositeRequest(asked.map((at) => parts[at])));
		for (const [index, answer] of compositeAnswers(body, asked.length).entries()) answers.set(asked[index], answer);
		const failed = unanswered().map((at) => answers.get(at)).find(passing);
		if (failed) throw failed.error;
	};
	await retrying(round, rest.patience(4, worthReadingAgain));
	return [...parts.keys()].map((at) => answers.get(at) ?? { error: malformedAnswer('a part of it is missing') });
}

function passing(answer: PartAnswer | undefined): answer is { readonly error: CrmError } {
	return answer !== undefined && 'error' in answer && worthReadingAgain(answer.error);
}

function referenceOf(at: number): string {
	return `part${at}`;
}
