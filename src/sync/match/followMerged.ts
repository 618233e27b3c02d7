import type { Pair } from '../plan/pair';
import type { SyncRun } from '../run/syncRun';
import { plannedPartners } from './previewNotes';
import { readRecords } from './readRecords';

/** So many merges are followed, one after the other. */
const MOST_STEPS = 10;

/**
 * A link whose record was merged goes on with the winner, or with the record that this one was merged into, unless one of them has a link
 * of its own. Where the same reading says that the last one was deleted, the merge was a deletion; where nothing says so, the record is missing.
 */
export async function followMerged(pairs: readonly Pair[], run: SyncRun): Promise<readonly Pair[]> {
	const winners = new Set(pairs.flatMap(({ crm }) => (crm.kind === 'deleted' && crm.mergedInto !== undefined ? [crm.mergedInto] : [])));
	if (winners.size === 0) return pairs;
	const chains = await chainsFrom([...winners], run);
	const ids = [...new Set([...chains.values()].flatMap((chain) => chain.ids))];
	const records = await readRecords(ids, run);
	const links = await linksOf(ids, run);
	const planned = [...(await plannedPartners(ids, run)).keys()];
	const taken = new Set([...links.map(({ crmId }) => crmId), ...planned]);
	const linked = new Set([...links.filter(({ ended }) => ended === null).map(({ crmId }) => crmId), ...planned]);
	for (const { link } of pairs) taken.add(link.crmId);
	return pairs.map((pair): Pair => {
		const chain = pair.crm.kind === 'deleted' && pair.link.ended === null ? chains.get(pair.crm.mergedInto ?? '') : undefined;
		if (!chain) return pair;
		const winner = chain.ids.find((id) => records.has(id));
		if (winner === undefined) return { ...pair, mergedFrom: pair.link.crmId!, crm: { kind: chain.isDeleted ? 'deleted' : 'missing' } };
		const onTheWay = chain.ids.slice(0, chain.ids.indexOf(winner));
		if (taken.has(winner) || onTheWay.some((id) => linked.has(id))) return { ...pair, crm: { kind: 'deleted', mergedInto: winner } };
		taken.add(winner);
		return { ...pair, link: { ...pair.link, crmId: winner }, moved: true, mergedFrom: pair.link.crmId!, crm: { kind: 'shown', record: records.get(winner)! } };
	});
}

interface Chain {
	/** Each was merged into the next one. */
	readonly ids: readonly string[];
	/** The last one was deleted, and not merged. */
	readonly isDeleted: boolean;
}

/** What became of the winners, as the reading of changes says. */
async function chainsFrom(winners: readonly string[], { state, sync }: SyncRun): Promise<Map<string, Chain>> {
	const chains = new Map<string, Chain>(winners.map((winner) => [winner, { ids: [winner], isDeleted: false }]));
	for (let step = 1; step < MOST_STEPS; step++) {
		const open = [...chains].filter(([, { isDeleted }]) => !isDeleted);
		const gone = await state.notes.find(sync.id, 'gone', [...new Set(open.map(([, { ids }]) => ids.at(-1)!))]);
		if (gone.size === 0) return chains;
		for (const [winner, { ids }] of open) {
			const said = gone.get(ids.at(-1)!);
			const next = said?.find((id) => id !== '');
			if (next !== undefined) chains.set(winner, { ids: [...ids, next], isDeleted: false });
			else if (said) chains.set(winner, { ids, isDeleted: true });
		}
	}
	return chains;
}

const MOST = 1_000;

async function linksOf(crmIds: readonly string[], { state, sync }: SyncRun) {
	const links = [];
	for (let start = 0; start < crmIds.length; start += MOST) links.push(...(await state.links.byCrmIds(sync.id, crmIds.slice(start, start + MOST))));
	return links;
}
