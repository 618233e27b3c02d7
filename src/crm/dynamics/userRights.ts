import { CrmError } from '../../model/crmError';
import type { EntityRights, Right } from '../../model/entity';
import { isObject, listOf, objectOf, textOf, type Json } from '../json';
import { reachOf } from './describe/privileges';
import type { Table } from './describe/Table';
import type { DynamicsRest } from './rest/DynamicsRest';

/**
 * What the user's security roles, and those of the user's teams, allow with a table, in one request; `undefined` where Dataverse does not
 * tell this user, or tells no names, or the table names no privileges of its own. RetrieveUserPrivileges would not do: it shows what a
 * team gives as if it reached the own records only.
 *
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/security-access-coding#check-a-users-security-privileges
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/retrieveuserprivileges#remarks
 */
export async function userRights(rest: DynamicsRest, { privileges }: Table, userId: string): Promise<EntityRights | undefined> {
	const names = Object.values(privileges);
	if (names.length === 0) return undefined;
	const held = await heldPrivileges(rest, names, userId);
	const right = (one: Right) => {
		const name = privileges[one];
		return { name, reach: reachOf(held?.filter(({ PrivilegeName }) => PrivilegeName === name).map(({ Depth }) => Depth) ?? []) };
	};
	return held && { read: right('read'), create: right('create'), edit: right('edit') };
}

/** Failures that say nothing about what the user may ask. */
const notARefusal: readonly CrmError['kind'][] = ['auth', 'throttled', 'cancelled', 'unavailable'];

async function heldPrivileges(rest: DynamicsRest, names: readonly string[], userId: string): Promise<readonly Json[] | undefined> {
	const path = `systemusers(${userId})/Microsoft.Dynamics.CRM.RetrieveUserSetOfPrivilegesByNames(PrivilegeNames=@p1)?@p1=${encodeURIComponent(JSON.stringify(names))}`;
	try {
		const { RolePrivileges: held } = objectOf((await rest.read({ method: 'GET', path })).body);
		if (!Array.isArray(held)) return undefined;
		const entries = listOf(held).filter(isObject);
		// The name is an optional property: an entry without one is of some right, and nobody knows of which.
		return entries.length > 0 && entries.every(({ PrivilegeName }) => textOf(PrivilegeName) === undefined) ? undefined : entries;
	} catch (error) {
		if (error instanceof CrmError && !notARefusal.includes(error.kind)) return undefined;
		throw error;
	}
}
