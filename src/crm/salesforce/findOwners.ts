import type { OwnerCandidate } from '../../model/crmAdapter';
import type { ExpiringCache } from '../ExpiringCache';
import { canonicalId } from './ids';
import { textOf, type Json } from '../json';
import { runSearches, type Found, type Search } from './match/search';
import { checkedEntity } from './names';
import type { SalesforceRest } from './rest/SalesforceRest';
import { soqlLiteral } from './soql/soqlLiteral';
import { statementsOf } from './soql/searchStatement';

/** What the search for owners needs beside the names. */
export interface OwnerSearch {
	readonly rest: SalesforceRest;
	readonly cache: ExpiringCache<readonly OwnerCandidate[]>;
	/** Begins with the sign-in. */
	readonly cacheKey: string;
	/** Whether queues can own the object, as far as that is known without asking. */
	readonly queuesPossible: boolean;
}

/** Active users and queues, each name with all that bear it; compared without case and without spaces around. */
export async function findOwners(search: OwnerSearch, entity: string, names: readonly string[]): Promise<ReadonlyMap<string, readonly OwnerCandidate[]>> {
	const object = checkedEntity(entity);
	const keyOf = (name: string) => [search.cacheKey, object.toLowerCase(), plain(name)].join('\n');
	const spelled = new Map(names.map((name) => [plain(name), name.trim()]));
	const asked = [...spelled.keys()].filter((name) => name !== '');
	const known = new Map(asked.map((name) => [name, search.cache.get(keyOf(name))]));
	const unknown = asked.filter((name) => known.get(name) === undefined);
	for (const [name, candidates] of unknown.length > 0 ? await searchOwners(search, object, new Map(unknown.map((name) => [name, spelled.get(name) ?? name]))) : []) {
		search.cache.set(keyOf(name), candidates);
		known.set(name, candidates);
	}
	return new Map(names.flatMap((name) => [known.get(plain(name))].flatMap((candidates) => (candidates ? [[name, candidates] as const] : []))));
}

type Kind = 'user' | 'queue' | 'support';

/** What a search for owners brought. */
class OwnerRows {
	readonly user: Json[] = [];
	readonly queue: Json[] = [];
	private readonly support: Json[] = [];
	private supportKnown = true;

	async collect(found: AsyncIterable<Found<Kind>>): Promise<this> {
		for await (const { purpose, rows, refused } of found) {
			this[purpose].push(...rows);
			if (refused) this.supportKnown = false;
		}
		return this;
	}

	/** Queues that take records of the object; all of them where the user may not see which. */
	supportingQueues(): readonly Json[] {
		if (!this.supportKnown) return this.queue;
		const supporting = new Set(this.support.map((row) => row.QueueId));
		return this.queue.filter((row) => supporting.has(row.Id));
	}
}

/** `spelled` gives each name as it was written: Salesforce folds case in its own way. */
async function searchOwners({ rest, queuesPossible }: OwnerSearch, entity: string, spelled: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, readonly OwnerCandidate[]>> {
	const names = [...spelled.values()];
	const found = await new OwnerRows().collect(runSearches(rest, queuesPossible ? [...userSearches(names), ...queueSearches(entity, names)] : userSearches(names)));
	const byName = new Map([...spelled.keys()].map((name) => [name, [] as OwnerCandidate[]]));
	for (const row of found.user) addCandidate(byName, 'user', row, [row.Name, row.Username, row.Email]);
	for (const row of found.supportingQueues()) addCandidate(byName, 'queue', row, [row.Name, row.DeveloperName]);
	return new Map([...byName].filter(([, candidates]) => candidates.length > 0));
}

function addCandidate(byName: ReadonlyMap<string, OwnerCandidate[]>, kind: OwnerCandidate['kind'], row: Json, called: readonly unknown[]): void {
	const id = canonicalId(textOf(row.Id) ?? '');
	if (id === undefined) return;
	for (const name of new Set(called.map((text) => plain(textOf(text) ?? '')))) byName.get(name)?.push({ id, kind, name: textOf(row.Name) ?? name });
}

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_user.htm */
function userSearches(names: readonly string[]): readonly Search<Kind>[] {
	const pattern = {
		write: (list: string) => `SELECT Id, Name, Username, Email FROM User WHERE IsActive = true AND (Name IN ${list} OR Username IN ${list} OR Email IN ${list})`,
		lists: 3,
	};
	return statementsOf(pattern, names.map(soqlLiteral)).map((statement) => ({ statement, purpose: 'user' }));
}

/**
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_group.htm
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_queuesobject.htm
 */
function queueSearches(entity: string, names: readonly string[]): readonly Search<Kind>[] {
	const queues = {
		write: (list: string) => `SELECT Id, Name, DeveloperName FROM Group WHERE Type = 'Queue' AND (Name IN ${list} OR DeveloperName IN ${list})`,
		lists: 2,
	};
	const support = { write: (list: string) => `SELECT QueueId FROM QueueSobject WHERE SobjectType IN ${list}` };
	return [
		...statementsOf(queues, names.map(soqlLiteral)).map((statement) => ({ statement, purpose: 'queue' as const })),
		...statementsOf(support, [soqlLiteral(entity)]).map((statement) => ({ statement, purpose: 'support' as const, optional: true as const })),
	];
}

function plain(name: string): string {
	return name.trim().toLowerCase();
}
