import type { SyncHold } from '../../model/syncHold';
import type { HoldKey } from '../../model/syncState';
import type { SyncRequest, SyncRun } from './syncRun';
import type { AppInput } from './syncTypes';

/** Where it stands that what is remembered of a sync cannot be trusted. */
const DOUBT = 'run:restored';

/**
 * Doubt ends with a run that saw everything of both sides. A person may let it end without a list of all that the app has, because some
 * apps cannot give one.
 */
export async function canEndDoubt({ state, input }: Pick<SyncRequest, 'state'> & { readonly input: Pick<AppInput, 'mode'> }, syncId: string): Promise<boolean> {
	return input.mode === 'all' || (await state.holdsOf(syncId, [DOUBT])).some(({ decision }) => decision === 'release');
}

/** Whether there is still doubt after a run that came to its end, and what is held because of it. `listedAll`: the CRM showed everything. */
export async function doubtAfter(run: SyncRun, listedAll: boolean): Promise<{ readonly inDoubt: boolean; readonly holds: readonly SyncHold[]; readonly endedHolds: readonly HoldKey[] }> {
	const { sync, state, clock } = run;
	if (!sync.inDoubt) return { inDoubt: false, holds: [], endedHolds: [] };
	if (listedAll && (await canEndDoubt(run, sync.id))) return { inDoubt: false, holds: [], endedHolds: [{ syncId: sync.id, subject: DOUBT, field: '' }] };
	const [former] = await state.holdsOf(sync.id, [DOUBT]);
	const hold: SyncHold = former ?? {
		...{ syncId: sync.id, subject: DOUBT, field: '', reason: 'restored', appId: null, crmId: null, keyHash: null, candidates: [], words: WORDS, code: null },
		...{ shown: '', rows: [], heldAt: clock().toISOString(), tries: 0, nextTryAt: null, decision: null },
	};
	return { inDoubt: true, holds: [hold], endedHolds: [] };
}

const WORDS =
	'What the package remembers of this sync is older than what it wrote, or was made with another key. Until everything was compared nothing is written, sent, created or deleted. ' +
	'Run twice with all records of the app: the first run compares, the second does what is left. If the app cannot list all its records, let this through.';
