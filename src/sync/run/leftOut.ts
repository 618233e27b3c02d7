import type { SyncHold } from '../../model/syncHold';
import { commit } from '../journal/commit';
import type { Shown } from '../match/findPartners';
import { WORDS } from '../plan/words';
import type { SyncRun } from './syncRun';
import type { SyncResult, SyncStep } from './syncTypes';

/** Of what the app shows, whose places in the input and id are enough. */
export type Places = Pick<Shown, 'items' | 'id'>;

/** What the run did not come to, without a plan. Where the app will not show it again by itself, that is held; a submission never comes again. */
export async function leaveOut(records: readonly Shown[], run: SyncRun): Promise<readonly SyncResult[]> {
	const lost = records.filter(({ id }) => id === null || run.input.mode !== 'all');
	const links = await run.state.links.byAppIds(run.sync.id, lost.flatMap(({ id }) => id ?? []));
	const linked = new Set(links.map(({ appId }) => appId));
	const holds = lost.map((record) => notRunHold(record, linked.has(record.id), run));
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

/** Until it is shown again, a record of the CRM with its key is not new to the app. */
function notRunHold({ id, key, deleted }: Shown, linked: boolean, { progress: { halted }, sync, clock }: SyncRun): SyncHold {
	const keyHash = linked || deleted ? null : (key?.hash ?? null);
	return {
		...{ syncId: sync.id, subject: id === null ? `key:${keyHash ?? ''}` : `app:${id}`, field: '', reason: 'notRun', appId: id, crmId: null, keyHash, candidates: [] },
		...{ words: halted?.words ?? WORDS.notRun, code: halted?.code ?? null, shown: '', rows: [], heldAt: clock().toISOString(), tries: 0, nextTryAt: null, decision: null },
	};
}
