import { refusals } from './refusals';

/** A refusal of the sign-in, with Microsoft's code. https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes */
export class EntraError extends Error {
	readonly error: string;
	readonly status: number;
	readonly suberror: string | undefined;

	/** `about` fills the places in the text: app, tenant, user, resource. */
	constructor(
		readonly code: number,
		about: Readonly<Record<string, string>> = {},
	) {
		const refusal = refusals[code] ?? { error: 'invalid_request', text: 'An error the stand-in has no text for.' };
		super(`AADSTS${code}: ${refusal.text.replace(/\{(\w+)\}/g, (_whole, name: string) => about[name] ?? '')}`);
		this.error = refusal.error;
		this.suberror = refusal.suberror;
		this.status = refusal.error === 'invalid_client' ? 401 : refusal.error === 'temporarily_unavailable' ? 503 : 400;
	}

	/** The body as the token endpoint sends it. */
	body(at: number, trace: string, correlation: string): Record<string, unknown> {
		const timestamp = new Date(at)
			.toISOString()
			.replace('T', ' ')
			.replace(/\.\d+Z$/, 'Z');
		return {
			error: this.error,
			error_description: `${this.message}\r\nTrace ID: ${trace}\r\nCorrelation ID: ${correlation}\r\nTimestamp: ${timestamp}`,
			error_codes: [this.code],
			timestamp,
			trace_id: trace,
			correlation_id: correlation,
			error_uri: `https://login.microsoftonline.com/error?code=${this.code}`,
			...(this.suberror === undefined ? {} : { suberror: this.suberror }),
		};
	}
}
