import { randomUUID } from 'node:crypto';

import { admitConfirmation, confirmOtherOrg } from '../../connections/registry/confirmOtherOrg';
import type { Admission, Registration } from '../../connections/registry/registryTypes';
import type { ConnectionIdentity } from '../../model/connectionIdentity';
import type { ConnectionUse } from './ConnectionUse';

/** How a use is admitted and registered. */
export interface UseRules {
	readonly admission: () => Promise<Admission>;
	readonly register: (identity: ConnectionIdentity) => Promise<Registration>;
}

/**
 * The rules of a use in which a person may have named the org that the credential shall belong to from now on; an empty text names none.
 * A run that nobody started confirms nothing: the text may have been left there.
 */
export function confirmedUse(use: ConnectionUse, orgText: string): UseRules {
	const text = orgText.trim();
	if (text === '' || !use.trying.manual) return { admission: () => use.admit(), register: (identity) => use.register(identity) };
	const orgId = use.kind.canonicalOrgId(text) ?? text;
	const { crm } = use.kind;
	return {
		admission: () => use.decide(orgId, (known) => admitConfirmation(known, orgId, { ...use.reach, trying: use.trying })),
		register: (identity) => use.enter(identity, (known) => confirmOtherOrg(known, orgId, { crm, identity, trying: use.trying, newId: randomUUID })),
	};
}
