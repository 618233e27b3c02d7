import type { MutationOutcome } from '../../model/mutationOutcome';
import { readRecords } from '../match/readRecords';
import type { RecordPlan } from '../plan/recordPlan';
import { unlessHalted } from '../run/halt';
import type { SyncRun } from '../run/syncRun';
import { comparesStamps } from './checkStamps';
import type { WriteJob } from './sendWrites';

/** The stamp with which the CRM's record was read; none of a record that does not exist yet. */
export function stampOf({ pair: { crm } }: RecordPlan): string | undefined {
	return crm.kind === 'shown' ? crm.record.stamp : undefined;
}

/**
 * The refused updates of a batch whose records somebody else has changed or deleted since they were read, where the CRM compares while
 * it writes. A refusal may look the same for other reasons, so the records are asked, all in one.
 */
export async function findOvertaken(outcomes: ReadonlyMap<WriteJob, MutationOutcome>, run: SyncRun): Promise<ReadonlySet<WriteJob>> {
	const doubted = comparesStamps(run) ? [...outcomes].flatMap(([job, outcome]) => (job.intent.crmId !== null && mayBeOvertaken(outcome) ? [job] : [])) : [];
	const stamps = await unlessHalted(run, async () => await readRecords(doubted.map(({ intent }) => intent.crmId!), run, []));
	return new Set(stamps ? doubted.filter(({ plan, intent }) => stamps.get(intent.crmId!)?.stamp !== stampOf(plan)) : []);
}

function mayBeOvertaken(outcome: MutationOutcome): boolean {
	return outcome.status === 'refused' && (outcome.error.kind === 'conflict' || outcome.error.kind === 'notFound');
}
