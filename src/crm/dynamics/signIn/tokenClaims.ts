import { decodeJwt } from 'jose';

import { textOf, type Json } from '../../json';

/**
 * Names the signed-in user or app by tenant and object, as its token does; empty for a token that cannot be read.
 * https://learn.microsoft.com/en-us/entra/identity-platform/access-token-claims-reference
 */
export function identityUrlOf(accessToken: string, authority: string): string {
	const { tid, oid, appid } = claimsOf(accessToken);
	const subject = textOf(oid) ?? textOf(appid);
	return textOf(tid) !== undefined && subject !== undefined ? `${authority}/${textOf(tid)}/${subject}` : '';
}

/** What a token says about itself; nothing for one that is not readable. */
export function claimsOf(accessToken: string): Json {
	try {
		return decodeJwt(accessToken);
	} catch {
		return {};
	}
}
