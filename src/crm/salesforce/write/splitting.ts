import type { CrmError } from '../../../model/crmError';
import { requestsOf, type Collection } from './packing';

const partsOfOne = 5;
/** Further requests that one batch may cost because of bad rows. */
const mostRequests = 25;

/**
 * Finds the rows that make Salesforce refuse a whole collection, as one unreadable value does: the collection is sent again in five
 * parts, each of which is judged alone, until the bad rows stand alone or the budget is used up.
 */
export class SplitBudget {
	private left = mostRequests;

	/** The collection in parts, or nothing when the refusal is not about its rows or nothing is left to divide. */
	split(collection: Collection, error: CrmError): readonly Collection[] {
		const aboutRows = error.httpStatus === 413 || (error.httpStatus === 400 && error.kind !== 'permission' && !error.transient);
		if (!aboutRows || blamesEveryRow(error, collection) || collection.length === 1 || this.left === 0) return [];
		const size = Math.ceil(collection.length / partsOfOne);
		const starts = Array.from({ length: Math.ceil(collection.length / size) }, (_, at) => at * size);
		return starts.map((start) => collection.slice(start, start + size) as unknown as Collection);
	}

	/** The parts in requests, as many as the budget allows. */
	requestsFor(parts: readonly Collection[]): readonly (readonly Collection[])[] {
		const requests = requestsOf(parts).slice(0, this.left);
		this.left -= requests.length;
		return requests;
	}
}

/** A field that does not exist fails every row that has it, so there is no innocent one to find. */
function blamesEveryRow({ code, fields }: CrmError, collection: Collection): boolean {
	return code === 'INVALID_FIELD' && collection.every(({ json }) => fields.some((field) => json.includes(`${JSON.stringify(field)}:`)));
}
