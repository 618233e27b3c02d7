import type { OwnerCandidate } from '../../model/crmAdapter';
import { textOf, type Json } from '../json';
import type { DynamicsCaches } from './describe/caches';
import type { Tables } from './describe/Tables';
import { canonicalId } from './guids';
import { runSearches, type PathSearch } from './match/runSearches';
import { columnLiteral } from './odata/columnLiteral';
import { searchPaths } from './odata/searchPaths';
import type { DynamicsRest } from './rest/DynamicsRest';

/** What the search for owners needs beside the names. */
export interface OwnerSearch {
	readonly rest: DynamicsRest;
	readonly tables: Tables;
	readonly caches: DynamicsCaches;
	/** Names the sign-in. */
	readonly cacheKey: string;
}

/**
 * Active users, and teams that may own records, each name with all that bear it; compared without case and without spaces around. An
 * access team (type 1) owns nothing.
 *
 * https://learn.microsoft.com/en-us/power-platform/admin/manage-teams#types-of-teams
 */
export async function findOwners(search: OwnerSearch, entity: string, names: readonly string[]): Promise<ReadonlyMap<string, readonly OwnerCandidate[]>> {
	const { owners } = search.caches;
	const keyOf = (name: string) => `${search.cacheKey}\n${plain(name)}`;
	const spelled = new Map(names.map((name) => [plain(name), name.trim()]));
	spelled.delete('');
	const known = new Map([...spelled.keys()].map((name) => [name, owners.get(keyOf(name))]));
	const unknown = [...spelled].filter(([name]) => known.get(name) === undefined);
	if (unknown.length > 0) await search.tables.known(entity);
	for (const [name, candidates] of unknown.length > 0 ? await searchOwners(search, new Map(unknown)) : []) {
		owners.set(keyOf(name), candidates);
		known.set(name, candidates);
	}
	return new Map(names.flatMap((name) => [known.get(plain(name))].flatMap((candidates) => (candidates ? [[name, candidates] as const] : []))));
}

type Kind = 'user' | 'team';

async function searchOwners(search: OwnerSearch, spelled: ReadonlyMap<string, string>): Promise<ReadonlyMap<string, readonly OwnerCandidate[]>> {
	const byName = new Map([...spelled.keys()].map((name) => [name, [] as OwnerCandidate[]]));
	for await (const { purpose: kind, rows } of runSearches(search.rest, searchesFor([...spelled.values()]))) {
		for (const row of rows) addCandidate(search, byName, kind, row);
	}
	return new Map([...byName].filter(([, candidates]) => candidates.length > 0));
}

function searchesFor(names: readonly string[]): readonly PathSearch<Kind>[] {
	const literals = names.map((name) => columnLiteral(name, 'text')).filter((literal) => literal !== undefined);
	const users = { setName: 'systemusers', select: ['systemuserid', 'fullname', 'domainname', 'internalemailaddress'], names: ['fullname', 'domainname', 'internalemailaddress'], literals, also: 'isdisabled eq false' };
	const teams = { setName: 'teams', select: ['teamid', 'name'], names: ['name'], literals, also: 'teamtype ne 1' };
	return [...searchPaths(users).map((path) => ({ path, purpose: 'user' as const })), ...searchPaths(teams).map((path) => ({ path, purpose: 'team' as const }))];
}

function addCandidate({ caches, cacheKey }: OwnerSearch, byName: ReadonlyMap<string, OwnerCandidate[]>, kind: Kind, row: Json): void {
	const id = canonicalId(textOf(kind === 'user' ? row.systemuserid : row.teamid) ?? '');
	if (id === undefined) return;
	caches.homes.set(`${cacheKey}\n${id}`, kind === 'user' ? 'systemuser' : 'team');
	const called = kind === 'user' ? [row.fullname, row.domainname, row.internalemailaddress] : [row.name];
	const name = textOf(kind === 'user' ? row.fullname : row.name);
	for (const one of new Set(called.map((text) => plain(textOf(text) ?? '')))) byName.get(one)?.push({ id, kind, name: name ?? one });
}

function plain(name: string): string {
	return name.trim().toLowerCase();
}
