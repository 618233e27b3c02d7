import type { CrmError } from './crmError';

/**
 * What became of one mutation.
 *
 * - `applied`: the CRM said so; `id` is the record's id.
 * - `refused`: the CRM said no, or the request was surely not carried out; nothing changed.
 * - `unknown`: the reply was lost. It may or may not have been carried out; only reading tells. Never repeat a create blindly.
 *   `settled` is true when the CRM did answer, with a failure of its own: what it did is then already visible to a read.
 */
export type MutationOutcome =
	| { readonly status: 'applied'; readonly id: string }
	| { readonly status: 'refused'; readonly error: CrmError }
	| { readonly status: 'unknown'; readonly error: CrmError; readonly settled: boolean };
