import type { EnvironmentContext } from '../environment/EnvironmentContext';
import type { SystemUser } from '../environment/SystemUser';
import type { FaultRequest } from '../faults/FaultSwitches';
import { DataverseError } from './DataverseError';

/** A request without a token this environment takes: an empty body and a header that names the tenant. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/authenticate-oauth */
export class Unauthorized extends Error {
	readonly header: string;

	constructor(env: EnvironmentContext) {
		super();
		this.header = `Bearer authorization_uri=${env.tenant.authority}/oauth2/authorize, resource_id=${addressOf(env)}/`;
	}
}

const addressOf = ({ url, settings }: EnvironmentContext): string => settings.renamedTo ?? url;

/** The user a request comes from. */
export function authenticate(env: EnvironmentContext, headers: Readonly<Record<string, unknown>>, fault: FaultRequest): SystemUser {
	const token = env.tokens.find(/^Bearer (.+)$/i.exec(String(headers.authorization ?? ''))?.[1] ?? '');
	const alien = !token || token.audience !== addressOf(env) || token.tenantId !== env.tenant.id;
	if (alien || token.expiresAt <= env.clock() || token.ordinal <= env.settings.refusedTokens || env.faults.strike('alwaysUnauthorized', fault))
		throw new Unauthorized(env);
	const user = env.users.find((one) => (token.appOnly ? one.applicationId === token.clientId : one.objectId === token.objectId));
	// https://learn.microsoft.com/en-us/power-platform/admin/create-users#user-common-issues
	if (!user) throw new DataverseError(403, '0x80072560', 'The user is not a member of the organization.');
	return impersonated(env, checked(env, user), headers);
}

function checked(env: EnvironmentContext, user: SystemUser): SystemUser {
	if (env.store.get('systemuser', user.id)?.isdisabled === true) {
		throw new DataverseError(
			403,
			'0x80040225',
			`The specified user(Id = ${user.id}) is disabled. Consider enabling this user. Additional Details: User IsDisabled=True, IsLicensed=True, AccessMode=0.`,
		);
	}
	if (env.settings.mode === 'administration' && !user.administrator) {
		throw new DataverseError(
			403,
			'0x8004a104',
			'The Dynamics 365 organization you are attempting to access is currently disabled.  Please contact your system administrator',
		);
	}
	return user;
}

// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/impersonate-another-user-web-api
function impersonated(env: EnvironmentContext, user: SystemUser, headers: Readonly<Record<string, unknown>>): SystemUser {
	const objectId = headers.callerobjectid ?? headers.mscrmcallerid;
	if (objectId === undefined) return user;
	const other = env.users.find((one) => one.objectId === objectId || one.id === objectId);
	if (!user.administrator)
		throw new DataverseError(403, '0x80040220', `Principal user (Id=${user.id}, type=8), is missing prvActOnBehalfOfAnotherUser privilege`);
	if (!other) throw new DataverseError(403, '0x80041d1f', `SystemUser With Id = ${String(objectId)} Does Not Exist`);
	return checked(env, other);
}
