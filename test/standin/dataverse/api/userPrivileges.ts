import type { HeldRight } from '../environment/SecurityRoles';
import { badQuery, noSegment } from '../http/DataverseError';
import { metadataId } from '../metadata/metadataId';
import { requireByKey } from '../records/findByKey';
import { businessUnitOf, checkPrivilege, privilegeName } from '../records/privileges';
import type { Table } from '../schema/table';
import type { ApiAnswer, ApiRequest } from './ApiRequest';
import { keyIn } from './rows';

interface Privilege extends HeldRight {
	readonly name: string;
	readonly table: Table;
}

/** Functions bound to a user that tell what the user's roles allow, and those of the user's teams. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/security-access-coding#check-a-users-security-privileges */
const functions: Readonly<Record<string, (all: readonly Privilege[], parameters: Parameters) => readonly Privilege[]>> = {
	// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/retrieveusersetofprivilegesbynames
	RetrieveUserSetOfPrivilegesByNames: (all, parameters) => {
		const names = textsIn(parameters('PrivilegeNames'));
		return all.filter(({ name }) => names.includes(name));
	},
	// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/retrieveuserprivilegebyprivilegename
	RetrieveUserPrivilegeByPrivilegeName: (all, parameters) => all.filter(({ name }) => `'${name}'` === parameters('PrivilegeName')),
	// What a team gives is shown as the smallest depth. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/retrieveuserprivileges#remarks
	RetrieveUserPrivileges: (all) => all.map((one) => (one.byTeam ? { ...one, depth: 'Basic' } : one)),
};

/** The value of a parameter as it was written, in the parentheses or as an alias. */
type Parameters = (name: string) => string;

/** Answers `systemusers(…)/Microsoft.Dynamics.CRM.RetrieveUser…(…)`. */
export function userPrivileges(request: ApiRequest, table: Table, name: string): ApiAnswer {
	const { env, base } = request;
	if (table.name !== 'systemuser' || !Object.hasOwn(functions, name)) throw noSegment(`Microsoft.Dynamics.CRM.${name}`);
	checkPrivilege(request, table, 'Read');
	const user = String(requireByKey(env, table, keyIn(request, table))[table.primaryId]);
	const all = env.schema.all().flatMap((one) => env.access.roles.held(user, one.name).map((held) => ({ ...held, table: one, name: privilegeName(one, held.right) })));
	const RolePrivileges = functions[name](all, parametersOf(request)).map((privilege) => ({
		Depth: privilege.depth,
		PrivilegeId: metadataId('privilege', privilege.right, privilege.table.name),
		BusinessUnitId: businessUnitOf(env, 'systemuser', user),
		PrivilegeName: privilege.name,
		RecordFilterId: '00000000-0000-0000-0000-000000000000',
		RecordFilterUniqueName: '',
	}));
	return { status: 200, body: { '@odata.context': `${base}/$metadata#Microsoft.Dynamics.CRM.${name}Response`, RolePrivileges } };
}

function parametersOf({ url }: ApiRequest): Parameters {
	const written = url.segments[1].key ?? '';
	return (name) => {
		const value = new RegExp(`(?:^|,)\\s*${name}=(@\\w+|'[^']*')`).exec(written)?.[1];
		const given = value?.startsWith('@') ? url.aliases[value] : value;
		if (given === undefined) throw badQuery(`The parameter ${name} is missing.`);
		return given;
	};
}

/** A collection of texts: in JSON, or with single quotes. */
function textsIn(value: string): readonly string[] {
	const list = /^\s*\[(.*)\]\s*$/s.exec(value)?.[1];
	if (list === undefined) throw badQuery(`The value '${value}' is not a collection of Edm.String.`);
	return [...list.matchAll(/"([^"]*)"|'([^']*)'/g)].map(([, double, single]) => double ?? single);
}
