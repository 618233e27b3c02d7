import type { ApiUsage } from '../../../model/connectionIdentity';

/**
 * Counts requests, and the operations in them, which Microsoft counts against the daily allowance of Power Platform requests. How much
 * of it is used no answer tells, and the headers about the service protection limits are for debugging only.
 *
 * https://learn.microsoft.com/en-us/power-platform/admin/api-request-limits-allocations
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/api-limits#http-response-headers
 */
export class UsageMeter {
	private callsMade = 0;
	private operationsMade = 0;

	/** A request with so many operations reached Dataverse, or may have. */
	countCall(operations: number): void {
		this.callsMade += 1;
		this.operationsMade += operations;
	}

	report(): ApiUsage {
		return { callsMade: this.callsMade, operationsMade: this.operationsMade };
	}
}
