import type { CrmRecord } from '../../model/record';
import type { SyncRun } from '../run/syncRun';
import { crmKey, type RecordKey } from './keyHash';
import { asPlanned } from './previewNotes';

/** The CRM's records with one match key. */
export interface Candidates {
	readonly open: readonly string[];
	/** Records that were converted, with what they became where the CRM says so. */
	readonly converted: readonly string[];
}

/** Finds the records of many keys at once; every key asked for is in the answer. The records of a key stand in the order of their ids: the CRM's own means nothing. */
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
	const all = run.dryRun ? await asPlanned(found, run) : found;
	return new Map([...all].map(([hash, { open, converted }]) => [hash, { open: [...open].sort(), converted: [...converted].sort() }]));
}

function sortIn({ id, values }: CrmRecord, candidates: { open: string[]; converted: string[] } | undefined, { description }: SyncRun): void {
	if (!candidates || candidates.open.includes(id)) return;
	const { conversion } = description;
	if (!conversion || values[conversion.flagField] !== true) candidates.open.push(id);
	else candidates.converted.push(String(values[conversion.targetIdField] ?? id));
}
