import type { Ask, AskRequest } from '../../../../src/model/ask';
import type { HttpResponse } from '../../../../src/model/authorizedHttp';
import { CrmError } from '../../../../src/model/crmError';

/** A sign-in service that gives one answer, and keeps what it was asked. */
export function scriptedAsk(status: number, body: string | object, headers: Record<string, string> = {}): { readonly ask: Ask; readonly asked: AskRequest[] } {
	const asked: AskRequest[] = [];
	const answer: HttpResponse = { status, headers, text: typeof body === 'string' ? body : JSON.stringify(body) };
	return { asked, ask: async (request) => await Promise.resolve((asked.push(request), answer)) };
}

/** The error of work that has to fail with one of ours. */
export async function failureOf(work: () => unknown): Promise<CrmError> {
	try {
		await work();
	} catch (error) {
		if (error instanceof CrmError) return error;
		throw error;
	}
	throw new Error('it did not fail');
}
