import { linkSubject, type Pair } from '../plan/pair';
import type { SyncRun } from '../run/syncRun';

/** Where holds about a pair may stand. */
export function subjectsOf({ link, subject }: Pair): readonly string[] {
	const subjects = [linkSubject(link.id), subject];
	if (link.appId !== null) subjects.push(`app:${link.appId}`);
	if (link.crmId !== null) subjects.push(`crm:${link.crmId}`);
	return [...new Set(subjects)];
}

/** Brings each pair what is held about it and what was delivered of it; order stays. */
export async function loadMemory(pairs: readonly Pair[], { state, sync }: SyncRun): Promise<readonly Pair[]> {
	const subjects = [...new Set(pairs.flatMap(subjectsOf))];
	const holds = await inPieces(subjects, async (piece) => await state.holdsOf(sync.id, piece));
	const deliveries = await inPieces(pairs.filter(({ known }) => known).map(({ link }) => link.id), async (piece) => await state.deliveriesOf(sync.id, piece));
	const held = Map.groupBy(holds, ({ subject }) => subject);
	const delivered = new Map(deliveries.map((delivery) => [delivery.linkId, delivery]));
	return pairs.map((pair) => ({ ...pair, holds: subjectsOf(pair).flatMap((subject) => held.get(subject) ?? []), delivery: delivered.get(pair.link.id) }));
}

const MOST = 1_000;

async function inPieces<T>(keys: readonly string[], ask: (piece: readonly string[]) => Promise<readonly T[]>): Promise<readonly T[]> {
	const answers: T[] = [];
	for (let start = 0; start < keys.length; start += MOST) answers.push(...(await ask(keys.slice(start, start + MOST))));
	return answers;
}
