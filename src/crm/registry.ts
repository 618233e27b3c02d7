import type { CrmAdapter, CrmKind } from '../model/crmAdapter';
import type { AdapterSettings } from './adapterSettings';
import { openDynamicsAdapter } from './dynamics/openDynamicsAdapter';
import { openSalesforceAdapter } from './salesforce/openSalesforceAdapter';

const adapters: Readonly<Record<CrmKind, (settings: AdapterSettings) => CrmAdapter>> = {
	salesforce: openSalesforceAdapter,
	dynamics: openDynamicsAdapter,
};

/** Opens the adapter of one CRM; it holds no connection, so there is nothing to close. */
export function openCrmAdapter(kind: CrmKind, settings: AdapterSettings): CrmAdapter {
	return adapters[kind](settings);
}
