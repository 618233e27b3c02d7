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

/** What is known about an update: the link as stored, the record as the CRM shows it, the hold of a run that had no answer, and the one that would be replaced. */
export interface UpdateTraces {
	readonly link: SyncLink | undefined;
	readonly record: VersionedRecord | undefined;
	readonly uncertain: SyncHold | undefined;
	readonly former: SyncHold | undefined;
}

/**
 * A write proves no more than what was written and is shown: all else that its plan would have sent or settled is planned anew. The first write of a
 * new link makes that link, and the rest of it waits for the app, which alone can show the other half of a first match.
 */
export function settledUpdate(intent: SyncIntent, { link, record, uncertain, former }: UpdateTraces, run: SyncRun): SettledUpdate {
	const { tags, written } = provenRows(record?.values ?? {}, intent, run);
	if (isOfForm(intent, link)) return { intent, over: uncertain, counts: tags.size > 0 && isUncounted(intent, uncertain) };
	const proven = onlyRows(intent.after, tags);
	const base = link ? withRows(link.base, proven) : proven;
	if (!base || tags.size === 0) return { intent, hold: notRun(intent, { link, rows: written, former }, run), counts: false };
	const counts = isUncounted(intent, uncertain);
	const rows = written.filter((tag) => !tags.has(tag));
	if (link) return { intent, link: { ...link, base }, ...(rows.length === 0 ? { over: uncertain } : { hold: notRun(intent, { link, rows, former }, run) }), counts };
	const first = firstLink(intent, base);
	return { intent, link: first, hold: notRun(intent, { link: first }, run), counts };
}

/** What a form wrote into a record that the app has: to the app it comes like any other change of the CRM's. */
function isOfForm({ appId }: SyncIntent, link: SyncLink | undefined): boolean {
	return appId === null && link !== undefined && link.appId !== null;
}

function isUncounted({ startedAt }: SyncIntent, uncertain: SyncHold | undefined): boolean {
	return !uncertain || uncertain.heldAt < startedAt;
}

/** The same where its link cannot be stored. */
export function undone({ intent, counts }: SettledUpdate, run: SyncRun): SettledUpdate {
	return { intent, hold: notRun(intent, {}, run), counts };
}

/** The update would have been the first of a new link. */
function firstLink({ linkId, syncId, appId, crmId, keyHash }: SyncIntent, base: Uint8Array): SyncLink {
	return { id: linkId, syncId, appId, crmId, keyHash: appId === null ? keyHash : null, base, ended: null, endedAt: null, successor: null };
}

/** Only for records that the app can show again. Of a link that there was already only the rows wait that were to be written, and what waits of it anyhow. */
function notRun({ linkId, syncId, crmId, keyHash, ...intent }: SyncIntent, { link, rows, former }: { link?: SyncLink; rows?: readonly number[]; former?: SyncHold }, { clock }: SyncRun): SyncHold | undefined {
	const appId = link?.appId ?? intent.appId;
	if (appId === null) return undefined;
	const tags = link && rows && (!former || former.rows.length > 0) ? new Set([...(former?.rows ?? []).map(({ tag }) => tag), ...rows]) : [];
	return {
		...{ syncId, subject: link ? linkSubject(linkId) : `app:${appId}`, field: '', reason: 'notRun', appId, crmId, keyHash: link ? null : keyHash, candidates: [], words: WORDS.notRun, code: null },
		...{ shown: '', rows: [...tags].map((tag) => ({ tag, app: null, crm: null })), heldAt: clock().toISOString(), tries: 0, nextTryAt: null, decision: null },
	};
}
