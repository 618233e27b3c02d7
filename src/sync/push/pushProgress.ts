import type { CrmError } from '../../model/crmError';
import type { MatchKey } from '../matchKey';
import type { PushResult } from './pushTypes';

/** What a push has learned so far; shared by all its pages. */
export interface PushProgress {
	readonly results: PushResult[];
	/** Why nothing more can be sent: the sign-in, a limit, or the person ended it. */
	halted?: CrmError;
	/** Whether the CRM was asked to write anything yet. */
	wrote: boolean;
	/** Keys whose create may or may not have happened: nothing more is created for them in this run. */
	readonly uncertainKeys: Map<MatchKey, CrmError>;
}

/** The progress of a push that has done nothing yet. */
export function newProgress(): PushProgress {
	return { results: [], wrote: false, uncertainKeys: new Map() };
}
