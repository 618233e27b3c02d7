import type { SyncHold } from '../../model/syncHold';
import type { SyncLink } from '../../model/syncLink';
import { commit } from '../journal/commit';
import type { Shown } from '../match/findPartners';
import { linkSubject } from '../plan/pair';
import { appState } from '../plan/recordStates';
import { WORDS } from '../plan/words';
import type { SyncRun } from './syncRun';
import type { SyncResult, SyncStep } from './syncTypes';

/** Of what the app shows, whose places in the input and id are enough. */
export type Places = Pick<Shown, 'items' | 'id'>;

/** What the run did not come to, without a plan. What nothing would show again is held. */
export async function leaveOut(records: readonly Shown[], run: SyncRun): Promise<readonly SyncResult[]> {
	const ids = records.flatMap(({ id }) => id ?? []);
	const links = new Map((await run.state.links.byAppIds(run.sync.id, ids)).map((link) => [link.appId, link]));
	const holds = records.filter((record) => wouldBeLost(record, links.get(record.id), run)).map((record) => notRunHold(record, links.has(record.id), run));
	if (holds.length > 0 && !run.dryRun) await commit({ holds: [...new Map(holds.map((hold) => [hold.subject, hold])).values()] }, run);
	return records.map((record) => leftOut(record, run));
}

/** The result of an item that the run did not come to. */
export function leftOut(record: Places, { progress: { halted } }: SyncRun): SyncResult {
	return resultFor(record, [{ do: 'notRun', words: halted?.words ?? WORDS.notRun, code: halted?.code }]);
}

/** The result of an item about which nothing is known but what the run does with it. */
export function resultFor({ items, id }: Places, steps: readonly SyncStep[]): SyncResult {
	return { items, appId: id, crmId: null, steps, notes: [] };
}

/** A submission never comes again, and a record not by itself where the app shows only changes. */
function wouldBeLost(record: Shown, link: SyncLink | undefined, run: SyncRun): boolean {
	if (record.id === null || run.input.mode !== 'all') return true;
	if (!link || !keepsEdits(run)) return false;
	const app = record.deleted ? ({ kind: 'deleted' } as const) : ({ kind: 'shown', values: record.values } as const);
	return appState({ items: record.items, link, known: true, app, crm: { kind: 'absent' }, subject: linkSubject(link.id), holds: [] }, run) !== 'same';
}

/**
 * Where the app shows everything each time, what it edited is held all the same: the next run may be one that it shows only changes.
 * After a guard the review stands for all of it, which may be every record there is.
 */
export function keepsEdits({ progress: { halted } }: SyncRun): boolean {
	return halted?.code !== 'GUARD';
}

/** Until it is shown again, a record of the CRM with its key is not new to the app. */
function notRunHold({ id, key, deleted }: Shown, linked: boolean, { progress: { halted }, sync, clock }: SyncRun): SyncHold {
	const keyHash = linked || deleted ? null : (key?.hash ?? null);
	return {
		...{ syncId: sync.id, subject: id === null ? `key:${keyHash ?? ''}` : `app:${id}`, field: '', reason: 'notRun', appId: id, crmId: null, keyHash, candidates: [] },
		...{ words: halted?.words ?? WORDS.notRun, code: halted?.code ?? null, shown: '', rows: [], heldAt: clock().toISOString(), tries: 0, nextTryAt: null, decision: null },
	};
}
