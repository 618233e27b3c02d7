import type { Pair } from '../plan/pair';
import type { SyncRun } from '../run/syncRun';
import { readRecords } from './readRecords';

/**
 * A link whose record was merged goes on with the winner, unless that has a link of its own. A winner that is gone too makes the merge
 * a deletion.
 */
export async function followMerged(pairs: readonly Pair[], run: SyncRun): Promise<readonly Pair[]> {
	const winners = new Set(pairs.flatMap(({ crm }) => (crm.kind === 'deleted' && crm.mergedInto !== undefined ? [crm.mergedInto] : [])));
	if (winners.size === 0) return pairs;
	const taken = new Set((await run.state.links.byCrmIds(run.sync.id, [...winners])).map(({ crmId }) => crmId));
	for (const { crm, link } of pairs) if (crm.kind === 'shown' && link.crmId !== null) taken.add(link.crmId);
	const records = await readRecords([...winners], run);
	return pairs.map((pair) => {
		const winner = pair.crm.kind === 'deleted' ? pair.crm.mergedInto : undefined;
		if (winner === undefined || pair.link.ended !== null) return pair;
		if (taken.has(winner)) return pair;
		const record = records.get(winner);
		if (!record) return { ...pair, crm: { kind: 'deleted' } };
		taken.add(winner);
		return { ...pair, link: { ...pair.link, crmId: winner }, moved: true, mergedFrom: pair.link.crmId ?? undefined, crm: { kind: 'shown', record } };
	});
}
