import { causes } from './causes';
import type { Diagnosis, Evidence } from './diagnosis';

/** Names the cause that the evidence shows, and no more than it shows: what the CRM does not tell apart stays one cause. */
export function diagnose(evidence: Evidence): Diagnosis {
	// The last row fits everything.
	const row = causes.find(({ fits }) => fits(evidence)) ?? causes[causes.length - 1];
	return {
		cause: row.cause,
		certainty: row.certainty,
		words: row.words(evidence),
		whatToDo: row.whatToDo(evidence),
		...(evidence.code === undefined ? {} : { code: evidence.code }),
	};
}
