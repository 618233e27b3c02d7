import fc from 'fast-check';

import type { StateStore } from '../../../../src/model/stateStore';
import { openStateStore } from '../../../../src/store/openStateStore';
import { IN_MEMORY } from '../../../../src/store/settings';
import { law } from '../../../sync/laws/law';
import { anyAction, happenOutside, type Action } from './actions';
import { Edge, type Watcher } from './edge';
import { Outside, type OutsideCredential } from './outside';

/** Many uses at once over one store, in any order in which their steps may fall, and what must never be seen of it. */
class Crowd {
	readonly outside = new Outside();
	readonly wrong: string[] = [];
	private readonly edge: Edge;
	/** Orgs that a credential may work in: the first it came to, and those that somebody confirmed. */
	private readonly orgsOf = new Map<string, Set<string>>();
	/** Contents with a password that was refused, or was tried by itself since the sign-in is inactive; and when that was stored. */
	private readonly notAgain = new Map<string, number>();
	/** Credentials with a password that is refused. */
	private readonly refused = new Set<string>();
	private readonly ids = new Map<string, string>();

	constructor(
		private readonly store: StateStore,
		private readonly turn: () => Promise<void>,
	) {
		this.edge = new Edge(this.outside, () => store.connections, async () => await this.gate(), this.watcher());
	}

	/** Waits for its turn; no two have the same time. */
	private async gate(): Promise<void> {
		await this.turn();
		this.outside.now += 1000;
	}

	async perform(action: Action): Promise<void> {
		await this.gate();
		happenOutside(this.outside, action);
		if (action.does === 'run') await this.edge.run(action);
		if (action.does === 'check') await this.edge.check(action);
		if (action.does === 'pause' || action.does === 'activate' || action.does === 'remove' || action.does === 'update') await this.edge.wish(action);
	}

	async look(): Promise<void> {
		const { items } = await this.store.connections.list({ includeDeleted: true, limit: 1000 });
		expect(new Set(items.map(({ orgId }) => orgId)).size).toBe(items.length);
		for (const [id, orgId] of this.ids) expect(items).toContainEqual(expect.objectContaining({ id, orgId }));
		for (const { id, orgId } of items) this.ids.set(id, orgId);
		const signIns = await this.store.connections.listSignIns(items.map(({ id }) => id));
		expect(new Set(signIns.map(({ credentialId }) => credentialId)).size).toBe(signIns.length);
		for (const { credentialId, credentialName, connectionId } of signIns) {
			expect(credentialName).toBe(credentialId);
			expect(this.orgsOf.get(credentialId)).toContain(this.ids.get(connectionId));
		}
		expect(this.wrong).toEqual([]);
	}

	private isWell(credential: OutsideCredential): void {
		this.refused.delete(credential.id);
		this.notAgain.delete(contentOf(credential));
	}

	private watcher(): Watcher {
		return {
			admitted: ({ credential, trying, probe, readAt }) => {
				if (trying.manual || credential.unreadable) return;
				const since = this.notAgain.get(contentOf(credential));
				// A use of a sign-in that is well stores nothing first, so it may overlap with another that is being refused.
				if (since !== undefined && (probe || since < readAt)) this.wrong.push(`${contentOf(credential)} was sent again`);
				if (probe && this.refused.has(credential.id)) this.notAgain.set(contentOf(credential), this.outside.now);
			},
			refused: ({ credential }) => {
				if (!credential.password) return;
				this.refused.add(credential.id);
				this.notAgain.set(contentOf(credential), this.outside.now);
			},
			registered: ({ credential, org, confirmed }) => {
				this.isWell(credential);
				const orgs = this.orgsOf.get(credential.id) ?? new Set([org]);
				this.orgsOf.set(credential.id, confirmed ? orgs.add(org) : orgs);
			},
			worked: ({ credential, org }) => {
				this.isWell(credential);
				if (!this.orgsOf.get(credential.id)?.has(org)) this.wrong.push(`${credential.id} worked in ${org}`);
			},
		};
	}
}

function contentOf({ id, content }: OutsideCredential): string {
	return `${id}, content ${content}`;
}

const crowds = fc.nat(3).chain((favourite) => fc.array(fc.array(anyAction(favourite), { minLength: 1, maxLength: 8 }), { maxLength: 12 }));

law(
	'whatever happens at once, an org has one connection, a credential one sign-in, no org is touched unconfirmed, and no refused password is sent again by itself',
	fc.record({ scheduler: fc.scheduler(), crowds }),
	async ({ scheduler, crowds }) => {
		const store = await openStateStore({ kind: 'sqlite', folder: IN_MEMORY }, () => new Date(0));
		try {
			const crowd = new Crowd(store, async () => await scheduler.schedule(Promise.resolve()));
			for (const actions of crowds) {
				await scheduler.waitFor(Promise.all(actions.map(async (action) => await crowd.perform(action))));
				await crowd.look();
			}
		} finally {
			await store.close();
		}
	},
);
