import type { Connection, SignIn } from '../../model/connection';
import type { Stored } from '../../model/stateStore';
import { changeOf, changesOf } from './changeOf';
import { otherOrgWords, type ReachedOrg } from './otherOrgWords';
import type { Refusal, Trying } from './registryTypes';

/** A sign-in and the connection that it belongs to. */
export interface SignedUp {
	readonly signIn: Stored<SignIn>;
	readonly connection: Stored<Connection>;
}

/** Stops a credential that reaches another org than its own, and remembers which; the sign-in may carry what else was learned. */
export function stopForOtherOrg({ signIn, connection }: SignedUp, reached: ReachedOrg, trying: Trying, learned: Partial<SignIn> = {}): Refusal {
	const noted = signIn.value.otherOrg?.orgId === reached.orgId ? signIn.value.otherOrg : undefined;
	const orgName = reached.orgName || (noted?.orgName ?? '');
	const otherOrg = { orgId: reached.orgId, orgName, noticedAt: noted?.noticedAt ?? trying.now };
	return {
		admitted: false,
		reason: 'otherOrg',
		...otherOrgWords(connection.value, { ...reached, orgName }, trying.credentialName),
		changes: changesOf([], changeOf(signIn, { ...signIn.value, ...learned, otherOrg })),
	};
}
