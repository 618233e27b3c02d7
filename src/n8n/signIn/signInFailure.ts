import { CrmError } from '../../model/crmError';

const place = Symbol.for('n8n-nodes-crm-sync.signInFailure');

/**
 * How a sign-in fails inside n8n: plain words without `code`, `response` or `status`, because n8n would sign in a second time for a 401
 * and show the code or status in place of the words. What it was is kept aside.
 */
export class SignInFailure extends Error {
	constructor(error: CrmError) {
		const code = error.code && `(${error.code})`;
		super([error.message, error.remedy, code].filter(Boolean).join(' '));
		this.name = 'SignInFailure';
		Object.defineProperty(this, place, { value: error });
	}
}

/** The failed sign-in that an error of n8n's is about, if it is about one. */
export function failedSignIn(error: unknown): CrmError | undefined {
	for (let next = error, depth = 0; typeof next === 'object' && next !== null && depth < 8; next = (next as Error).cause, depth += 1) {
		const found = (next as { [place]?: CrmError })[place];
		// Not by class: after a reload the package's classes exist twice.
		if (found) return found instanceof CrmError ? found : new CrmError((found as CrmError).kind, found);
	}
	return undefined;
}
