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
		const staying = open.filter((id) => (away.get(id)?.at(-1) ?? hash) === hash);
		return [hash, { open: [...new Set([...staying, ...(here.get(hash) ?? [])])], converted }];
	};
	return new Map([...found].map(now));
}

/** Notes which records a preview would link, and which it would give another key. */
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
	const judged = plans.flatMap(({ pair: { link, keyHash, known } }) => (link.appId === null || known ? [] : [[link.appId, keyHash ?? ''] as const]));
	await run.state.notes.add(run.sync.id, 'waits under', judged);
	await run.state.notes.add(run.sync.id, 'linked', linked.map((id) => [id, ''] as const));
	await run.state.notes.add(run.sync.id, 'given another key', given);
	await run.state.notes.add(run.sync.id, 'given this key', [...given.map(([id, hash]) => [hash, id] as const), ...created.map(([hash, id]) => [hash, id] as const)]);
	await notePlannedLinks(plans, run);
}

/** To which records of the app a preview would have linked these of the CRM; to an empty id, where the app has not shown it yet. */
export async function plannedPartners(crmIds: readonly string[], { state, sync, dryRun }: SyncRun): Promise<ReadonlyMap<string, readonly string[]>> {
	return dryRun ? await state.notes.find(sync.id, 'given to', crmIds) : new Map();
}

/** Under which keys a preview would hold these records of the app. */
export async function plannedKeys(appIds: readonly string[], { state, sync, dryRun }: SyncRun): Promise<ReadonlyMap<string, readonly string[]>> {
	return dryRun ? await state.notes.find(sync.id, 'waits under', appIds) : new Map();
}

/** Which of these records of the app a preview would have linked. */
export async function plannedLinks(appIds: readonly string[], { state, sync, dryRun }: SyncRun): Promise<ReadonlyMap<string, unknown>> {
	return dryRun ? await state.notes.find(sync.id, 'linked', appIds) : new Map();
}
