import type { CrmError } from '../../../model/crmError';
import type { MutationOutcome } from '../../../model/mutationOutcome';
import { objectOf } from '../../json';
import { outcomeOfFailure } from '../../outcomeOfFailure';
import { malformedAnswer } from '../errors/localErrors';
import { wasUndone } from '../errors/toCrmError';
import { canonicalId } from '../guids';
import { batchAnswers, type PartAnswer } from '../rest/batch';
import { isAnswerOfDataverse, type RestAnswer } from '../rest/DynamicsRest';
import type { Parcel } from './packing';
import type { WriteRow } from './rows';

/** What a failed request or operation means for a record in it. */
export function outcomeOf(error: CrmError): MutationOutcome {
	return wasUndone(error) ? { status: 'refused', error } : outcomeOfFailure(error);
}

/** What became of each row of a parcel that was answered. Only a row whose record is named, or need not be, was applied. */
export function parcelOutcomes({ how, rows }: Parcel, answer: RestAnswer): readonly MutationOutcome[] {
	if (how === 'UpdateMultiple') return rows.map((row) => rowOutcome(row, answer));
	if (how === 'CreateMultiple') return createdOutcomes(rows, answer);
	const answers: readonly PartAnswer[] = rows.length === 1 ? [answer] : batchAnswers(answer, rows.length);
	return rows.map((row, at) => rowOutcome(row, answers[at]));
}

/** https://learn.microsoft.com/en-us/power-apps/developer/data-platform/bulk-operations?tabs=webapi#createmultiple */
function createdOutcomes(rows: readonly WriteRow[], { body }: RestAnswer): readonly MutationOutcome[] {
	const { Ids: ids } = objectOf(body);
	const whole = Array.isArray(ids) && ids.length === rows.length && new Set(ids).size === ids.length;
	const strange = malformedAnswer(Array.isArray(ids) ? `${ids.length} ids for ${rows.length} records` : 'no ids');
	return rows.map((_, at) => {
		const id = whole ? canonicalId(String(ids[at])) : undefined;
		return id === undefined ? outcomeOf(strange) : { status: 'applied', id };
	});
}

/**
 * An update may be answered without naming its record, but not by a proxy.
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/create-entity-web-api
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/update-delete-entities-using-web-api#basic-update
 */
function rowOutcome(row: WriteRow, answer: PartAnswer): MutationOutcome {
	if ('error' in answer) return outcomeOf(answer.error);
	const address = answer.headers['odata-entityid'] ?? answer.headers.location;
	const named = canonicalId(/\(([^()]{36})\)\s*$/.exec(address ?? '')?.[1] ?? '');
	const id = address === undefined && isAnswerOfDataverse(answer) ? row.id : named;
	if (id === undefined || (row.id !== undefined && row.id !== id)) return outcomeOf(malformedAnswer('a result that fits no record'));
	return { status: 'applied', id };
}
