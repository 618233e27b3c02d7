import type { Connection, SignIn } from '../../model/connection';
import type { ConnectionIdentity } from '../../model/connectionIdentity';
import type { CrmKind } from '../../model/crmAdapter';
import type { CrmErrorKind } from '../../model/crmError';
import type { Change, Stored } from '../../model/stateStore';
import type { Diagnosis } from '../diagnosis';

/** What is stored about a credential. */
export interface Known {
	readonly signIn?: Stored<SignIn>;
	/** The connection of the sign-in, deleted or not; without a sign-in that of the org which the credential's tokens name. */
	readonly connection?: Stored<Connection>;
}

/** And about the org that the CRM itself, or a person, named meanwhile. */
export interface KnownWithOrg extends Known {
	/** The connection of that org, deleted or not; may be the same as `connection`. */
	readonly ofOrg?: Stored<Connection>;
}

/** What the credential's own tokens tell, without a call. */
export interface Reach {
	readonly crm: CrmKind;
	/** Canonical, as all ids here. Absent where tokens name no org; then each run has to ask (`registered: false`). */
	readonly orgId?: string;
	readonly userId?: string;
	readonly instanceUrl: string;
}

/** One try to use a credential. The same object from admission to the end of the run. */
export interface Trying {
	readonly credentialId: string;
	readonly credentialType: string;
	readonly credentialName: string;
	/** Of the credential's content: `<key id>:<hash>`. Fingerprints of different keys cannot be compared, and count as unchanged. */
	readonly fingerprint: string;
	/** A person started it. */
	readonly manual: boolean;
	/** When it began; ISO 8601, UTC. */
	readonly now: string;
	/** Signing in with this credential sends a password, so that repeated refusals may lock the user out. */
	readonly sendsPassword?: boolean;
	/** That password, exactly as it is, is not known to have been refused; or it was taken since, as when a person tested the credential in its form. */
	readonly refusalForgotten?: boolean;
	/** The credential cannot be read or was never connected: nothing can be sent, and its fingerprint says nothing. */
	readonly unusable?: boolean;
}

/** What to commit, all or nothing; after a conflict read again and decide anew. */
export interface RegistryChanges {
	readonly connections?: readonly Change<Connection>[];
	readonly signIns?: readonly Change<SignIn>[];
}

export type RefusalReason = 'paused' | 'notAutomatic' | 'otherOrg' | 'inactive';

/** Nothing may be sent to the CRM. */
export interface Refusal {
	readonly admitted: false;
	readonly reason: RefusalReason;
	readonly words: string;
	readonly whatToDo: string;
	readonly changes?: RegistryChanges;
}

/** Whether a try may go on. `changes` are committed first: they also keep two runs from trying the same refused sign-in at once. */
export type Admission =
	| {
			readonly admitted: true;
			/** `false`: ask the CRM who and where, and call `register`, before anything else. */
			readonly registered: boolean;
			/** The sign-in was inactive; this finds out whether it is well again. */
			readonly probe: boolean;
			readonly changes?: RegistryChanges;
	  }
	| Refusal;

/** Whether the try may go on with the org that it reached. */
export type Registration = { readonly admitted: true; readonly connectionId: string; readonly changes?: RegistryChanges } | Refusal;

/** Where the CRM says that a try arrived. */
export interface Arrival {
	readonly crm: CrmKind;
	readonly identity: ConnectionIdentity;
	readonly trying: Trying;
	/** A new id for a connection that nobody registered yet. */
	readonly newId: () => string;
}

/** Why a try failed. */
export interface Failure extends Diagnosis {
	readonly kind: CrmErrorKind;
}

/** What a person may set. */
export interface ConnectionSettings {
	readonly name: string;
	readonly description: string;
	readonly runAutomatically: boolean;
	/** 1 to 100, whole; `null` for no limit of our own. */
	readonly apiBudgetPercent: number | null;
}

/** What became of a person's wish; done without `changes`: it was so already. */
export type WishOutcome =
	| { readonly done: true; readonly changes?: RegistryChanges }
	| { readonly done: false; readonly words: string; readonly whatToDo: string };
