import { isDeepStrictEqual } from 'node:util';
import type { Lease, LeaseStore, Page } from '../../../src/model/stateStore';
import type { SyncDelivery } from '../../../src/model/syncDelivery';
import type { HoldDecision, SyncHold } from '../../../src/model/syncHold';
import type { SyncIntent } from '../../../src/model/syncIntent';
import type { SyncLink } from '../../../src/model/syncLink';
import type { SyncReport } from '../../../src/model/syncReport';
import { checkKeys } from '../../../src/store/refused';
import { checkBatch } from '../../../src/store/sync/storeBatch';
import type { CommitOutcome, GuardCount, HoldKey, HoldQuery, LinkReader, RunNotes, SeenHold, StoredSync, SyncBatch, SyncScope, SyncState } from '../../../src/model/syncState';

/** Called before and after each commit; may throw to let the process die there. */
export type Step = (name: string) => void;

const scopeKey = ({ connectionId, entity, appName }: SyncScope) => JSON.stringify([connectionId, entity, appName]);
const holdKey = ({ subject, field }: HoldKey) => JSON.stringify([subject, field]);
const BUCKET_MS = 600_000;

/** All that a state holds, so that a backup can be taken. */
export interface Contents {
	syncs: Map<string, StoredSync>;
	links: Map<string, SyncLink>;
	intents: Map<string, SyncIntent>;
	holds: Map<string, SyncHold>;
	deliveries: Map<string, SyncDelivery>;
	reports: Map<string, SyncReport>;
	counts: { connectionId: string; entity: string; at: number; updates: number; deletions: number }[];
}

/** A state in memory that dies where a test wants it to. */
export class MemorySyncState implements SyncState {
	contents: Contents = { syncs: new Map(), links: new Map(), intents: new Map(), holds: new Map(), deliveries: new Map(), reports: new Map(), counts: [] };
	step: Step = () => undefined;
	/** How many batches were stored that changed anything but notes. */
	commits = 0;
	/** How many runs have handed over what they came to: all their results had been taken then. */
	handOvers = 0;
	private noted = new Map<string, Map<string, Set<string>>>();

	constructor(private readonly leases: LeaseStore) {}

	readonly links: LinkReader = {
		byIds: async (sync, ids) => this.among(sync, ids, ({ id }) => id),
		byAppIds: async (sync, ids) => this.among(sync, ids, ({ appId }) => appId),
		byCrmIds: async (sync, ids) => this.among(sync, ids, ({ crmId }) => crmId),
		byKeyHashes: async (sync, hashes) => this.among(sync, hashes, ({ keyHash }) => keyHash),
		byAncestors: async (scope, { appIds, crmIds }) => {
			const syncs = [...this.contents.syncs.values()].filter((sync) => sync.scope.connectionId === scope.connectionId && sync.scope.appName === scope.appName);
			const others = new Set(syncs.map(({ id }) => id));
			return this.linksWhere(({ syncId, successor, appId }) => others.has(syncId) && successor?.entity === scope.entity && (appIds.includes(appId ?? '') || crmIds.includes(successor.crmId)));
		},
		list: async (syncId, limit, after) => pageOf([...this.contents.links.values()].filter((link) => link.syncId === syncId), ({ id }) => id, limit, after),
		count: async ({ connectionId, entity }) => {
			const syncs = [...this.contents.syncs.values()].filter(({ scope }) => scope.connectionId === connectionId && scope.entity === entity);
			const ids = new Set(syncs.map(({ id }) => id));
			const links = this.linksWhere(({ syncId }) => ids.has(syncId));
			const closed = links.filter(({ ended }) => ended !== null).length;
			return { open: links.length - closed, closed };
		},
	};

	readonly notes: RunNotes = {
		add: async (syncId, kind, notes) => {
			for (const [key, value] of notes) checkTexts({ note: key, 'value of a note': value });
			const known = this.noted.get(`${syncId} ${kind}`) ?? new Map<string, Set<string>>();
			for (const [key, value] of notes) known.set(key, (known.get(key) ?? new Set()).add(value));
			this.noted.set(`${syncId} ${kind}`, known);
		},
		find: async (syncId, kind, keys) => {
			const known = this.noted.get(`${syncId} ${kind}`);
			return new Map(keys.flatMap((key) => (known?.has(key) ? [[key, [...known.get(key)!]] as const] : [])));
		},
		forget: async () => this.noted.clear(),
	};

	async find(scope: SyncScope): Promise<StoredSync | undefined> {
		return this.contents.syncs.get(scopeKey(scope));
	}

	async holdsOf(_syncId: string, subjects: readonly string[]): Promise<readonly SyncHold[]> {
		const wanted = new Set(subjects);
		return [...this.contents.holds.values()].filter(({ subject }) => wanted.has(subject));
	}

	async holdsByKeyHashes(_syncId: string, keyHashes: readonly string[]): Promise<readonly SyncHold[]> {
		const wanted = new Set(keyHashes);
		return [...this.contents.holds.values()].filter(({ keyHash }) => keyHash !== null && wanted.has(keyHash));
	}

	async listHolds({ reasons, dueAt, limit, after }: HoldQuery): Promise<Page<SyncHold>> {
		const fits = (hold: SyncHold) => (!reasons || reasons.includes(hold.reason)) && (dueAt === undefined || hold.decision !== null || (hold.nextTryAt !== null && hold.nextTryAt <= dueAt));
		return pageOf([...this.contents.holds.values()].filter(fits), holdKey, limit, after);
	}

	async decide(key: SeenHold, decision: HoldDecision): Promise<boolean> {
		const hold = this.contents.holds.get(holdKey(key));
		if (hold === undefined || hold.shown !== key.shown || !isDeepStrictEqual(hold.rows, key.rows)) return false;
		this.contents.holds.set(holdKey(key), { ...hold, decision });
		return true;
	}

	async deliveriesOf(_syncId: string, linkIds: readonly string[]): Promise<readonly SyncDelivery[]> {
		return linkIds.flatMap((id) => this.contents.deliveries.get(id) ?? []);
	}

	async deliveriesByIds(_syncId: string, ids: readonly string[]): Promise<readonly SyncDelivery[]> {
		return [...this.contents.deliveries.values()].filter(({ id }) => ids.includes(id));
	}

	async listDeliveries(_syncId: string, limit: number, { unsent, after }: { unsent?: boolean; after?: string } = {}): Promise<Page<SyncDelivery>> {
		return pageOf([...this.contents.deliveries.values()].filter(({ handedOver }) => !unsent || !handedOver), ({ linkId }) => linkId, limit, after);
	}

	async listReports(_syncId: string, limit: number, after?: string): Promise<Page<SyncReport>> {
		return pageOf([...this.contents.reports.values()], ({ id }) => id, limit, after);
	}

	async handOver(_syncId: string, lease: Lease, { deliveries } = { deliveries: true }): Promise<CommitOutcome> {
		this.step('before commit');
		if (!(await this.leases.isHeld(lease))) return 'leaseLost';
		if (deliveries) for (const [id, delivery] of this.contents.deliveries) this.contents.deliveries.set(id, handedOver(delivery));
		this.contents.reports.clear();
		this.handOvers += 1;
		this.step('after commit');
		return 'stored';
	}

	async listIntents(_syncId: string, limit: number, after?: string): Promise<Page<SyncIntent>> {
		return pageOf([...this.contents.intents.values()], ({ startedAt, id }) => `${startedAt} ${id}`, limit, after);
	}

	async counted(connectionId: string, entity: string, since: string): Promise<GuardCount> {
		const from = Date.parse(since) - BUCKET_MS;
		const counts = this.contents.counts.filter((count) => count.connectionId === connectionId && count.entity === entity && count.at > from);
		return { updates: counts.reduce((sum, { updates }) => sum + updates, 0), deletions: counts.reduce((sum, { deletions }) => sum + deletions, 0) };
	}

	async commit(batch: SyncBatch, lease: Lease): Promise<CommitOutcome> {
		this.step('before commit');
		if (!(await this.leases.isHeld(lease))) return 'leaseLost';
		checkBatch(batch);
		checkOnce(batch);
		for (const { appId, crmId } of batch.links ?? []) checkTexts({ appId, crmId });
		for (const { subject } of batch.holds ?? []) checkTexts({ subject: subject.slice(subject.indexOf(':') + 1) });
		if (this.clashes(batch.links ?? [])) return 'clash';
		const { contents } = this;
		if (batch.sync) contents.syncs.set(scopeKey(batch.sync.scope), batch.sync);
		for (const link of batch.links ?? []) contents.links.set(link.id, link);
		for (const id of batch.endedIntents ?? []) contents.intents.delete(id);
		for (const intent of batch.intents ?? []) contents.intents.set(intent.id, intent);
		for (const key of batch.endedHolds ?? []) contents.holds.delete(holdKey(key));
		for (const hold of batch.holds ?? []) contents.holds.set(holdKey(hold), hold);
		for (const id of batch.endedDeliveries ?? []) contents.deliveries.delete(id);
		for (const delivery of batch.deliveries ?? []) contents.deliveries.set(delivery.linkId, delivery);
		for (const report of batch.reports ?? []) contents.reports.set(report.id, report);
		if (batch.counted) contents.counts.push({ ...batch.counted, at: Math.floor(Date.parse(batch.counted.at) / BUCKET_MS) * BUCKET_MS });
		this.commits += 1;
		this.step('after commit');
		return 'stored';
	}

	private clashes(links: readonly SyncLink[]): boolean {
		const after = new Map([...this.contents.links, ...links.map((link) => [link.id, link] as const)]);
		const taken = new Set<string>();
		return [...after.values()].some(({ syncId, appId, crmId }) =>
			[appId === null ? '' : `app ${syncId} ${appId}`, crmId === null ? '' : `crm ${syncId} ${crmId}`].some((id) => id !== '' && (taken.has(id) || !taken.add(id))),
		);
	}

	private linksWhere(fits: (link: SyncLink) => boolean): readonly SyncLink[] {
		return [...this.contents.links.values()].filter(fits);
	}

	private among(syncId: string, ids: readonly string[], of: (link: SyncLink) => string | null): readonly SyncLink[] {
		const wanted = new Set(ids);
		return this.linksWhere((link) => link.syncId === syncId && wanted.has(of(link) ?? ''));
	}
}

/** The last one would count; a run that gives a key twice does not know what it says. */
function checkOnce({ links = [], intents = [], holds = [], deliveries = [], reports = [] }: SyncBatch): void {
	const keys = { link: links.map(({ id }) => id), intent: intents.map(({ id }) => id), hold: holds.map(holdKey), delivery: deliveries.map(({ linkId }) => linkId), report: reports.map(({ id }) => id) };
	for (const [kind, given] of Object.entries(keys)) {
		if (new Set(given).size < given.length) throw new TypeError(`A ${kind} stands twice in one batch: ${given.toSorted().join(', ')}`);
	}
}

/** A real store would keep another text, and not find this one again. */
function checkTexts(texts: Readonly<Record<string, string | null>>): void {
	checkKeys(texts);
	for (const [name, text] of Object.entries(texts)) {
		if (text !== null && (typeof text !== 'string' || !text.isWellFormed() || text.includes('\0'))) throw new TypeError(`No store keeps this ${name}: ${JSON.stringify(text)}`);
	}
}

function pageOf<T>(all: readonly T[], keyOf: (one: T) => string, limit: number, after?: string): Page<T> {
	const sorted = all.filter((one) => after === undefined || keyOf(one) > after).sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1));
	const items = sorted.slice(0, limit);
	return sorted.length > limit ? { items, next: keyOf(items[items.length - 1]) } : { items };
}

/** Leases in memory, by a clock of the test. */
export class MemoryLeases implements LeaseStore {
	private readonly held = new Map<string, Lease>();

	constructor(private readonly clock: () => Date) {}

	async acquire(scope: string, owner: string, ttlMs: number): Promise<Lease | undefined> {
		const former = this.held.get(scope);
		const now = this.clock();
		const isFree = !former || former.expiresAt <= now.toISOString();
		if (!isFree && former.owner !== owner) return undefined;
		const lease = { scope, owner, fence: (former?.fence ?? 0) + (isFree ? 1 : 0), expiresAt: new Date(now.getTime() + ttlMs).toISOString() };
		this.held.set(scope, lease);
		return lease;
	}

	async isHeld({ scope, owner, fence }: Lease): Promise<boolean> {
		const held = this.held.get(scope);
		return held?.owner === owner && held.fence === fence && held.expiresAt > this.clock().toISOString();
	}

	async release({ scope, owner, fence }: Lease): Promise<void> {
		const held = this.held.get(scope);
		if (held?.owner === owner && held.fence === fence) this.held.set(scope, { ...held, expiresAt: new Date(0).toISOString() });
	}
}

function handedOver(delivery: SyncDelivery): SyncDelivery {
	if (delivery.handedOver || delivery.tries === 0) return delivery;
	return delivery.withheld ? { ...delivery, tries: 0 } : { ...delivery, handedOver: true };
}
