import type { SyncReport } from '../../model/syncReport';
import type { RecordPlan } from '../plan/recordPlan';
import type { SyncRun } from '../run/syncRun';
import { sealedReport } from './sealedReport';

/** Reports of what a plan overrules, or leaves different on purpose; of most plans none. */
export function reportsOf({ pair, link, merge }: RecordPlan, { sync, keyring, clock }: SyncRun): readonly SyncReport[] {
	const notes = merge?.reports ?? [];
	if (notes.length === 0) return [];
	const { id: linkId, appId, crmId } = link ?? pair.link;
	const at = clock().toISOString();
	return notes.map((note) => sealedReport({ syncId: sync.id, linkId, at }, { appId, crmId, note }, keyring.current));
}
