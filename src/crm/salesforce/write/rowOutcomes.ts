import type { MutationOutcome } from '../../../model/mutationOutcome';
import { isObject, textOf } from '../../json';
import { outcomeOfFailure } from '../../outcomeOfFailure';
import { malformedAnswer } from '../errors/localErrors';
import { recordError } from '../errors/toCrmError';
import { canonicalId } from '../ids';
import type { Collection } from './packing';
import type { WriteRow } from './rows';

/**
 * What became of each row of a collection that was answered. Only a row that says success and names its record was applied.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_create.htm
 */
export function rowOutcomes(collection: Collection, body: unknown): readonly MutationOutcome[] {
	if (!Array.isArray(body) || body.length !== collection.length) {
		const error = malformedAnswer(Array.isArray(body) ? `${body.length} results for ${collection.length} records` : 'no results');
		return collection.map(() => outcomeOfFailure(error));
	}
	return collection.map((row, at) => rowOutcome(row, body[at]));
}

function rowOutcome(row: WriteRow, result: unknown): MutationOutcome {
	if (isObject(result) && result.success === false) return { status: 'refused', error: recordError(result) };
	const id = isObject(result) && result.success === true ? canonicalId(textOf(result.id) ?? '') : undefined;
	if (id === undefined || (row.id !== undefined && row.id !== id)) return outcomeOfFailure(malformedAnswer('a result that fits no record'));
	return { status: 'applied', id };
}
