import { admit } from '../../../../src/connections/registry/admit';
import { admitConfirmation, confirmOtherOrg } from '../../../../src/connections/registry/confirmOtherOrg';
import { recordFailure, recordSuccess } from '../../../../src/connections/registry/recordOutcome';
import { register } from '../../../../src/connections/registry/register';
import type { Arrival, Failure, KnownWithOrg, Reach, RefusalReason, RegistryChanges, Trying, WishOutcome } from '../../../../src/connections/registry/registryTypes';
import { activate, pause, remove, update } from '../../../../src/connections/registry/wishes';
import type { Connection } from '../../../../src/model/connection';
import type { ConnectionStore, Stored } from '../../../../src/model/stateStore';
import type { Action, Ending } from './actions';
import type { Outside, OutsideCredential } from './outside';

/** How a use ended. */
export type Told = RefusalReason | Ending | 'unreadable' | 'refused' | 'checked';

/** What somebody who watches the CRM and the registry sees. */
export interface Watcher {
	/** The registry let a use go on, by what it read at that time. */
	admitted?(use: { readonly credential: OutsideCredential; readonly trying: Trying; readonly probe: boolean; readonly readAt: number }): void;
	/** Records are read or written there. */
	worked?(use: { readonly credential: OutsideCredential; readonly org: string }): void;
	/** The sign-in was entered there. */
	registered?(use: { readonly credential: OutsideCredential; readonly org: string; readonly confirmed: boolean }): void;
	/** The CRM refused the sign-in, and that is stored. */
	refused?(use: { readonly credential: OutsideCredential; readonly trying: Trying }): void;
}

const failures: Readonly<Record<'unreadable' | 'unreachable' | 'refused' | 'passwordRefused' | 'notAllowed' | 'cancelled', Pick<Failure, 'kind' | 'cause'>>> = {
	unreadable: { kind: 'auth', cause: 'credential-unreadable' },
	unreachable: { kind: 'unavailable', cause: 'unreachable' },
	refused: { kind: 'auth', cause: 'sign-in-ended' },
	passwordRefused: { kind: 'auth', cause: 'password-refused' },
	notAllowed: { kind: 'permission', cause: 'permission-missing' },
	cancelled: { kind: 'cancelled', cause: 'sign-in-ended' },
};

/** Where the registry meets a store and a CRM, as short as can be. `gate` is passed before whatever takes time. */
export class Edge {
	private ids = 0;
	private readonly readAt = new Map<OutsideCredential, number>();

	constructor(
		private readonly outside: Outside,
		private readonly store: () => ConnectionStore,
		private readonly gate: () => Promise<void>,
		private readonly watcher: Watcher = {},
	) {}

	async wish(action: Extract<Action, { org: number }>): Promise<void> {
		const { id } = this.outside.orgs[action.org];
		const decide = (connection: Stored<Connection>): WishOutcome => {
			const { time } = this.outside;
			if (action.does === 'update') return update(connection, action.settings);
			return action.does === 'pause' ? pause(connection, time) : action.does === 'remove' ? remove(connection, time) : activate(connection, time);
		};
		await this.decideAndStore(
			async () => await this.store().findByOrg('salesforce', id),
			(connection) => {
				const outcome = connection && decide(connection);
				return { changes: outcome?.done ? outcome.changes : undefined };
			},
		);
	}

	/** A run: the CRM is asked who and where only if the registry wants to know. */
	async run({ credential: index, manual, ending }: Extract<Action, { does: 'run' }>): Promise<Told> {
		await this.gate();
		const credential = { ...this.outside.credentials[index] };
		const { reach, trying } = this.use(credential, manual);
		const admission = await this.decide(credential, reach.orgId, (known) => admit(known, reach, trying));
		if (!admission.admitted) return admission.reason;
		this.watcher.admitted?.({ credential, trying, probe: admission.probe, readAt: this.readAt.get(credential) ?? 0 });
		const failed = await this.call(credential, trying);
		if (failed) return failed;
		if (!admission.registered) {
			const registration = await this.decide(credential, credential.org.id, (known) => register(known, this.arrival(credential, trying)));
			if (registration.admitted || registration.reason !== 'otherOrg') this.watcher.registered?.({ credential, org: credential.org.id, confirmed: false });
			if (!registration.admitted) return registration.reason;
		}
		this.watcher.worked?.({ credential, org: credential.org.id });
		if (ending === 'done') await this.decide(credential, reach.orgId, (known) => ({ changes: recordSuccess(known, trying) }));
		else await this.fail(credential, ending, trying);
		return ending;
	}

	/** A health check: it always asks who and where, and may name an org to confirm. */
	async check({ credential: index, manual, confirmed }: Extract<Action, { does: 'check' }>): Promise<Told> {
		await this.gate();
		const credential = { ...this.outside.credentials[index] };
		const { reach, trying } = this.use(credential, manual);
		const named = confirmed === null ? undefined : this.outside.orgs[confirmed].id;
		const admission =
			named === undefined
				? await this.decide(credential, reach.orgId, (known) => admit(known, reach, trying))
				: await this.decide(credential, named, (known) => admitConfirmation(known, named, { ...reach, trying }));
		if (!admission.admitted) return admission.reason;
		this.watcher.admitted?.({ credential, trying, probe: admission.probe, readAt: this.readAt.get(credential) ?? 0 });
		const failed = await this.call(credential, trying);
		if (failed) return failed;
		const arrival = this.arrival(credential, trying);
		const registration = await this.decide(credential, credential.org.id, (known) => (named === undefined ? register(known, arrival) : confirmOtherOrg(known, named, arrival)));
		if (registration.admitted || registration.reason !== 'otherOrg') this.watcher.registered?.({ credential, org: credential.org.id, confirmed: named === credential.org.id });
		return registration.admitted ? 'checked' : registration.reason;
	}

	private async call(credential: OutsideCredential, trying: Trying): Promise<Told | undefined> {
		await this.gate();
		const answer = this.outside.answer(credential);
		if (answer === 'answered') return undefined;
		const isStored = await this.fail(credential, answer, trying);
		if (answer === 'refused' && isStored) this.watcher.refused?.({ credential, trying });
		return answer;
	}

	private async fail(credential: OutsideCredential, how: Exclude<Ending, 'done'> | 'unreadable' | 'refused', trying: Trying): Promise<boolean> {
		const shown = failures[how === 'refused' && credential.password ? 'passwordRefused' : how];
		const failure: Failure = { ...shown, certainty: 'proven', words: 'Words.', whatToDo: 'Do.' };
		const { changes } = await this.decide(credential, undefined, (known) => ({ changes: recordFailure(known, failure, trying) }));
		return changes !== undefined;
	}

	private use(credential: OutsideCredential, manual: boolean): { reach: Reach; trying: Trying } {
		const { id, password, content, unreadable, org } = credential;
		const tells = this.outside.tells(credential);
		const fingerprint = `key${this.outside.key}:${unreadable ? 'nothing' : content}`;
		return {
			reach: { crm: 'salesforce', orgId: tells ? org.id : undefined, userId: tells ? `user of ${id}` : undefined, instanceUrl: unreadable ? '' : org.instanceUrl },
			trying: { credentialId: id, credentialType: 'type', credentialName: id, fingerprint, manual, now: this.outside.time, sendsPassword: password, unusable: unreadable },
		};
	}

	private arrival(credential: OutsideCredential, trying: Trying): Arrival {
		return { crm: 'salesforce', identity: this.outside.identity(credential), trying, newId: () => `connection ${this.ids++}` };
	}

	private async decide<D extends { changes?: RegistryChanges }>(
		credential: OutsideCredential,
		orgId: string | undefined,
		rule: (known: KnownWithOrg) => D,
	): Promise<D> {
		const store = this.store();
		return await this.decideAndStore(async () => {
			this.readAt.set(credential, this.outside.now);
			const signIn = await store.findSignIn(credential.id);
			await this.gate();
			const ofOrg = orgId === undefined ? undefined : await store.findByOrg('salesforce', orgId);
			const reached = this.outside.tells(credential) ? await store.findByOrg('salesforce', credential.org.id) : undefined;
			return { signIn, ofOrg, connection: signIn ? await store.find(signIn.value.connectionId) : reached };
		}, rule);
	}

	private async decideAndStore<K, D extends { changes?: RegistryChanges }>(read: () => Promise<K>, rule: (known: K) => D): Promise<D> {
		for (;;) {
			await this.gate();
			const decision = rule(await read());
			await this.gate();
			if (!decision.changes || (await this.store().commit(decision.changes))) return decision;
		}
	}
}
