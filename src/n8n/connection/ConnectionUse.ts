import { randomUUID } from 'node:crypto';

import { credentialChanged } from '../../connections/credentialChanged';
import { diagnose } from '../../connections/diagnose';
import type { CheckStep, Diagnosis, Evidence } from '../../connections/diagnosis';
import { effectOf } from '../../connections/effects';
import { evidenceOf } from '../../connections/evidenceOf';
import { admit } from '../../connections/registry/admit';
import { recordFailure, recordSuccess } from '../../connections/registry/recordOutcome';
import { stoppedByPerson } from '../../connections/registry/refusals';
import { register } from '../../connections/registry/register';
import type { Admission, KnownWithOrg, Reach, Registration, RegistryChanges, Trying } from '../../connections/registry/registryTypes';
import type { Connection, SignIn } from '../../model/connection';
import type { ConnectionIdentity } from '../../model/connectionIdentity';
import type { CrmAdapter } from '../../model/crmAdapter';
import { CrmError } from '../../model/crmError';
import { credentialKind, type CredentialKind } from '../credentialKinds';
import type { CrmContext } from '../crmContext';
import { createRefreshDiagnosis, type ExplainRefusal } from '../diagnoseRefresh';
import { openAdapter } from '../openAdapter';
import { getStateStore, type StateStoreHandle } from '../stateStore';
import { readCredentialUse, type CredentialUse, type UseMemory } from './credentialUse';
import { NotAdmittedError } from './NotAdmittedError';
import { decideAndStore, readKnown } from './registryAccess';
import { forgetOrg, rememberOrg } from './seenOrgs';
import { watchAdapter, type Watch } from './watchedAdapter';

type Admitted = Extract<Admission, { admitted: true }>;

/**
 * One use of a node's credential, from the question whether it may be used to what the use showed: the only way by which nodes reach
 * a CRM. Everything it learns is stored, so that the next run and the next node know it.
 */
export class ConnectionUse {
	private watch?: Watch;
	private opened?: Promise<CrmAdapter>;
	private explained?: CrmError;
	/** Whether a person changed the credential since it last worked. Known after `admit`. */
	credentialChanged = false;
	/** The org for which the registry let the use go on: nothing is sent to another one. */
	private admittedOrg?: string;
	/** Set as soon as the registry knows the connection. */
	connectionId?: string;
	/** Whether this credential has been registered with a connection: it has reached that org before. Known after `admit`. */
	signedUp = false;

	private constructor(
		private readonly context: CrmContext,
		readonly kind: CredentialKind,
		private readonly handle: StateStoreHandle,
		private readonly explainRefusal: ExplainRefusal,
		private credential: CredentialUse,
	) {}

	/** Reads credential and registry; nothing is sent. `manual`: a person started it. */
	static async begin(context: CrmContext, connectWith: string, manual: boolean): Promise<ConnectionUse> {
		const kind = credentialKind(connectWith);
		const handle = await getStateStore();
		const credential = await readCredentialUse(context, kind, { memory: memoryOf(handle), manual, now: new Date().toISOString() });
		return new ConnectionUse(context, kind, handle, await createRefreshDiagnosis(context, kind, handle), credential);
	}

	get trying(): Trying {
		return this.credential.trying;
	}

	get reach(): Reach {
		return this.credential.reach;
	}

	/** When the credential's certificate ends, in milliseconds since 1970; absent where it has none. */
	get certificateExpiresAt(): number | undefined {
		return this.credential.certificateExpiresAt;
	}

	/** Calls made so far, as the CRM bills them. */
	get calls(): number {
		return this.watch?.adapter.usage().callsMade ?? 0;
	}

	/** Whether the registry lets this use go on; what it decided is stored. */
	async admit(): Promise<Admission> {
		return await this.decide(this.reach.orgId, (known) => {
			// Before the try is entered: afterwards it looks as if this very content had been tried all along.
			this.credentialChanged = known.signIn !== undefined && credentialChanged(known.signIn.value, this.trying);
			return admit(known, this.reach, this.trying);
		});
	}

	/** Lets a rule decide on what is stored about the credential, its connection and the given org; stores what it decides. */
	async decide<D extends { readonly changes?: RegistryChanges }>(orgId: string | undefined, rule: (known: KnownWithOrg) => D): Promise<D> {
		const { store } = this.handle;
		const { crm } = this.kind;
		return await decideAndStore(
			store,
			async () => {
				const known = await readKnown(store, this.trying.credentialId, { crm, orgId });
				this.connectionId = known.connection?.value.id;
				this.signedUp = known.signIn !== undefined;
				return orgId === undefined ? known : { ...known, ofOrg: await store.connections.findByOrg(crm, orgId) };
			},
			rule,
		);
	}

	/**
	 * Opens the CRM, after making sure that it may be called and which org it is; once, however often it is asked.
	 *
	 * @throws NotAdmittedError; CrmError where nobody is signed in or the CRM cannot be asked who and where.
	 */
	async open(): Promise<CrmAdapter> {
		return await (this.opened ??= this.openAdmitted());
	}

	/** Opens the CRM for a list in the editor: admitted like a run, but nothing is registered and no identity asked for. */
	async openForList(): Promise<CrmAdapter> {
		return (await this.openKnown()).adapter;
	}

	/** Opens the CRM without asking who and where; the caller has been admitted and will register what `identify` answers. */
	async openUnregistered(): Promise<CrmAdapter> {
		if (this.credential.unusable) throw this.credential.unusable;
		const adapter = await openAdapter(this.context, this.kind.credentialType, () => this.admittedOrg);
		this.watch = watchAdapter(adapter, async () => await this.checkPause());
		await this.rememberTokens();
		return this.watch.adapter;
	}

	/** Stores who and where the CRM says it is; the registry may refuse an org that it did not expect. */
	async register(identity: ConnectionIdentity): Promise<Registration> {
		const arrival = { crm: this.kind.crm, identity, trying: this.trying, newId: randomUUID };
		return await this.enter(identity, (known) => register(known, arrival));
	}

	/** Lets a rule enter the use where it arrived. */
	async enter(identity: ConnectionIdentity, rule: (known: KnownWithOrg) => Registration): Promise<Registration> {
		const registration = await this.decide(identity.orgId, rule);
		if (registration.admitted) {
			this.connectionId = registration.connectionId;
			this.signedUp = true;
			this.admittedOrg = identity.orgId;
			rememberOrg(this.trying, this.reach.instanceUrl, identity);
		} else {
			forgetOrg(this.trying, this.reach.instanceUrl);
		}
		return registration;
	}

	/**
	 * Stores how the use ended for the sign-in: `error` is what ended it, where something did. Returns that error, in the words of its
	 * cause where it is about the sign-in or the way to the CRM.
	 */
	async end(error?: unknown): Promise<unknown> {
		const failure = error instanceof CrmError ? error : this.watch?.failure();
		if (failure !== undefined && failure === this.explained) return error;
		if (!failure) {
			if (this.watch?.answered()) await this.succeeded();
			return error;
		}
		const diagnosis = await this.failed(failure, this.watch ? 'identify' : 'signIn');
		return error === failure && effectOf(diagnosis.cause) !== 'none' ? inWordsOf(diagnosis, failure) : error;
	}

	/** Stores that the sign-in is well, with the credential as it is now: a renewal may have replaced what it was renewed with. */
	async succeeded(): Promise<void> {
		const { trying } = await this.read();
		await this.decide(this.reach.orgId, (known) => asDecision(recordSuccess(known, trying)));
	}

	/** Explains a failure and stores what it means for the sign-in. */
	async failed(error: CrmError, step: CheckStep, entity?: string): Promise<Diagnosis> {
		this.explained = error;
		const failure = await this.explainRefusal(error);
		const { diagnosis } = await this.decide(this.reach.orgId, (known) => {
			const found = diagnose(this.evidence(failure, step, { entity, signIn: known.signIn?.value }));
			return { diagnosis: found, changes: recordFailure(known, { ...found, kind: failure.kind }, this.trying) };
		});
		return diagnosis;
	}

	private evidence(error: CrmError, step: CheckStep, { entity, signIn }: { entity?: string; signIn?: SignIn }): Evidence {
		const { crmName, signInKind } = this.kind;
		const { lastWellAt, unreachableSince } = signIn ?? {};
		const { credentialChanged: changed } = this;
		const { sandboxHost } = this.credential;
		return evidenceOf(error, { step, crmName, entity, signInKind, sandboxHost, lastWellAt, unreachableSince, credentialChanged: changed, now: this.trying.now });
	}

	/** What the registry holds of the connection and of this credential. */
	async registered(): Promise<{ readonly connection: Connection; readonly signIn?: SignIn } | undefined> {
		const { signIn, connection } = await readKnown(this.handle.store, this.trying.credentialId, this.reach);
		return connection && { connection: connection.value, signIn: signIn?.value };
	}

	private async openAdmitted(): Promise<CrmAdapter> {
		const { adapter, admission } = await this.openKnown();
		if (admission.registered) return adapter;
		const registration = await this.register(await adapter.identify());
		if (!registration.admitted) throw new NotAdmittedError(registration);
		return adapter;
	}

	/** Admits by what the tokens tell, once more where only signing in gave them: the org may be one that is paused. */
	private async openKnown(): Promise<{ readonly adapter: CrmAdapter; readonly admission: Admitted }> {
		const first = await this.admitted();
		const knewOrg = this.reach.orgId !== undefined;
		const adapter = await this.openUnregistered();
		return { adapter, admission: knewOrg || this.reach.orgId === undefined ? first : await this.admitted() };
	}

	private async admitted(): Promise<Admitted> {
		const admission = await this.admit();
		if (!admission.admitted) throw new NotAdmittedError(admission);
		if (admission.registered) this.admittedOrg = this.reach.orgId;
		return admission;
	}

	/** A long run goes page by page, and somebody may pause the connection meanwhile. */
	private async checkPause(): Promise<void> {
		const { connection } = (await this.registered()) ?? {};
		const stopped = connection?.status === 'paused' ? stoppedByPerson(connection, this.trying) : undefined;
		if (stopped) throw new CrmError('permission', { message: stopped.words, remedy: stopped.whatToDo });
	}

	/** Opening may have signed in for the first time: what the tokens tell now was not known at admission. */
	private async rememberTokens(): Promise<void> {
		const { trying, reach } = this;
		if (reach.orgId === undefined) this.credential = { ...this.credential, trying, reach: (await this.read()).reach };
	}

	private async read(): Promise<CredentialUse> {
		const { manual, now } = this.trying;
		return await readCredentialUse(this.context, this.kind, { memory: memoryOf(this.handle), manual, now });
	}
}

function memoryOf({ key, store }: StateStoreHandle): UseMemory {
	return { key, refusals: store.refusals };
}

function inWordsOf({ words, whatToDo }: Diagnosis, { kind, code, httpStatus, transient, replyLost, reason }: CrmError): CrmError {
	return new CrmError(kind, { message: words, remedy: whatToDo, code, httpStatus, transient, replyLost, reason });
}

/** A decision that changes nothing may be no decision at all. */
function asDecision<C>(changes: C | undefined): { readonly changes?: C } {
	return changes === undefined ? {} : { changes };
}
