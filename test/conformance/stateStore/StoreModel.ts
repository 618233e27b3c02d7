import type { Connection, SignIn } from '../../../src/model/connection';
import type { Run } from '../../../src/model/runHistory';
import type { Change, ConnectionQuery, Lease, RunQuery, SignInRefusal, Stored } from '../../../src/model/stateStore';

function bytes(one: string, other: string): number {
	return Buffer.compare(Buffer.from(one), Buffer.from(other));
}

function stored<T extends object>(value: T): T {
	return JSON.parse(JSON.stringify(value), (_, text: unknown) => (typeof text === 'string' ? plain(text) : text)) as T;
}

/** A text as the contract says that it comes back. */
export function plain(text: string): string {
	return [...text].map((sign) => (sign === '\0' || /^[\ud800-\udfff]$/.test(sign) ? '\ufffd' : sign)).join('');
}

/** What a state store is to do, in the simplest way: the whole of it in memory, searched from front to back. */
export class StoreModel {
	private readonly connections = new Map<string, Stored<Connection>>();
	private readonly signIns = new Map<string, Stored<SignIn>>();
	private readonly runs = new Map<string, Run>();
	private readonly leases = new Map<string, { owner: string; fence: number; expiresAt: number }>();
	private readonly refusals = new Map<string, SignInRefusal>();

	constructor(public now: number) {}

	find(id: string): Stored<Connection> | undefined {
		return this.connections.get(plain(id));
	}

	findByOrg(crm: string, orgId: string): Stored<Connection> | undefined {
		return [...this.connections.values()].find(({ value }) => value.crm === crm && value.orgId === plain(orgId));
	}

	list({ status, includeDeleted, limit }: ConnectionQuery): Connection[][] {
		const wanted = [...this.connections.values()]
			.map(({ value }) => value)
			.filter((value) => (!status || value.status === status) && (includeDeleted || value.deletedAt === null))
			.toSorted((one, other) => bytes(one.name.toLowerCase(), other.name.toLowerCase()) || bytes(one.id, other.id));
		return inPages(wanted, limit);
	}

	listSignIns(connectionIds: readonly string[]): SignIn[] {
		const wanted = [...this.signIns.values()].map(({ value }) => value).filter(({ connectionId }) => connectionIds.includes(connectionId));
		return wanted.toSorted((one, other) => bytes(one.credentialId, other.credentialId));
	}

	commit(connections: readonly Change<Connection>[], signIns: readonly Change<SignIn>[]): boolean {
		const before = [new Map(this.connections), new Map(this.signIns)] as const;
		const done =
			connections.every((change) => this.put(this.connections, plain(change.value.id), change)) &&
			signIns.every((change) => this.put(this.signIns, plain(change.value.credentialId), change)) &&
			this.orgsAreUnique();
		if (done) return true;
		this.connections.clear();
		this.signIns.clear();
		before[0].forEach((value, key) => this.connections.set(key, value));
		before[1].forEach((value, key) => this.signIns.set(key, value));
		return false;
	}

	/** Whether a connection would get the org that another one gives up in the same commit, which the contract leaves open. */
	handsOver(changes: readonly Change<Connection>[]): boolean {
		const orgs = changes.map(({ value }) => this.find(value.id)?.value).filter((value) => value !== undefined);
		return changes.some(({ value }) =>
			orgs.some(({ id, crm, orgId }) => id !== plain(value.id) && crm === value.crm && orgId === value.orgId),
		);
	}

	save(run: Run): void {
		this.runs.set(run.id, stored(run));
	}

	listRuns({ connectionId, credentialId, outcomes, limit }: RunQuery): Run[][] {
		const isAbout = (run: Run) =>
			(connectionId === undefined && credentialId === undefined) ||
			(connectionId !== undefined && run.connectionId === connectionId) ||
			(credentialId !== undefined && run.credentialId === credentialId && (connectionId === undefined || run.connectionId === null));
		const wanted = [...this.runs.values()].filter((run) => isAbout(run) && (!outcomes || outcomes.includes(run.outcome)));
		return inPages(
			wanted.toSorted((one, other) => bytes(other.startedAt, one.startedAt) || bytes(other.id, one.id)),
			limit,
		);
	}

	forgetRuns(startedAt: string): number {
		const old = [...this.runs.values()].filter((run) => run.startedAt < startedAt);
		old.forEach(({ id }) => this.runs.delete(id));
		return old.length;
	}

	acquire(scope: string, owner: string, ttlMs: number): Lease | undefined {
		const former = this.leases.get(scope);
		const isHeld = former !== undefined && former.expiresAt > this.now;
		if (isHeld && former.owner !== owner) return undefined;
		const lease = { owner, fence: (former?.fence ?? 0) + (isHeld ? 0 : 1), expiresAt: this.now + ttlMs };
		this.leases.set(scope, lease);
		return { scope, owner, fence: lease.fence, expiresAt: new Date(lease.expiresAt).toISOString() };
	}

	isHeld({ scope, owner, fence }: Lease): boolean {
		const lease = this.leases.get(scope);
		return lease !== undefined && lease.owner === owner && lease.fence === fence && lease.expiresAt > this.now;
	}

	release(lease: Lease): void {
		if (this.isHeld(lease)) this.leases.get(lease.scope)!.expiresAt = 0;
	}

	remember(refusal: SignInRefusal): void {
		this.refusals.set(refusal.fingerprint, stored(refusal));
	}

	findRefusal(fingerprint: string): SignInRefusal | undefined {
		return this.refusals.get(fingerprint);
	}

	private put<T extends object>(all: Map<string, Stored<T>>, key: string, { value, basedOn }: Change<T>): boolean {
		if ((all.get(key)?.version ?? 0) !== basedOn) return false;
		all.set(key, { value: stored(value), version: basedOn + 1 });
		return true;
	}

	private orgsAreUnique(): boolean {
		const orgs = [...this.connections.values()].map(({ value }) => JSON.stringify([value.crm, value.orgId]));
		return new Set(orgs).size === orgs.length;
	}
}

function inPages<T>(items: readonly T[], size: number): T[][] {
	const pages = [];
	for (let start = 0; start === 0 || start < items.length; start += size) pages.push(items.slice(start, start + size));
	return pages;
}
