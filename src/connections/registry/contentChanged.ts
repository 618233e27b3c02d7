import type { SignIn } from '../../model/connection';
import type { Trying } from './registryTypes';

/**
 * Whether fingerprints (`<key id>:<hash>`) show that somebody changed the credential since it was last tried. Those of different keys
 * show nothing: a key that was lost must not look like an edit. Nor does a credential that cannot be read.
 */
export function contentChanged({ credentialFingerprint: before }: SignIn, { fingerprint: now, unusable }: Trying): boolean {
	return !unusable && before !== now && keyId(before) === keyId(now);
}

/** The fingerprint to remember after a try. */
export function triedContent(signIn: SignIn, { fingerprint, unusable }: Trying): string {
	return unusable ? signIn.credentialFingerprint : fingerprint;
}

function keyId(fingerprint: string): string {
	return fingerprint.slice(0, Math.max(0, fingerprint.lastIndexOf(':')));
}
