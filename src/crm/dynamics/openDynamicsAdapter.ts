import type { CrmAdapter } from '../../model/crmAdapter';
import type { MutationOutcome } from '../../model/mutationOutcome';
import type { MutationBatch } from '../../model/record';
import type { AdapterSettings } from '../adapterSettings';
import { CrmClock } from '../CrmClock';
import { changeCapabilities, DynamicsChanges } from './changes/DynamicsChanges';
import { processCaches, type DynamicsCaches } from './describe/caches';
import { Tables } from './describe/Tables';
import { findOwners } from './findOwners';
import { canonicalId } from './guids';
import { identify, whoAmI } from './identify';
import { matchRecords } from './match/matchRecords';
import { checkedTable } from './names';
import { DynamicsRest, isAnswerOfDataverse } from './rest/DynamicsRest';
import { userRights } from './userRights';
import { Homes } from './write/Homes';
import { WriteRun } from './write/WriteRun';

/**
 * Opens Dynamics 365 through the Web API of its environment; adapters of one process share what they remember, each sign-in for itself.
 * Entities are tables and fields are columns, under their logical names; choices are their numbers, as text.
 */
export function openDynamicsAdapter(settings: AdapterSettings, caches: DynamicsCaches = processCaches): CrmAdapter {
	const clock = new CrmClock((_, answer) => isAnswerOfDataverse(answer));
	const rest = new DynamicsRest({ ...settings, http: clock.listeningTo(settings.http) });
	const { cacheKey, instanceUrl } = settings;
	const tables = new Tables(rest, caches, cacheKey);
	const homes = new Homes(rest, caches.homes, cacheKey);
	let userId: string | undefined;
	const changes = new DynamicsChanges({ rest, tables, clock, host: instanceUrl });
	return {
		kind: 'dynamics',
		host: instanceUrl,
		capabilities: { compareAndSet: true, assignmentRules: false, dailyUsage: false, changes: changeCapabilities },
		changes,
		changeGaps: () => changes.gaps,
		clockAheadMs: () => clock.aheadMs,
		identify: async () => {
			const identity = await identify(rest, instanceUrl);
			userId = identity.user.id;
			return identity;
		},
		listEntities: () => tables.list(),
		describe: async (entity, fresh = false) => (await tables.describe(entity, fresh)).description,
		rights: async (entity) => {
			const table = await tables.known(checkedTable(entity));
			userId ??= (await whoAmI(rest)).userId;
			return await userRights(rest, table, userId);
		},
		match: (queries) => matchRecords(rest, tables, queries),
		findOwners: (entity, names) => findOwners({ rest, tables, caches, cacheKey }, entity, names),
		write: async (batch) => {
			const outcomes = await new WriteRun({ rest, tables, homes }, batch).finish();
			for (const entity of outdatedBy(batch, outcomes)) tables.drop(entity);
			return outcomes;
		},
		canonicalId: (text) => canonicalId(text),
		// https://learn.microsoft.com/en-us/power-apps/developer/model-driven-apps/open-forms-views-dialogs-reports-url
		recordUrl: (entity, id) => `${instanceUrl}/main.aspx?etn=${encodeURIComponent(entity)}&pagetype=entityrecord&id=${encodeURIComponent(canonicalId(id) ?? id)}`,
		usage: () => rest.meter.report(),
	};
}

/** A column or a choice is not what it was. */
const saysOtherwise = new Set(['0x80048d19', '0x8004431a']);

/** Tables whose description was believed and turned out wrong. */
function outdatedBy({ mutations }: MutationBatch, outcomes: readonly MutationOutcome[]): ReadonlySet<string> {
	return new Set(mutations.filter((_, at) => {
		const outcome = outcomes[at];
		return outcome.status === 'refused' && saysOtherwise.has(outcome.error.code ?? '');
	}).map(({ entity }) => entity));
}
