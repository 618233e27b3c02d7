import type { VersionedRecord } from '../../model/changeReader';
import type { SyncRun } from '../run/syncRun';
import type { CrmSide } from '../plan/pair';

/** Records by id; those that are gone or hidden are left out. */
export async function readRecords(ids: readonly string[], run: SyncRun, select: readonly string[] = run.select): Promise<Map<string, VersionedRecord>> {
	const records = new Map<string, VersionedRecord>();
	if (ids.length === 0) return records;
	const query = { entity: run.settings.scope.entity, ids: [...new Set(ids)], select };
	for await (const page of run.changes.readByIds(query)) for (const record of page) records.set(record.id, record);
	return records;
}

/** What the CRM shows under each id, with the evidence of deletions that the run has noted. */
export async function readSides(ids: readonly string[], run: SyncRun): Promise<Map<string, CrmSide>> {
	const records = await readRecords(ids, run);
	const missing = ids.filter((id) => !records.has(id));
	const gone = await run.state.notes.find(run.sync.id, 'gone', missing);
	const sides = new Map<string, CrmSide>([...records].map(([id, record]) => [id, { kind: 'shown', record }]));
	for (const id of missing) {
		const into = gone.get(id);
		sides.set(id, into ? { kind: 'deleted', mergedInto: into.find((winner) => winner !== '') } : { kind: 'missing' });
	}
	return sides;
}
