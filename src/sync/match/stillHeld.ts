import type { SyncHold } from '../../model/syncHold';
import type { SyncRun } from '../run/syncRun';
import type { Found, HoldOfMatch, Shown } from './findPartners';
import { crmKey } from './keyHash';

/** Holds that only the CRM's candidates can end. */
const OF_CANDIDATES: readonly string[] = ['ambiguous', 'linkedElsewhere', 'converted'] satisfies readonly HoldOfMatch[];

/**
 * Records that wait because of what the CRM has under their key, where neither the key nor anything of that has changed: they go on
 * waiting without another call, until their time comes.
 */
export async function stillHeld(shown: readonly Shown[], run: SyncRun): Promise<ReadonlyMap<Shown, Found>> {
	const { state, sync, changePages, clock } = run;
	const changes = changePages.full ? undefined : changePages.kept;
	if (!changes) return new Map();
	const now = clock().toISOString();
	const holds = await state.holdsOf(sync.id, shown.flatMap(({ id }) => (id === null ? [] : [`app:${id}`])));
	const waiting = new Map(holds.filter((hold) => isOfCandidates(hold) && hold.nextTryAt !== null && hold.nextTryAt > now).map((hold) => [hold.appId, hold]));
	if (waiting.size === 0) return new Map();
	const changed = new Set(changes.flatMap(({ records, deleted }) => [...[...records, ...deleted].map(({ id }) => `id ${id}`), ...records.map(({ values }) => `key ${crmKey(values, run)?.hash}`)]));
	return new Map(shown.flatMap((one) => {
		const hold = one.id === null ? undefined : waiting.get(one.id);
		if (!hold || hold.keyHash !== one.key?.hash || changed.has(`key ${hold.keyHash}`) || hold.candidates.some((id) => changed.has(`id ${id}`))) return [];
		return [[one, { held: hold.reason as HoldOfMatch, candidates: hold.candidates, until: hold.nextTryAt! }] as const];
	}));
}

function isOfCandidates({ field, reason, decision, candidates }: SyncHold): boolean {
	return field === '' && decision === null && candidates.length > 0 && OF_CANDIDATES.includes(reason);
}
