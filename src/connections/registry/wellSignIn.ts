import type { SignIn } from '../../model/connection';
import { isSame } from './changeOf';
import type { Trying } from './registryTypes';
import { distance, later } from './times';

/** How old `lastWellAt` gets before it alone is worth storing. */
const WRITE_AGAIN_MS = 3_600_000;

/** The sign-in after it worked; the same object when there is nothing to store. */
export function wellSignIn(signIn: SignIn, { credentialName, credentialType, fingerprint, now }: Trying): SignIn {
	const well: SignIn = {
		...signIn,
		credentialName,
		credentialType,
		status: 'well',
		statusSince: signIn.status === 'well' ? signIn.statusSince : now,
		cause: null,
		unreachableSince: null,
		credentialFingerprint: fingerprint,
		lastTriedAt: null,
		failedTries: 0,
	};
	const isFresh = signIn.lastWellAt !== null && distance(signIn.lastWellAt, now) < WRITE_AGAIN_MS;
	return isFresh && isSame(signIn, well) ? signIn : { ...well, lastWellAt: later(now, signIn.lastWellAt) };
}
