import type { CrmAdapter } from '../../model/crmAdapter';
import type { EntityDescription } from '../../model/entity';
import type { MutationOutcome } from '../../model/mutationOutcome';
import type { MutationBatch } from '../../model/record';
import type { AdapterSettings } from '../adapterSettings';
import { CrmClock } from '../CrmClock';
import { changeCapabilities, SalesforceChanges } from './changes/SalesforceChanges';
import { processCaches, type SalesforceCaches } from './describe/caches';
import { entityDescription, entitySummaries } from './describe/entityDescription';
import { findOwners } from './findOwners';
import { identify } from './identify';
import { canonicalId } from './ids';
import { matchRecords } from './match/matchRecords';
import { checkedEntity } from './names';
import { isAnswerOfSalesforce, SalesforceRest } from './rest/SalesforceRest';
import { WriteRun } from './write/WriteRun';

/** Opens Salesforce through its REST API; adapters of one process share what they remember, each sign-in for itself. */
export function openSalesforceAdapter(settings: AdapterSettings, caches: SalesforceCaches = processCaches): CrmAdapter {
	const clock = new CrmClock(isAnswerOfSalesforce);
	const rest = new SalesforceRest({ ...settings, http: clock.listeningTo(settings.http) });
	const descriptionKey = (entity: string) => `${settings.cacheKey}\n${entity.toLowerCase()}`;
	// What this adapter was told stays good for telling types, however old it grows or whoever drops it meanwhile.
	const described = new Map<string, EntityDescription>();
	const knownField = (entity: string, field: string) => {
		const description = described.get(descriptionKey(entity)) ?? caches.descriptions.get(descriptionKey(entity));
		return description?.fields.find(({ name }) => name.toLowerCase() === field.toLowerCase());
	};
	const describe = async (entity: string, fresh = false) => {
		const name = checkedEntity(entity);
		const load = async () => entityDescription(await rest.describe(name));
		const description = await caches.descriptions.load(descriptionKey(name), load, { fresh, signal: settings.signal });
		described.set(descriptionKey(name), description);
		return description;
	};
	return {
		kind: 'salesforce',
		host: settings.instanceUrl,
		capabilities: { compareAndSet: false, assignmentRules: true, dailyUsage: true, changes: changeCapabilities },
		changes: new SalesforceChanges({ rest, clock, describe, host: settings.instanceUrl }),
		clockAheadMs: () => clock.aheadMs,
		identify: () => identify(rest, settings.instanceUrl),
		listEntities: async () => entitySummaries(await rest.describeGlobal()),
		describe,
		match: (queries) => matchRecords(rest, queries, (entity, field) => knownField(entity, field)?.type),
		findOwners: async (entity, names) => {
			const queuesPossible = knownField(entity, 'OwnerId')?.referenceTo.includes('Group') ?? true;
			return await findOwners({ rest, cache: caches.owners, cacheKey: settings.cacheKey, queuesPossible }, entity, names);
		},
		write: async (batch) => {
			const outcomes = await new WriteRun(rest, batch).finish();
			for (const entity of outdatedBy(batch, outcomes)) caches.descriptions.drop(descriptionKey(entity));
			return outcomes;
		},
		canonicalId,
		recordUrl: (_entity, id) => `${settings.instanceUrl}/${encodeURIComponent(canonicalId(id) ?? id)}`,
		usage: () => rest.meter.report(),
	};
}

const saysOtherwise = new Set(['INVALID_FIELD', 'INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST']);

/** Objects whose description was believed and turned out wrong: a field is gone, or a value no longer allowed. */
function outdatedBy({ mutations }: MutationBatch, outcomes: readonly MutationOutcome[]): ReadonlySet<string> {
	return new Set(mutations.filter((_, at) => {
		const outcome = outcomes[at];
		return outcome.status === 'refused' && saysOtherwise.has(outcome.error.code ?? '');
	}).map(({ entity }) => entity));
}
