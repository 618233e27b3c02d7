import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import fc from 'fast-check';

import type { Connection, SignIn } from '../../../../src/model/connection';
import type { StateStore } from '../../../../src/model/stateStore';
import { openStateStore } from '../../../../src/store/openStateStore';
import { IN_MEMORY } from '../../../../src/store/settings';
import { law } from '../../../sync/laws/law';
import { anyAction, happenOutside, type Action } from './actions';
import { Edge } from './edge';
import { Oracle, type ExpectedConnection, type ExpectedSignIn } from './oracle';
import { Outside } from './outside';

/** The registry over a real store, beside what it should be. */
class LifeCycle {
	readonly outside = new Outside();
	readonly oracle = new Oracle(this.outside);
	readonly edge = new Edge(this.outside, () => this.store.connections, () => Promise.resolve());
	private readonly registered = new Map<string, string>();

	private constructor(
		private readonly folder: string,
		private store: StateStore,
	) {}

	static async begin(folder: string): Promise<LifeCycle> {
		return new LifeCycle(folder, await openStateStore({ kind: 'sqlite', folder }, () => new Date(0)));
	}

	async step(action: Action): Promise<void> {
		happenOutside(this.outside, action);
		if (action.does === 'restart') await this.restart();
		if (action.does === 'run') expect(await this.edge.run(action)).toBe(this.oracle.run(action));
		if (action.does === 'check') expect(await this.edge.check(action)).toBe(this.oracle.check(action));
		if (action.does === 'pause' || action.does === 'activate' || action.does === 'remove' || action.does === 'update') {
			this.oracle.wish(action);
			await this.edge.wish(action);
		}
		await this.compare();
	}

	async end(): Promise<void> {
		await this.store.close();
	}

	private async restart(): Promise<void> {
		await this.store.close();
		this.store = await openStateStore({ kind: 'sqlite', folder: this.folder }, () => new Date(0));
	}

	private async compare(): Promise<void> {
		const { items } = await this.store.connections.list({ includeDeleted: true, limit: 1000 });
		const signIns = await this.store.connections.listSignIns(items.map(({ id }) => id));
		expect(new Map(items.map((item) => [item.orgId, shownConnection(item)]))).toEqual(this.oracle.connections);
		expect(items).toHaveLength(this.oracle.connections.size);
		const orgOf = new Map(items.map(({ id, orgId }) => [id, orgId]));
		const expected = [...this.oracle.signIns].map(([id, signIn]) => [id, expectedSignIn(signIn)] as const);
		expect(new Map(signIns.map((signIn) => [signIn.credentialId, shownSignIn(signIn, orgOf)]))).toEqual(new Map(expected));
		for (const { id, orgId } of items) this.registered.set(id, orgId);
		expect(new Map(items.map(({ id, orgId }) => [id, orgId]))).toEqual(this.registered);
	}
}

function shownConnection({ name, description, orgName, status, runAutomatically, apiBudgetPercent, deletedAt }: Connection): ExpectedConnection {
	return { name, description, orgName, status, runAutomatically, apiBudgetPercent, deleted: deletedAt !== null };
}

function shownSignIn({ connectionId, status, unreachableSince, otherOrg, cause }: SignIn, orgOf: ReadonlyMap<string, string>): ExpectedSignIn {
	expect(cause === null).toBe(status === 'well');
	return { org: orgOf.get(connectionId) ?? '', status, unreachable: unreachableSince !== null, otherOrg: otherOrg?.orgId ?? null };
}

function expectedSignIn({ org, status, unreachable, otherOrg }: ExpectedSignIn): ExpectedSignIn {
	return { org, status, unreachable, otherOrg };
}

const histories = fc.nat(3).chain((favourite) => fc.array(anyAction(favourite), { maxLength: 50, size: 'max' }));

law('whatever happens one after the other, the registry decides and remembers what the plain rules say', histories, async (actions) => {
	const restarts = actions.some(({ does }) => does === 'restart');
	const folder = restarts ? await mkdtemp(join(tmpdir(), 'registry-')) : IN_MEMORY;
	const life = await LifeCycle.begin(folder);
	try {
		for (const action of actions) await life.step(action);
	} finally {
		await life.end();
		if (restarts) await rm(folder, { recursive: true });
	}
});
