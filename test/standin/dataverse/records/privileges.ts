import type { EnvironmentContext } from '../environment/EnvironmentContext';
import type { SystemUser } from '../environment/SystemUser';
import { DataverseError } from '../http/DataverseError';
import type { Table } from '../schema/table';
import { textIn } from '../schema/labels';

type Right = 'Create' | 'Read' | 'Write' | 'Delete';

/** Refuses what the user's security roles do not allow; `always` refuses what only a right on the whole organization would allow. */
export function checkPrivilege(env: EnvironmentContext, user: SystemUser, table: Table, right: Right, always = false): void {
	const access = env.access.table(user.id, table.name);
	const allowed =
		right === 'Read'
			? access.read === 'organization' || (access.read === 'user' && !always)
			: access[right === 'Create' ? 'create' : right === 'Write' ? 'write' : 'delete'];
	if (allowed) return;
	const label = textIn(table.label, 1033);
	// https://learn.microsoft.com/en-us/troubleshoot/power-platform/dataverse/working-with-solutions/missing-privileges-for-importing-solution
	throw new DataverseError(
		403,
		'0x80040220',
		`Principal user (Id=${user.id}, type=8, roleCount=1, privilegeCount=1255, accessMode=${user.applicationId ? 4 : 0}), is missing prv${right}${table.schemaName} privilege (Id=${env.organizationId}) on OTC=${table.objectTypeCode} for entity '${table.name}' (LocalizedName='${label}'). context.Caller=${user.id}. Consider adding missed privilege to one of the principal (user/team) roles.`,
	);
}
