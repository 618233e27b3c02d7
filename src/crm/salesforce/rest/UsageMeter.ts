import type { ApiUsage } from '../../../model/connectionIdentity';

/**
 * Counts calls and remembers what Salesforce last said about the org's day.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm
 */
export class UsageMeter {
	private used?: number;
	private limit?: number;
	private callsMade = 0;

	/** A request below `/services/data` reached Salesforce, or may have. */
	countCall(): void {
		this.callsMade += 1;
	}

	/** Reads `Sforce-Limit-Info: api-usage=18/5000`; the share of one app, which may follow, is another number. */
	read(limitInfo: string | undefined): void {
		const usage = /(?:^|[;,\s])api-usage=(\d{1,12})\/(\d{1,12})/.exec(limitInfo ?? '');
		if (!usage) return;
		this.used = Number(usage[1]);
		this.limit = Number(usage[2]);
	}

	report(): ApiUsage {
		return { used: this.used, limit: this.limit, callsMade: this.callsMade };
	}
}
