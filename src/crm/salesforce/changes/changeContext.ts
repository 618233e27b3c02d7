import type { EntityDescription } from '../../../model/entity';
import type { CrmClock } from '../../CrmClock';
import type { SalesforceRest } from '../rest/SalesforceRest';

/** What reading changes needs of the adapter. */
export interface ChangeContext {
	readonly rest: SalesforceRest;
	readonly clock: CrmClock;
	/** Origin of the org. */
	readonly host: string;
	/** What is known of an object; asked for where nothing is. */
	readonly describe: (entity: string) => Promise<EntityDescription>;
}
