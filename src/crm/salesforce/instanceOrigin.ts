import { isLoopback, safeOrigin } from '../safeOrigin';
import { parseSalesforceHost } from './host';

/**
 * The origin of an API address that a sign-in names; `undefined` where a token may not go: only Salesforce's own hosts answer who they
 * are truthfully, and this machine does only for a credential that signs in at this machine.
 */
export function instanceOrigin(url: string, signInOrigin: string): string | undefined {
	const origin = safeOrigin(url);
	if (origin === undefined) return undefined;
	if (isLoopback(origin)) return isLoopback(signInOrigin) ? origin : undefined;
	try {
		return parseSalesforceHost(origin) === origin ? origin : undefined;
	} catch {
		return undefined;
	}
}
