/** Why one row was refused: the code of the API's StatusCode enumeration and the text of the org. https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm */
export class RowError extends Error {
	constructor(
		readonly statusCode: string,
		message: string,
		readonly fields: readonly string[] = [],
		readonly duplicateResult?: unknown,
	) {
		super(message);
	}
}

/** What became of one row. */
export interface SaveResult {
	readonly id?: string;
	readonly success: boolean;
	readonly created?: boolean;
	readonly errors: readonly RowError[];
}

/** The result of a row that was refused. */
export const refused = (...errors: RowError[]): SaveResult => ({ success: false, errors });

const statuses: Record<string, number> = {
	NOT_FOUND: 404,
	ENTITY_IS_DELETED: 404,
	INVALID_CROSS_REFERENCE_KEY: 400,
	INSUFFICIENT_ACCESS_OR_READONLY: 403,
	INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: 403,
	STORAGE_LIMIT_EXCEEDED: 403,
	UNKNOWN_EXCEPTION: 500,
};

/** The HTTP status a row call answers when its row is refused with this code. */
export const statusOf = (error: RowError): number => statuses[error.statusCode] ?? 400;
