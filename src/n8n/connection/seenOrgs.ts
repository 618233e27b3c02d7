import type { Reach, Trying } from '../../connections/registry/registryTypes';
import { ExpiringCache } from '../../crm/ExpiringCache';
import type { ConnectionIdentity } from '../../model/connectionIdentity';
import { processWide } from '../signIn/processWide';

/** Where a credential arrived. */
type Seen = Pick<Required<Reach>, 'orgId' | 'userId'>;

/**
 * Of this process: which org and user the CRM named for a credential, exactly as it is, at an address; for an hour.
 *
 * Tokens of some CRMs name no org, so each run would have to ask before it does anything. The price: an environment that was replaced by
 * another one at the same address (a restored backup) is noticed after an hour at the latest. Check Health always asks.
 */
const seen = processWide('seenOrgs', () => new ExpiringCache<Seen>({ maxAgeMs: 60 * 60_000, maxEntries: 1000, now: () => Date.now() }));

/** Remembers where the registry let the credential in. */
export function rememberOrg(trying: Trying, instanceUrl: string, { orgId, user }: ConnectionIdentity): void {
	seen.set(keyOf(trying, instanceUrl), { orgId, userId: user.id });
}

/** The next run has to ask again. */
export function forgetOrg(trying: Trying, instanceUrl: string): void {
	seen.drop(keyOf(trying, instanceUrl));
}

/** What is remembered of the credential at this address. */
export function seenOrg(trying: Trying, instanceUrl: string): Partial<Seen> {
	return seen.get(keyOf(trying, instanceUrl)) ?? {};
}

function keyOf({ credentialId, fingerprint }: Trying, instanceUrl: string): string {
	return [credentialId, fingerprint, instanceUrl].join(' ');
}
