import { holdChanges } from '../holds/holdChanges';
import type { Pair } from '../plan/pair';
import type { RecordPlan } from '../plan/recordPlan';
import type { SyncRun } from '../run/syncRun';
import type { Candidates } from './candidates';
import { crmKey } from './keyHash';
import { notePlannedLinks, plannedId } from './plannedLinks';

/** A preview finds records under the keys that it would have given them. */
export async function asPlanned(found: ReadonlyMap<string, Candidates>, { state, sync }: SyncRun): Promise<Map<string, Candidates>> {
	const away = await state.notes.find(sync.id, 'given another key', [...found.values()].flatMap(({ open }) => open));
	const here = await state.notes.find(sync.id, 'given this key', [...found.keys()]);
	const now = ([hash, { open, converted }]: [string, Candidates]): [string, Candidates] => {
		const staying = open.filter((id) => !away.get(id)?.some((key) => key !== hash));
		return [hash, { open: [...new Set([...staying, ...(here.get(hash) ?? [])])], converted }];
	};
	return new Map([...found].map(now));
}

/** Notes which records a preview would link, which it would give another key, and what it would no longer hold. */
export async function notePreview(plans: readonly RecordPlan[], run: SyncRun): Promise<void> {
	const { crmField } = run.mapping.mapping.matchKey;
	const given = plans.flatMap(({ write, pair: { link } }): (readonly [string, string])[] => {
		if (write?.kind !== 'update' || link.crmId === null || write.values[crmField] === undefined) return [];
		return [[link.crmId, crmKey(write.values, run)?.hash ?? '']];
	});
	const made = plans.filter(({ link, write }) => link ?? write).map(({ pair }) => pair.link);
	const linked = made.flatMap(({ appId }) => appId ?? []);
	const partners = made.flatMap(({ appId, crmId }) => (crmId === null ? [] : [[crmId, appId ?? ''] as const]));
	const created = plans.flatMap(({ write, pair: { keyHash, link } }) => (write?.kind === 'create' && keyHash !== undefined ? [[keyHash, plannedId(link), link.appId ?? ''] as const] : []));
	await run.state.notes.add(run.sync.id, 'given to', [...partners, ...created.map(([, id, appId]) => [id, appId] as const)]);
	const judged = plans.flatMap(({ pair: { link, known } }) => (known ? [] : (link.appId ?? [])));
	await run.state.notes.add(run.sync.id, 'judged', judged.map((id) => [id, ''] as const));
	await run.state.notes.add(run.sync.id, 'linked', linked.map((id) => [id, ''] as const));
	await run.state.notes.add(run.sync.id, 'given another key', given);
	await run.state.notes.add(run.sync.id, 'given this key', [...given.map(([id, hash]) => [hash, id] as const), ...created.map(([hash, id]) => [hash, id] as const)]);
	await noteEndedHolds(plans, run);
	await notePlannedLinks(plans, run);
}

const NO_LONGER_HELD = 'no longer held';
/** So many keys are asked for at once. */
const MOST = 1_000;

async function noteEndedHolds(plans: readonly RecordPlan[], run: SyncRun): Promise<void> {
	const { put, end } = holdChanges(plans.map((plan) => ({ plan, link: plan.link, delivers: true })), run);
	const stays = new Set(put.map(({ subject, field }) => JSON.stringify([subject, field])));
	const over = end.filter(({ subject, field }) => !stays.has(JSON.stringify([subject, field])));
	await run.state.notes.add(run.sync.id, NO_LONGER_HELD, over.map(({ subject, field }) => [noteKey(subject), field] as const));
}

/** A note has at most 255 characters, as an id of the app may. */
function noteKey(subject: string): string {
	return subject.slice(-255);
}

/** The pairs without what a preview would no longer hold about them. */
export async function withoutEndedHolds(pairs: readonly Pair[], { state, sync, dryRun }: SyncRun): Promise<readonly Pair[]> {
	const subjects = dryRun ? [...new Set(pairs.flatMap(({ holds }) => holds.map(({ subject }) => noteKey(subject))))] : [];
	const over = new Map<string, readonly string[]>();
	for (let start = 0; start < subjects.length; start += MOST) for (const [subject, fields] of await state.notes.find(sync.id, NO_LONGER_HELD, subjects.slice(start, start + MOST))) over.set(subject, fields);
	return over.size === 0 ? pairs : pairs.map((pair) => ({ ...pair, holds: pair.holds.filter(({ subject, field }) => !over.get(noteKey(subject))?.includes(field)) }));
}

/** To which records of the app a preview would have linked these of the CRM; to an empty id, where the app has not shown it yet. */
export async function plannedPartners(crmIds: readonly string[], { state, sync, dryRun }: SyncRun): Promise<ReadonlyMap<string, readonly string[]>> {
	return dryRun ? await state.notes.find(sync.id, 'given to', crmIds) : new Map();
}

/** Which of these records of the app a preview has looked for a partner for: what was held about them before says nothing any more. */
export async function judgedBefore(appIds: readonly string[], { state, sync, dryRun }: SyncRun): Promise<ReadonlyMap<string, unknown>> {
	return dryRun ? await state.notes.find(sync.id, 'judged', appIds) : new Map();
}

/** Which of these records of the app a preview would have linked. */
export async function plannedLinks(appIds: readonly string[], { state, sync, dryRun }: SyncRun): Promise<ReadonlyMap<string, unknown>> {
	return dryRun ? await state.notes.find(sync.id, 'linked', appIds) : new Map();
}
