import type { Lease, LeaseStore, Page } from '../../../src/model/stateStore';
import type { HoldDecision } from '../../../src/model/syncHold';
import type { CommitOutcome, HoldQuery, LinkReader, RunNotes, SeenHold, SyncBatch, SyncScope, SyncState } from '../../../src/model/syncState';
import { MemorySyncState } from './MemorySyncState';

/** A real state and the one in memory side by side: whatever they are asked, they must say the same. */
export class TwinSyncState extends MemorySyncState implements SyncState {
	/** What continues a list, in the words of the one in memory. */
	private readonly continued = new Map<string, string>();
	declare readonly links: LinkReader;
	declare readonly notes: RunNotes;

	constructor(
		private readonly real: SyncState,
		leases: LeaseStore,
	) {
		super(leases);
		const { links: inMemory, notes } = this;
		this.links = {
			byIds: async (id, ids) => alike(await real.links.byIds(id, ids), await inMemory.byIds(id, ids)),
			byAppIds: async (id, ids) => alike(await real.links.byAppIds(id, ids), await inMemory.byAppIds(id, ids)),
			byCrmIds: async (id, ids) => alike(await real.links.byCrmIds(id, ids), await inMemory.byCrmIds(id, ids)),
			byKeyHashes: async (id, hashes) => alike(await real.links.byKeyHashes(id, hashes), await inMemory.byKeyHashes(id, hashes)),
			byAncestors: async (scope, of) => alike(await real.links.byAncestors(scope, of), await inMemory.byAncestors(scope, of)),
			list: async (id, limit, after) => this.page(await real.links.list(id, limit, after), await inMemory.list(id, limit, this.inMemory(after))),
			count: async (of) => alike(await real.links.count(of), await inMemory.count(of)),
		};
		this.notes = {
			add: async (...note) => void (await Promise.all([real.notes.add(...note), notes.add(...note)])),
			find: async (...asked) => {
				const [one, other] = [await real.notes.find(...asked), await notes.find(...asked)];
				alike([...one].map(([key, values]) => [key, [...values].sort()]), [...other].map(([key, values]) => [key, [...values].sort()]));
				return one;
			},
			forget: async (id) => void (await Promise.all([real.notes.forget(id), notes.forget(id)])),
		};
	}

	override async find(scope: SyncScope) {
		return alike(await this.real.find(scope), await super.find(scope));
	}

	override async holdsOf(id: string, subjects: readonly string[]) {
		return alike(await this.real.holdsOf(id, subjects), await super.holdsOf(id, subjects));
	}

	override async holdsByKeyHashes(id: string, hashes: readonly string[]) {
		return alike(await this.real.holdsByKeyHashes(id, hashes), await super.holdsByKeyHashes(id, hashes));
	}

	override async listHolds(query: HoldQuery) {
		return this.page(await this.real.listHolds(query), await super.listHolds({ ...query, after: this.inMemory(query.after) }));
	}

	override async decide(key: SeenHold, decision: HoldDecision) {
		return alike(await this.real.decide(key, decision), await super.decide(key, decision));
	}

	override async deliveriesOf(id: string, linkIds: readonly string[]) {
		return alike(await this.real.deliveriesOf(id, linkIds), await super.deliveriesOf(id, linkIds));
	}

	override async deliveriesByIds(id: string, ids: readonly string[]) {
		return alike(await this.real.deliveriesByIds(id, ids), await super.deliveriesByIds(id, ids));
	}

	override async listDeliveries(id: string, limit: number, more: { unsent?: boolean; after?: string } = {}) {
		return this.page(await this.real.listDeliveries(id, limit, more), await super.listDeliveries(id, limit, { ...more, after: this.inMemory(more.after) }));
	}

	override async listIntents(id: string, limit: number, after?: string) {
		return this.page(await this.real.listIntents(id, limit, after), await super.listIntents(id, limit, this.inMemory(after)));
	}

	override async listReports(id: string, limit: number, after?: string) {
		return this.page(await this.real.listReports(id, limit, after), await super.listReports(id, limit, this.inMemory(after)));
	}

	override async counted(connectionId: string, entity: string, since: string) {
		return alike(await this.real.counted(connectionId, entity, since), await super.counted(connectionId, entity, since));
	}

	override async handOver(id: string, lease: Lease, what = { deliveries: true }): Promise<CommitOutcome> {
		return await this.between(async () => alike(await this.real.handOver(id, lease, what), await super.handOver(id, lease, what)));
	}

	override async commit(batch: SyncBatch, lease: Lease): Promise<CommitOutcome> {
		return await this.between(async () => alike(await this.real.commit(batch, lease), await super.commit(batch, lease)));
	}

	/** Dies before or after both have stored it. */
	private async between(store: () => Promise<CommitOutcome>): Promise<CommitOutcome> {
		const { step } = this;
		step('before commit');
		this.step = () => undefined;
		const outcome = await store();
		this.step = step;
		step('after commit');
		return outcome;
	}

	private page<T>(real: Page<T>, inMemory: Page<T>): Page<T> {
		same([...real.items, real.next === undefined], [...inMemory.items, inMemory.next === undefined]);
		if (real.next !== undefined) this.continued.set(real.next, inMemory.next!);
		return real;
	}

	private inMemory(after: string | undefined): string | undefined {
		return after === undefined ? undefined : this.continued.get(after);
	}
}

/** Both answers, which may stand in another order. */
function alike<T>(real: T, inMemory: T): T {
	const inOrder = (answer: unknown) => (Array.isArray(answer) ? answer.map(textOf).sort() : answer);
	same(inOrder(real), inOrder(inMemory));
	return real;
}

/** Shows what differs; comparing texts is much cheaper than an expectation, of which a history would have hundreds. */
function same(real: unknown, inMemory: unknown): void {
	if (textOf(real) !== textOf(inMemory)) expect(real).toEqual(inMemory);
}

function textOf(value: unknown): string {
	return JSON.stringify(sorted(value)) ?? 'undefined';
}

function sorted(value: unknown): unknown {
	if (value instanceof Uint8Array) return [...value];
	if (Array.isArray(value)) return value.map(sorted);
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, one]) => [key, sorted(one)]));
}
