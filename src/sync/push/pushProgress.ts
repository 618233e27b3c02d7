import type { CrmError } from '../../model/crmError';
import type { MatchKey } from '../matchKey';
import type { KnownRecord } from './keyWork';
import type { PushResult } from './pushTypes';
import type { Values } from './recordView';

/** What a push has learned so far; shared by all its pages. */
export interface PushProgress {
	readonly results: PushResult[];
	/** Why nothing more can be sent: the sign-in, a limit, or the person ended it. */
	halted?: CrmError;
	/** Whether the CRM was asked to write anything yet. */
	wrote: boolean;
	/** Keys whose create may or may not have happened: nothing more is created for them in this run. */
	readonly uncertainKeys: Map<MatchKey, CrmError>;
	/** Records of this run's creates, for a later item whose search does not show them: a dry run, a late index, a new owner. */
	readonly created: Map<MatchKey, KnownRecord>;
	/** Only in a dry run: what records would show by now, by id. */
	readonly planned?: Map<string, Values>;
}

/** The progress of a push that has done nothing yet. */
export function newProgress(dryRun: boolean): PushProgress {
	return { results: [], wrote: false, uncertainKeys: new Map(), created: new Map(), planned: dryRun ? new Map() : undefined };
}
