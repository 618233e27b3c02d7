import type { SyncIntent } from '../../model/syncIntent';
import type { Candidates } from '../match/candidates';
import { mayStillAppear } from '../match/findPartners';
import type { RecordPlan } from '../plan/recordPlan';
import type { SyncRun } from '../run/syncRun';

/** What is known about a record that has a link and is to be created again. */
export interface CreateTraces {
	/** Of its match key. */
	readonly keyHash: string | undefined;
	readonly found: Candidates | undefined;
	/** An earlier create of the same link, under whichever key, whose outcome is not known. */
	readonly intent: SyncIntent | undefined;
	/** Other records of the app are to be created under the key. */
	readonly rivals: boolean;
	/** Records of the CRM that have a link. */
	readonly taken: ReadonlySet<string>;
}

export interface HoldVerdict {
	readonly do: 'hold';
	readonly why: 'ambiguous' | 'converted' | 'linkedElsewhere' | 'noKey' | 'uncertain';
	readonly candidates: readonly string[];
}

export type CreateVerdict = HoldVerdict | { readonly do: 'goOn' } | { readonly do: 'link'; readonly crmId: string };

/**
 * | key | open candidates | converted | earlier create of it | what happens |
 * |---|---|---|---|---|
 * | none | | | | held |
 * | any | several, or others of the app are to be created under it | any | any | held |
 * | any | one, with a link | any | any | held |
 * | any | one, without a link | any | any | linked |
 * | any | none | some | any | held, with what it became |
 * | any | none | none | may still appear, or had another key | held |
 * | any | none | none | none, or long ago | created |
 *
 * What is not to be created any more goes on as planned, unless an earlier create of it is found.
 */
export function createVerdict({ write }: RecordPlan, traces: CreateTraces, run: SyncRun): CreateVerdict {
	const verdict = verdictOf(traces, run);
	const { intent, keyHash } = traces;
	return write?.kind === 'create' || (verdict.do === 'link' && intent?.keyHash === keyHash) ? verdict : { do: 'goOn' };
}

function verdictOf({ keyHash, found, intent, rivals, taken }: CreateTraces, run: SyncRun): CreateVerdict {
	if (keyHash === undefined || !found) return { do: 'hold', why: 'noKey', candidates: [] };
	const { open, converted } = found;
	if (open.length > 1 || rivals) return { do: 'hold', why: 'ambiguous', candidates: open };
	if (open.length === 1 && taken.has(open[0])) return { do: 'hold', why: 'linkedElsewhere', candidates: open };
	if (open.length === 1) return { do: 'link', crmId: open[0] };
	if (converted.length > 0) return { do: 'hold', why: 'converted', candidates: converted };
	if (mayStillAppear(keyHash, run) || (intent && intent.keyHash !== keyHash)) return { do: 'hold', why: 'uncertain', candidates: [] };
	return { do: 'goOn' };
}
