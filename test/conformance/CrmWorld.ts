import type { CrmAdapter } from '../../src/model/crmAdapter';
import type { CrmValue } from '../../src/model/record';

type Values = Readonly<Record<string, CrmValue>>;

/** Names of what the suite writes and reads: an entity of people, as the CRM calls it and its fields. */
export interface PersonEntity {
	readonly entity: string;
	readonly nameField: string;
	readonly emailField: string;
	/** A text field that may be empty. */
	readonly textField: string;
	/** Values that a create needs beside the name. */
	readonly alsoRequired: Values;
	/** A value of an optional field that the CRM refuses; nothing else is wrong with it. */
	readonly badValue: Values;
	/** A well-formed id of the entity that no record has. */
	readonly unusedId: string;
}

/** What may go wrong with a CRM. Each lasts until `clear`, unless it says once. */
export interface CrmFaults {
	/** The session ends; signing in again works. */
	expireSignIn(): void;
	/** No sign-in is accepted any more. */
	refuseSignIn(): void;
	reachDailyLimit(): void;
	/** The next answer says that too much is going on at once. */
	overloadOnce(): void;
	/** The next request meets a broken server. */
	breakOnce(): void;
	break(): void;
	/** The next request is carried out, but something before the CRM answers with this status, and a page or an error in JSON of its own. */
	hideBehindGatewayOnce(status: number, form: 'page' | 'json'): void;
	/** The connection of the next request is cut before it did anything. */
	cutBeforeCommitOnce(): void;
	/** The connection of the next request is cut after it was carried out. */
	cutAfterCommitOnce(): void;
	/** The first record of the next write is being saved by somebody else. */
	lockOnce(): void;
	clear(): void;
}

/** A CRM with one sign-in, empty of people, and what a test may do behind the adapter's back. */
export interface CrmWorld {
	readonly person: PersonEntity;
	readonly faults: CrmFaults;
	readonly owner: { readonly id: string; readonly name: string; readonly email: string };
	/** Opens an adapter that has seen nothing yet. */
	open(signal?: AbortSignal): CrmAdapter;
	/** Puts a person into the CRM and answers the id. */
	seed(values: Values): string;
	/** Somebody else changes a person. */
	edit(id: string, values: Values): void;
	/** Somebody else deletes a person. */
	remove(id: string): void;
	/** The CRM can no longer tell what changed since the readings so far. */
	forgetChanges(): void;
	/** All people there are now. */
	people(): ReadonlyArray<Values & { readonly id: string }>;
	/** API calls that the CRM has counted so far. */
	callsCounted(): number;
	close(): Promise<void>;
}
