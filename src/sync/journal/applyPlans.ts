import type { VersionedRecord } from '../../model/changeReader';
import type { SyncIntent } from '../../model/syncIntent';
import { checkPage } from '../guards/checkGuards';
import { notePreview } from '../match/previewNotes';
import { readRecords } from '../match/readRecords';
import type { RecordPlan } from '../plan/recordPlan';
import { unlessHalted } from '../run/halt';
import { reportsOf } from '../reports/reportsOf';
import { noteOwn, noteSeen, noteSent } from '../run/seen';
import { resultOf } from '../run/resultOf';
import type { SyncRun } from '../run/syncRun';
import type { SyncResult } from '../run/syncTypes';
import { commit, commitPage } from './commit';
import { checkCreates } from './checkCreates';
import { checkStamps, planAgain } from './checkStamps';
import { done, type DonePlan } from './donePlan';
import { leaveUndone } from './leaveUndone';
import { sendWrites, type WriteEnd, type WriteJob } from './sendWrites';

/** So often a page is planned again because others change the same records at the same time. */
const MOST_ROUNDS = 3;

/**
 * Carries out the plans of one page: check → intents → write → read back → one commit for outcomes, bases, holds and deliveries. A dry
 * run only counts them. The plan of a record that others keep changing is left to the next run.
 */
export async function applyPlans(planned: readonly RecordPlan[], run: SyncRun): Promise<readonly SyncResult[]> {
	const asked = await checkCreates(planned, run);
	if (run.dryRun) return await preview(asked, run);
	const results: SyncResult[] = [];
	let plans = asked;
	for (let round = 1; plans.length > 0; round++) {
		const checked = (await unlessHalted(run, async () => await checkStamps(plans, run))) ?? plans;
		await checkPage(checked, run);
		if (run.progress.halted) return [...results, ...(await leaveUndone(checked, run))];
		const ended = await writeAndCommit(checked, run);
		const changed = new Set(ended.filter(({ end }) => end?.status === 'changed').map(({ plan }) => plan));
		results.push(...ended.filter(({ plan }) => !changed.has(plan)).map((one) => resultOf(one, run)));
		if (round === MOST_ROUNDS) return [...results, ...(await leaveUndone([...changed], run))];
		plans = (await unlessHalted(run, async () => await planAgain([...changed], changed, run))) ?? [...changed];
	}
	return results;
}

async function preview(planned: readonly RecordPlan[], run: SyncRun): Promise<readonly SyncResult[]> {
	run.guard.note(planned);
	await noteSeen(planned, run);
	await notePreview(planned, run);
	await noteSent(planned.filter((plan) => plan.delivery !== undefined || plan.arrived || isShown(plan) || plan.holds.some(({ field }) => field === '')).map(({ pair }) => pair.link.id), run);
	return planned.map((plan) => resultOf({ plan }, run));
}

async function writeAndCommit(plans: readonly RecordPlan[], run: SyncRun): Promise<readonly DonePlan[]> {
	const jobs = plans.flatMap((plan) => (plan.write ? [{ plan, intent: intentOf(plan, run) }] : []));
	if (jobs.length > 0) await commit({ intents: jobs.map(({ intent }) => intent), reports: jobs.flatMap(({ plan }) => reportsOf(plan, run)) }, run);
	const ends = run.progress.halted ? new Map<WriteJob, WriteEnd>() : await sendWrites(jobs, run);
	const applied = [...ends.values()].flatMap((end) => (end.status === 'applied' ? [end.id] : []));
	const readBack = (await unlessHalted(run, async () => await readRecords(applied, run))) ?? new Map<string, VersionedRecord>();
	const byPlan = new Map(jobs.map((job) => [job.plan, job]));
	const ended = await commitPage(plans.map((plan) => done(plan, byPlan.get(plan), { ends, readBack }, run)), run);
	await noteSeen(ended.filter(({ end }) => end?.status !== 'changed').map(({ plan }) => plan), run);
	await noteOwn(ended.flatMap(({ plan, end }) => (end?.status === 'applied' && readBack.has(end.id) ? [[plan, readBack.get(end.id)!] as const] : [])), run);
	await noteSent(ended.filter(({ plan, delivers }) => delivers && (plan.delivery !== undefined || isShown(plan))).map(({ plan }) => plan.pair.link.id), run);
	for (const { intent, job } of ended) if (job && intent === 'open' && job.intent.kind === 'create' && job.intent.keyHash !== null) run.progress.openCreates.set(job.intent.keyHash, job.intent);
	return ended;
}

/** The app has shown the record; what a form sends of it says nothing about what the app has. */
function isShown({ pair: { items, submitted } }: RecordPlan): boolean {
	return items.length > 0 && !submitted;
}

function intentOf({ pair, write }: RecordPlan, { sync, clock, newId }: SyncRun): SyncIntent {
	const { id: linkId, crmId } = pair.link;
	const appId = pair.submitted ? null : pair.link.appId;
	const { kind, baseAfter, rowsWritten } = write!;
	const keyHash = kind === 'create' || !pair.known ? (pair.keyHash ?? null) : null;
	const [target, after] = kind === 'create' ? [null, baseAfter()] : [crmId, rowsWritten()];
	return { id: newId(), syncId: sync.id, linkId, kind, appId, crmId: target, keyHash, after, startedAt: clock().toISOString() };
}
