import type { ChangeReader } from '../../model/changeReader';
import type { CrmAdapter } from '../../model/crmAdapter';
import type { EntityDescription } from '../../model/entity';
import type { Lease, LeaseStore } from '../../model/stateStore';
import type { SyncIntent } from '../../model/syncIntent';
import type { StoredSync, SyncState } from '../../model/syncState';
import type { Keyring } from '../base/keyring';
import type { ChangePages } from '../cursor/ChangePages';
import type { GuardBook } from '../guards/GuardBook';
import type { CompiledMapping } from '../mapping/compiledMapping';
import type { ReadInput } from './readInput';
import type { AppInput, SyncSettings } from './syncTypes';

/** Everything outside that a run needs. */
export interface SyncPorts {
	readonly adapter: CrmAdapter;
	readonly changes: ChangeReader;
	readonly state: SyncState;
	readonly leases: LeaseStore;
	readonly keyring: Keyring;
	readonly clock: () => Date;
	/** A new id that nobody has; random. */
	readonly newId: () => string;
}

export interface SyncRequest extends SyncPorts {
	readonly settings: SyncSettings;
	readonly description: EntityDescription;
	readonly input: AppInput;
}

/** What one run knows about itself; the same for the run and for the preview of it that the guards ask for. */
export interface SyncRun extends Omit<SyncRequest, 'input'> {
	readonly input: ReadInput;
	readonly dryRun: boolean;
	readonly sync: StoredSync;
	readonly mapping: CompiledMapping;
	/** Fields of the CRM to read. */
	readonly select: readonly string[];
	/** Every record is looked at, not only what changed. */
	readonly lookAtAll: boolean;
	readonly changePages: ChangePages;
	readonly guard: GuardBook;
	/** Nothing that only the CRM shows is looked at, because of `StoredSync.unread`. */
	readonly crmWaits: boolean;
	readonly progress: SyncProgress;
}

/** Why a run stops before its end. */
export interface Halt {
	readonly words: string;
	readonly remedy?: string;
	readonly code?: string;
}

/** What changes while a run goes. */
export interface SyncProgress {
	lease: Lease;
	/** Why nothing more is called or written; what was not done yet is done by the next run. */
	halted?: Halt;
	/** Creates of former runs whose outcome is not known, by key hash. */
	readonly openCreates: Map<string, SyncIntent>;
	/** The last reading of changes came to its end. */
	cursor?: string;
	/** The run has come to all that the app shows. */
	readApp?: boolean;
	/** It listed everything, because it was asked to or had to. */
	sawAll?: boolean;
}
