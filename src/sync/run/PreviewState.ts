import type { SyncHold } from '../../model/syncHold';
import type { SyncLink } from '../../model/syncLink';
import type { CommitOutcome, HoldKey, HoldQuery, LinkReader, RunNotes, SyncBatch, SyncState } from '../../model/syncState';

/**
 * What is remembered, as a preview sees it: with the links and holds that a run would store before it looks at anything, and storing nothing.
 * They are kept in memory: what runs that died had begun, at most a page of each. Of what is stored to be found by other runs nothing is kept.
 */
export class PreviewState implements SyncState {
	readonly links: LinkReader;
	readonly notes: RunNotes;
	private readonly changed = new Map<string, SyncLink>();
	/** By subject and field; nothing where it is over. */
	private readonly held = new Map<string, SyncHold | undefined>();

	constructor(private readonly stored: SyncState) {
		const { links, notes } = stored;
		this.notes = notes;
		this.links = {
			byIds: async (sync, ids) => this.among(await links.byIds(sync, ids), ids, ({ id }) => id),
			byAppIds: async (sync, ids) => this.among(await links.byAppIds(sync, ids), ids, ({ appId }) => appId),
			byCrmIds: async (sync, ids) => this.among(await links.byCrmIds(sync, ids), ids, ({ crmId }) => crmId),
			byKeyHashes: async (sync, hashes) => this.among(await links.byKeyHashes(sync, hashes), hashes, ({ keyHash }) => keyHash),
			byAncestors: async (...asked) => await links.byAncestors(...asked),
			list: async (...asked) => await links.list(...asked),
			count: async (...asked) => await links.count(...asked),
		};
	}

	async holdsOf(syncId: string, subjects: readonly string[]): Promise<readonly SyncHold[]> {
		return this.waiting(await this.stored.holdsOf(syncId, subjects), ({ subject }) => subjects.includes(subject));
	}

	async holdsByKeyHashes(syncId: string, keyHashes: readonly string[]): Promise<readonly SyncHold[]> {
		return this.waiting(await this.stored.holdsByKeyHashes(syncId, keyHashes), ({ keyHash }) => keyHash !== null && keyHashes.includes(keyHash));
	}

	/** Without those that are over, or held anew: none of these is due. */
	async listHolds(query: HoldQuery) {
		const page = await this.stored.listHolds(query);
		return { ...page, items: page.items.filter((hold) => !this.held.has(keyOf(hold))) };
	}

	async commit({ links = [], holds = [], endedHolds = [] }: SyncBatch): Promise<CommitOutcome> {
		if (await this.clashes(links)) return 'clash';
		for (const link of links) this.changed.set(link.id, link);
		for (const hold of endedHolds) this.held.set(keyOf(hold), undefined);
		for (const hold of holds) this.held.set(keyOf(hold), hold);
		return 'stored';
	}

	find: SyncState['find'] = async (...asked) => await this.stored.find(...asked);
	decide: SyncState['decide'] = async (...asked) => await this.stored.decide(...asked);
	deliveriesOf: SyncState['deliveriesOf'] = async (...asked) => await this.stored.deliveriesOf(...asked);
	deliveriesByIds: SyncState['deliveriesByIds'] = async (...asked) => await this.stored.deliveriesByIds(...asked);
	listDeliveries: SyncState['listDeliveries'] = async (...asked) => await this.stored.listDeliveries(...asked);
	listReports: SyncState['listReports'] = async (...asked) => await this.stored.listReports(...asked);
	listIntents: SyncState['listIntents'] = async (...asked) => await this.stored.listIntents(...asked);
	counted: SyncState['counted'] = async (...asked) => await this.stored.counted(...asked);
	handOver: SyncState['handOver'] = async () => 'stored';

	private among(stored: readonly SyncLink[], ids: readonly string[], of: (link: SyncLink) => string | null): readonly SyncLink[] {
		if (this.changed.size === 0) return stored;
		const wanted = new Set<string | null>(ids);
		return [...stored.filter(({ id }) => !this.changed.has(id)), ...[...this.changed.values()].filter((link) => wanted.has(of(link)))];
	}

	private waiting(stored: readonly SyncHold[], isWanted: (hold: SyncHold) => boolean): readonly SyncHold[] {
		const anew = [...this.held.values()].filter((hold) => hold !== undefined);
		return [...stored.filter((hold) => !this.held.has(keyOf(hold))), ...anew.filter(isWanted)];
	}

	private async clashes(links: readonly SyncLink[]): Promise<boolean> {
		for (const { id, syncId, appId, crmId } of links) {
			const same = [...(await this.links.byAppIds(syncId, appId === null ? [] : [appId])), ...(await this.links.byCrmIds(syncId, crmId === null ? [] : [crmId]))];
			if (same.some((link) => link.id !== id)) return true;
		}
		return false;
	}
}

function keyOf({ subject, field }: HoldKey): string {
	return JSON.stringify([subject, field]);
}
