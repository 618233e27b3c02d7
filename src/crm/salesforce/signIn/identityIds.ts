import { canonicalId } from '../ids';

/** The org and the user that an identity URL names in its last two parts: https://help.salesforce.com/s/articleView?id=xcloud.remoteaccess_using_openid.htm */
export function identityIds(identityUrl: string): { readonly orgId?: string; readonly userId?: string } {
	const [orgId, userId] = identityUrl.split('/').slice(-2);
	return { orgId: canonicalId(orgId ?? ''), userId: canonicalId(userId ?? '') };
}
