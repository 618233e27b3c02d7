import type { CrmClock } from '../../CrmClock';
import type { Tables } from '../describe/Tables';
import type { DynamicsRest } from '../rest/DynamicsRest';

/** What reading changes needs of the adapter. */
export interface ChangeContext {
	readonly rest: DynamicsRest;
	readonly tables: Tables;
	readonly clock: CrmClock;
	/** Origin of the environment. */
	readonly host: string;
}
