import type { SyncReport } from '../../model/syncReport';
import type { RecordPlan } from '../plan/recordPlan';
import type { SyncRun } from '../run/syncRun';
import { sealedReport } from './sealedReport';

/** Reports of what a plan overrules, or leaves different on purpose; of most plans none. */
export function reportsOf({ pair, merge }: RecordPlan, { sync, keyring, clock }: SyncRun): readonly SyncReport[] {
	const { id: linkId, appId, crmId } = pair.link;
	return (merge?.reports ?? []).map((note) => sealedReport({ syncId: sync.id, linkId, at: clock().toISOString() }, { appId, crmId, note }, keyring.current));
}
