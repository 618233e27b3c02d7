import type { Clock } from '../../salesforce/time';
import type { CallLog } from '../calls';
import type { Tenant } from '../entra/Tenant';
import type { Tokens } from '../entra/Tokens';
import type { EnvironmentFaults } from '../faults/EnvironmentFaults';
import type { GuidSource } from '../guids';
import type { Row } from '../records/row';
import type { Store } from '../records/Store';
import type { Schema } from '../schema/Schema';
import type { Access } from './Access';
import type { SystemUser } from './SystemUser';

/** Customer code that may refuse a write, as a synchronous plug-in does. */
export interface Plugin {
	readonly table: string;
	readonly on: ReadonlyArray<'Create' | 'Update' | 'Delete'>;
	/** The reason to refuse, shown to the caller; nothing lets the write pass. `tag` is the `tag` of the request's address. */
	readonly check: (row: Row, about: { readonly tag: string | undefined }) => string | undefined;
}

/** Whether anyone may come in: everyone, administrators, or nobody since the environment is deleted. */
export type Mode = 'available' | 'administration' | 'gone';

/** What an administrator may change while the environment runs. */
export interface Settings {
	mode: Mode;
	readonly duplicateRules: Map<string, readonly string[]>;
	readonly plugins: Plugin[];
	/** Tokens with this ordinal or a lower one are refused. */
	refusedTokens: number;
	/** Delta links below this row version are refused. */
	oldestDelta: number;
	expireChangeTrackingInDays: number;
	/** The address that tokens have to be for, after the environment was renamed. */
	renamedTo?: string;
	/** Work of requests that a gateway has answered already. */
	readonly lateWork: Array<() => void>;
}

/** Everything an API area may need to know and change of one environment. */
export interface EnvironmentContext {
	readonly name: string;
	readonly url: string;
	readonly organizationId: string;
	readonly environmentId: string;
	readonly uniqueName: string;
	readonly version: string;
	readonly sandbox: boolean;
	/** The language code of labels. */
	readonly language: number;
	readonly businessUnitId: string;
	readonly tenant: Tenant;
	readonly clock: Clock;
	readonly guids: GuidSource;
	readonly schema: Schema;
	readonly store: Store;
	readonly access: Access;
	readonly users: SystemUser[];
	readonly tokens: Tokens;
	readonly settings: Settings;
	readonly calls: CallLog;
	readonly faults: EnvironmentFaults;
}
