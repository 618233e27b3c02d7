import type { ChangePage, ChangeReader } from '../../../src/model/changeReader';
import type { CrmAdapter } from '../../../src/model/crmAdapter';

/** What the engine may ask of a CRM, by what it asks it for. */
export type PortCall = 'changes' | 'records' | 'stamps' | 'match' | 'writes';

/** Of one kind of call: how often, how many requests it made, how long it took and how long this process worked meanwhile, in milliseconds. */
export interface Spent {
	calls: number;
	requests: number;
	milliseconds: number;
	worked: number;
}

export type Spending = Record<PortCall, Spent>;

/** The ports of an adapter, which add up what is asked of them. `requests` tells how many the CRM has counted. */
export function countedPorts(adapter: CrmAdapter, requests: () => number) {
	const spent = { changes: nothing(), records: nothing(), stamps: nothing(), match: nothing(), writes: nothing() } satisfies Spending;
	const during = async <T>(call: PortCall, work: () => Promise<T>): Promise<T> => {
		const [before, began, working] = [requests(), performance.now(), worked()];
		const result = await work();
		spent[call].milliseconds += performance.now() - began;
		spent[call].worked += worked() - working;
		spent[call].requests += requests() - before;
		return result;
	};
	async function* pages<T>(call: PortCall, source: AsyncIterable<T>): AsyncGenerator<T> {
		spent[call].calls += 1;
		const iterator = source[Symbol.asyncIterator]();
		for (;;) {
			const next = await during(call, async () => await iterator.next());
			if (next.done) return;
			yield next.value;
		}
	}
	const reader = adapter.changes!;
	const changes: ChangeReader = {
		tellsDeletions: reader.tellsDeletions,
		upperBound: async () => await during('changes', async () => await reader.upperBound()),
		readChanges: (query) => pages<ChangePage>('changes', reader.readChanges(query)),
		readByIds: (query) => pages(query.select.length === 0 ? 'stamps' : 'records', reader.readByIds(query)),
	};
	const counted: CrmAdapter = {
		...adapter,
		describe: adapter.describe.bind(adapter),
		canonicalId: adapter.canonicalId.bind(adapter),
		match: (queries) => pages('match', adapter.match(queries)),
		write: async (batch) => {
			spent.writes.calls += 1;
			return await during('writes', async () => await adapter.write(batch));
		},
	};
	return { adapter: counted, changes, spent };
}

function nothing(): Spent {
	return { calls: 0, requests: 0, milliseconds: 0, worked: 0 };
}

/** For how many milliseconds this process has worked: other programs on the machine do not count. */
export function worked(): number {
	const { user, system } = process.cpuUsage();
	return (user + system) / 1_000;
}
