import type { ConnectionIdentity } from '../../model/connectionIdentity';
import { objectOf, textOf, type Json } from '../json';
import { malformedAnswer } from './errors/localErrors';
import { canonicalId } from './guids';
import { readTogether, type PartAnswer } from './rest/batch';
import type { DynamicsRest } from './rest/DynamicsRest';

/**
 * Kinds of environments, by the name or the number of the kind.
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/organizationtype
 */
const kinds: ReadonlyMap<string, string> = new Map([
	['Customer', 'Production'],
	['0', 'Production'],
	['Secondary', 'Production'],
	['4', 'Production'],
	['CustomerTest', 'Sandbox'],
	['5', 'Sandbox'],
	['CustomerFreeTest', 'Sandbox'],
	['6', 'Sandbox'],
	['EmailTrial', 'Trial'],
	['11', 'Trial'],
	['Default', 'Default'],
	['12', 'Default'],
	['Developer', 'Developer'],
	['13', 'Developer'],
	['Trial', 'Trial'],
	['14', 'Trial'],
	['Teams', 'Teams'],
	['15', 'Teams'],
]);

/** The ids of the signed-in user and of the environment. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/whoami */
export async function whoAmI(rest: DynamicsRest): Promise<{ readonly userId: string; readonly orgId: string }> {
	const who = objectOf((await rest.read({ method: 'GET', path: 'WhoAmI' })).body);
	const userId = canonicalId(textOf(who.UserId) ?? '');
	const orgId = canonicalId(textOf(who.OrganizationId) ?? '');
	if (userId === undefined || orgId === undefined) throw malformedAnswer('a user or an environment without its id');
	return { userId, orgId };
}

/**
 * Who and where.
 *
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/retrievecurrentorganization
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/entities/systemuser
 */
export async function identify(rest: DynamicsRest, instanceUrl: string): Promise<ConnectionIdentity> {
	const { userId, orgId } = await whoAmI(rest);
	const [organization, user] = await readTogether(rest, [
		{ method: 'GET', path: "RetrieveCurrentOrganization(AccessType=Microsoft.Dynamics.CRM.EndpointAccessType'Default')" },
		{ method: 'GET', path: `systemusers(${userId})?$select=fullname,domainname,internalemailaddress` },
	]);
	const detail = objectOf(bodyOf(organization).Detail);
	const kind = kindOfEnvironment(detail);
	return {
		orgId,
		orgName: textOf(detail.FriendlyName) ?? textOf(detail.UniqueName) ?? orgId,
		edition: kind,
		sandbox: kind === 'Sandbox',
		instanceUrl,
		user: userOf(userId, isHidden(user) ? {} : bodyOf(user)),
	};
}

/** Whoever may not read users is still somebody. */
function isHidden(answer: PartAnswer): boolean {
	return 'error' in answer && answer.error.kind === 'permission';
}

function bodyOf(answer: PartAnswer): Json {
	if ('error' in answer) throw answer.error;
	return objectOf(answer.body);
}

/** Production, Sandbox and so on, by the member `OrganizationType` of an answer. */
export function kindOfEnvironment({ OrganizationType: type }: Json): string {
	const named = typeof type === 'number' ? String(type) : textOf(type);
	return named === undefined ? 'unknown' : (kinds.get(named) ?? named);
}

/** An app has no user name of a person, but one that Dataverse made up for it. */
function userOf(id: string, user: Json): ConnectionIdentity['user'] {
	const email = textOf(user.internalemailaddress);
	const username = textOf(user.domainname) ?? email ?? id;
	return { id, name: textOf(user.fullname) ?? username, username, email };
}
