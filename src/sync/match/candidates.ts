import type { CrmRecord } from '../../model/record';
import type { RecordPlan } from '../plan/recordPlan';
import type { SyncRun } from '../run/syncRun';
import { crmKey, type RecordKey } from './keyHash';

/** The CRM's records with one match key. */
export interface Candidates {
	readonly open: readonly string[];
	/** Records that were converted, with what they became where the CRM says so. */
	readonly converted: readonly string[];
}

/** Finds the records of many keys at once; every key asked for is in the answer. */
export async function findCandidates(keys: readonly RecordKey[], run: SyncRun): Promise<Map<string, Candidates>> {
	const found = new Map(keys.map(({ hash }) => [hash, { open: [] as string[], converted: [] as string[] }]));
	if (keys.length === 0) return found;
	const { matchKey } = run.mapping.mapping;
	const { conversion } = run.description;
	const select = [matchKey.crmField, ...(conversion ? [conversion.flagField, conversion.targetIdField] : [])];
	const values = [...new Map(keys.map(({ hash, value }) => [hash, value])).values()];
	for await (const { records } of run.adapter.match([{ entity: run.settings.scope.entity, field: matchKey.crmField, values, select }])) {
		for (const record of records) sortIn(record, found.get(crmKey(record.values, run)?.hash ?? ''), run);
	}
	return run.dryRun ? await asPlanned(found, run) : found;
}

/** A preview finds records under the keys that it would have given them. */
async function asPlanned(found: Map<string, { open: string[]; converted: string[] }>, { state, sync }: SyncRun): Promise<Map<string, Candidates>> {
	const away = await state.notes.find(sync.id, 'given another key', [...found.values()].flatMap(({ open }) => open));
	const here = await state.notes.find(sync.id, 'given this key', [...found.keys()]);
	const now = ([hash, { open, converted }]: [string, Candidates]): [string, Candidates] => {
		const staying = open.filter((id) => (away.get(id)?.at(-1) ?? hash) === hash);
		return [hash, { open: [...new Set([...staying, ...(here.get(hash) ?? [])])], converted }];
	};
	return new Map([...found].map(now));
}

/** Notes which records a preview would give another key. */
export async function notePlannedKeys(plans: readonly RecordPlan[], run: SyncRun): Promise<void> {
	const { crmField } = run.mapping.mapping.matchKey;
	const given = plans.flatMap(({ write, pair: { link } }): (readonly [string, string])[] => {
		if (write?.kind !== 'update' || link.crmId === null || write.values[crmField] === undefined) return [];
		return [[link.crmId, crmKey(write.values, run)?.hash ?? '']];
	});
	await run.state.notes.add(run.sync.id, 'given another key', given);
	await run.state.notes.add(run.sync.id, 'given this key', given.map(([id, hash]) => [hash, id] as const));
}

function sortIn({ id, values }: CrmRecord, candidates: { open: string[]; converted: string[] } | undefined, { description }: SyncRun): void {
	if (!candidates || candidates.open.includes(id)) return;
	const { conversion } = description;
	if (!conversion || values[conversion.flagField] !== true) candidates.open.push(id);
	else candidates.converted.push(String(values[conversion.targetIdField] ?? id));
}
