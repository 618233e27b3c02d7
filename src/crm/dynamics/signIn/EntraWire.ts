import type { Ask } from '../../../model/ask';
import type { HttpResponse } from '../../../model/authorizedHttp';
import { CrmError } from '../../../model/crmError';
import { parsedJson } from './parsedJson';

/** MSAL's way to the network: n8n's requests. What was answered last is kept, because MSAL hides much of it. */
export class EntraWire {
	/** What was answered last. */
	last?: HttpResponse;
	/** Why no answer came. */
	broken?: CrmError;

	constructor(private readonly ask: Ask) {}

	async sendGetRequestAsync<T>(url: string, options?: { readonly headers?: Record<string, string> }): Promise<Answer<T>> {
		return await this.send('GET', url, options);
	}

	async sendPostRequestAsync<T>(url: string, options?: { readonly headers?: Record<string, string>; readonly body?: string }): Promise<Answer<T>> {
		return await this.send('POST', url, options);
	}

	private async send<T>(method: 'GET' | 'POST', url: string, { headers = {}, body }: { readonly headers?: Record<string, string>; readonly body?: string } = {}): Promise<Answer<T>> {
		try {
			const answer = await this.ask({ method, url, headers: { ...headers, accept: 'application/json' }, ...(body === undefined ? {} : { body }) });
			this.last = answer;
			return { status: answer.status, headers: { ...answer.headers }, body: parsedJson(answer.text) as T };
		} catch (error) {
			if (error instanceof CrmError) this.broken = error;
			throw error;
		}
	}
}

interface Answer<T> {
	readonly status: number;
	readonly headers: Record<string, string>;
	readonly body: T;
}
