/** What one element of a REST error array carries beside code and message. */
export interface ErrorDetails {
	readonly fields?: readonly string[];
	/** Spelled so on the wire: see `errorDetailsOf`. */
	readonly duplicateResut?: unknown;
}

/** An error answer of the REST API: `[{"message":…,"errorCode":…}]`. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/errorcodes.htm */
export class SalesforceError extends Error {
	constructor(
		readonly status: number,
		readonly errorCode: string,
		message: string,
		readonly details: ErrorDetails = {},
	) {
		super(message);
	}

	/** The JSON body of the answer. */
	get body(): object[] {
		return [{ message: this.message, errorCode: this.errorCode, ...this.details }];
	}
}

/** The answer for a path, record or object that is not there. */
export const notFound = (message = 'The requested resource does not exist'): SalesforceError => new SalesforceError(404, 'NOT_FOUND', message);

/** The answer for a session that expired or was revoked. */
export const sessionExpired = (): SalesforceError => new SalesforceError(401, 'INVALID_SESSION_ID', 'Session expired or invalid');
