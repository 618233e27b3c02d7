import type { EnvironmentContext } from '../environment/EnvironmentContext';
import type { Depth, Right } from '../environment/SecurityRoles';
import type { SystemUser } from '../environment/SystemUser';
import { DataverseError } from '../http/DataverseError';
import { metadataId } from '../metadata/metadataId';
import type { Table } from '../schema/table';
import { textIn } from '../schema/labels';
import { isReference, type Row } from './row';

/** Who does something in which environment. */
interface Actor {
	readonly env: EnvironmentContext;
	readonly user: SystemUser;
}

/** The name under which roles give a right on a table. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/security-access-coding#check-a-users-security-privileges */
export const privilegeName = (table: Table, right: Right): string => `prv${right}${table.privilegeName}`;

/** Refuses what the user's security roles do not allow; `always` refuses what only a right on the whole organization would allow. */
export function checkPrivilege({ env, user }: Actor, table: Table, right: Right, always = false): void {
	const depth = env.access.roles.depth(user.id, table.name, right);
	if (depth !== undefined && (!always || depth === 'Global')) return;
	const label = textIn(table.label, 1033);
	// https://learn.microsoft.com/en-us/troubleshoot/power-platform/dataverse/working-with-solutions/missing-privileges-for-importing-solution
	throw new DataverseError(
		403,
		'0x80040220',
		`Principal user (Id=${user.id}, type=8, roleCount=1, privilegeCount=1255, accessMode=${user.applicationId ? 4 : 0}), is missing ${privilegeName(table, right)} privilege (Id=${metadataId('privilege', right, table.name)}) on OTC=${table.objectTypeCode} for entity '${table.name}' (LocalizedName='${label}'). context.Caller=${user.id}. Consider adding missed privilege to one of the principal (user/team) roles.`,
	);
}

/** Refuses a record that the right of the user does not reach. The right itself has been checked. */
export function checkReach(actor: Actor, table: Table, right: Right, row: Row): void {
	if (isWithinReach(actor, table, right, row)) return;
	const owner = isReference(row.ownerid) ? row.ownerid.id : '';
	throw new DataverseError(
		403,
		'0x80040220',
		`SecLib::AccessCheckEx failed. Returned hr = -2147187962, ObjectID: ${String(row[table.primaryId])}, OwnerId: ${owner}, OwnerIdType: 8 and CallingUser: ${actor.user.id}. ObjectTypeCode: ${table.objectTypeCode}, AccessRights: ${right}Access`,
	);
}

/** Whether the right of the user reaches a record: by its owner, or by the owner's business unit. https://learn.microsoft.com/en-us/power-platform/admin/security-roles-privileges */
export function isWithinReach(actor: Actor, table: Table, right: Right, row: Row): boolean {
	const depth = actor.env.access.roles.depth(actor.user.id, table.name, right);
	if (depth === undefined) return false;
	return reachesAll(table, depth) || isOwn(actor, row) || isInUnit(actor, row, depth);
}

/** Whether a right reaches every record of the table, so that none needs to be looked at. */
export const reachesAll = (table: Table, depth: Depth | undefined): boolean => depth !== undefined && (depth === 'Global' || table.ownership !== 'user');

function isOwn({ env, user }: Actor, { ownerid: owner }: Row): boolean {
	return isReference(owner) && (owner.id === user.id || env.access.roles.teamsOf(user.id).includes(owner.id));
}

function isInUnit({ env, user }: Actor, { owningbusinessunit: unit }: Row, depth: Depth): boolean {
	if (depth === 'Basic' || !isReference(unit)) return false;
	const own = businessUnitOf(env, 'systemuser', user.id);
	return unit.id === own || (depth === 'Deep' && unitsAbove(env, unit.id).includes(own));
}

/** The business unit of a user or team. */
export function businessUnitOf(env: EnvironmentContext, table: string, id: string): string {
	const unit = env.store.get(table, id)?.businessunitid;
	return unit !== undefined && isReference(unit) ? unit.id : env.businessUnitId;
}

function unitsAbove(env: EnvironmentContext, id: string): readonly string[] {
	const parent = env.store.get('businessunit', id)?.parentbusinessunitid;
	return parent !== undefined && isReference(parent) ? [parent.id, ...unitsAbove(env, parent.id)] : [];
}
