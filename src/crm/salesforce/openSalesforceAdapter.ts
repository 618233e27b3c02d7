import type { CrmAdapter } from '../../model/crmAdapter';
import type { AdapterSettings } from '../registry';
import { processCaches, type SalesforceCaches } from './describe/caches';
import { entityDescription, entitySummaries } from './describe/entityDescription';
import { findOwners } from './findOwners';
import { identify } from './identify';
import { canonicalId } from './ids';
import { matchRecords } from './match/matchRecords';
import { checkedEntity } from './names';
import { SalesforceRest } from './rest/SalesforceRest';
import { WriteRun } from './write/WriteRun';

/** Opens Salesforce through its REST API; adapters of one process share what they remember, each sign-in for itself. */
export function openSalesforceAdapter(settings: AdapterSettings, caches: SalesforceCaches = processCaches): CrmAdapter {
	const rest = new SalesforceRest(settings);
	const descriptionKey = (entity: string) => `${settings.cacheKey}\n${entity.toLowerCase()}`;
	const knownField = (entity: string, field: string) => caches.descriptions.get(descriptionKey(entity))?.fields.find(({ name }) => name.toLowerCase() === field.toLowerCase());
	return {
		kind: 'salesforce',
		host: settings.instanceUrl,
		identify: () => identify(rest, settings.instanceUrl),
		listEntities: async () => entitySummaries(await rest.describeGlobal()),
		describe: async (entity, fresh = false) => {
			const name = checkedEntity(entity);
			const load = async () => entityDescription(await rest.describe(name));
			return await caches.descriptions.load(descriptionKey(name), load, { fresh, signal: settings.signal });
		},
		match: (queries) => matchRecords(rest, queries, (entity, field) => knownField(entity, field)?.type),
		findOwners: async (entity, names) => {
			const queuesPossible = knownField(entity, 'OwnerId')?.referenceTo.includes('Group') ?? true;
			return await findOwners({ rest, cache: caches.owners, cacheKey: settings.cacheKey, queuesPossible }, entity, names);
		},
		write: (batch) => new WriteRun(rest, batch).finish(),
		canonicalId,
		recordUrl: (_entity, id) => `${settings.instanceUrl}/${encodeURIComponent(canonicalId(id) ?? id)}`,
		usage: () => rest.meter.report(),
	};
}
