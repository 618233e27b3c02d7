import type { SignIn } from '../model/connection';
import { contentChanged } from './registry/contentChanged';
import type { Trying } from './registry/registryTypes';

/**
 * Whether a credential may be another one than the one that last worked, so that nothing follows from that it did.
 *
 * The fingerprint is that of the last try. Of an inactive sign-in the last try failed, perhaps with something newly entered; only a cause
 * that was itself found likely because the credential had worked shows that it had not been changed then.
 */
export function credentialChanged(signIn: SignIn, trying: Trying): boolean {
	const { status, cause } = signIn;
	return contentChanged(signIn, trying) || (status === 'inactive' && !(cause !== null && changedElsewhere.includes(cause.cause)));
}

/** Causes that say that something was changed on the other side. */
const changedElsewhere = ['password-changed', 'app-removed', 'client-secret-rotated', 'certificate-changed'];
