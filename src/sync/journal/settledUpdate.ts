import type { VersionedRecord } from '../../model/changeReader';
import type { SyncHold } from '../../model/syncHold';
import type { SyncIntent } from '../../model/syncIntent';
import type { SyncLink } from '../../model/syncLink';
import { onlyRows, withRows } from '../base/withRows';
import { linkSubject } from '../plan/pair';
import { WORDS } from '../plan/words';
import type { SyncRun } from '../run/syncRun';
import { provenRows } from './showsAfter';

/** What became of an update that a former run left without an outcome. */
export interface SettledUpdate {
	readonly intent: SyncIntent;
	readonly link?: SyncLink;
	readonly hold?: SyncHold;
	/** It is known now, so that nothing waits for it any more. */
	readonly over?: SyncHold;
	/** It was done, and no run has counted it. */
	readonly counts: boolean;
}

/** What is known about an update: the link as stored, the record as the CRM shows it, and the hold of a run that had no answer. */
export interface UpdateTraces {
	readonly link: SyncLink | undefined;
	readonly record: VersionedRecord | undefined;
	readonly uncertain: SyncHold | undefined;
}

/**
 * A write proves no more than what was written and is shown: all else that its plan would have sent or settled is planned anew. The first write of a
 * new link makes that link, and the rest of it waits for the app, which alone can show the other half of a first match.
 */
export function settledUpdate(intent: SyncIntent, { link, record, uncertain }: UpdateTraces, run: SyncRun): SettledUpdate {
	const { tags, whole } = provenRows(record?.values ?? {}, intent, run);
	const rows = onlyRows(intent.after, tags);
	const base = link ? withRows(link.base, rows) : rows;
	if (!base || tags.size === 0) return { intent, hold: notRun(intent, link, run), counts: false };
	const counts = !uncertain || uncertain.heldAt < intent.startedAt;
	if (link) return { intent, link: { ...link, base }, ...(whole ? { over: uncertain } : { hold: notRun(intent, link, run) }), counts };
	const first = firstLink(intent, base);
	return { intent, link: first, hold: notRun(intent, first, run), counts };
}

/** The same where its link cannot be stored. */
export function undone({ intent, counts }: SettledUpdate, run: SyncRun): SettledUpdate {
	return { intent, hold: notRun(intent, undefined, run), counts };
}

/** The update would have been the first of a new link. */
function firstLink({ linkId, syncId, appId, crmId, keyHash }: SyncIntent, base: Uint8Array): SyncLink {
	return { id: linkId, syncId, appId, crmId, keyHash: appId === null ? keyHash : null, base, ended: null, endedAt: null, successor: null };
}

/** Only for records that the app can show again. */
function notRun({ linkId, syncId, crmId, keyHash, ...intent }: SyncIntent, link: SyncLink | undefined, { clock }: SyncRun): SyncHold | undefined {
	const appId = link?.appId ?? intent.appId;
	if (appId === null) return undefined;
	return {
		...{ syncId, subject: link ? linkSubject(linkId) : `app:${appId}`, field: '', reason: 'notRun', appId, crmId, keyHash: link ? null : keyHash, candidates: [], words: WORDS.notRun, code: null },
		...{ shown: '', heldAt: clock().toISOString(), tries: 0, nextTryAt: null, decision: null },
	};
}
