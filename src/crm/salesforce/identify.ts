import type { ConnectionIdentity } from '../../model/connectionIdentity';
import { malformedAnswer } from './errors/localErrors';
import { canonicalId } from './ids';
import { isObject, textOf, type Json } from '../json';
import { resultPageOf } from './match/resultPage';
import type { SalesforceRest } from './rest/SalesforceRest';

/**
 * Who and where. The org is asked first: an expired session is answered there with 401, which renews it, and only with 403 by
 * userinfo. jsforce's own `identity()` would put the token into an address.
 *
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_organization.htm
 * https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_using_userinfo_endpoint.htm
 */
export async function identify(rest: SalesforceRest, instanceUrl: string): Promise<ConnectionIdentity> {
	const [organization] = resultPageOf(await rest.query('SELECT Id, Name, OrganizationType, IsSandbox FROM Organization')).rows;
	const user = await rest.read({ method: 'GET', path: '/services/oauth2/userinfo' });
	const orgId = canonicalId(textOf(organization?.Id) ?? '');
	if (organization === undefined || orgId === undefined || typeof organization.IsSandbox !== 'boolean') throw malformedAnswer('an org without its id');
	return {
		orgId,
		orgName: textOf(organization.Name) ?? orgId,
		edition: textOf(organization.OrganizationType) ?? 'unknown',
		sandbox: organization.IsSandbox,
		instanceUrl,
		user: userOf(isObject(user) ? user : {}),
	};
}

function userOf(user: Json): ConnectionIdentity['user'] {
	const id = canonicalId(textOf(user.user_id) ?? '');
	const username = textOf(user.preferred_username);
	if (id === undefined || username === undefined) throw malformedAnswer('a user without an id');
	return { id, name: textOf(user.name) ?? username, username, email: textOf(user.email) };
}
