import type { SignIn } from '../../model/connection';
import { contentChanged } from './contentChanged';
import type { Trying } from './registryTypes';
import { isBefore } from './times';

/**
 * Whether the store knows something newer than what the try finds out: the sign-in changed its status after the try began, or another
 * content of the credential was tried since.
 */
export function isOvertaken(signIn: SignIn, trying: Trying): boolean {
	const { now } = trying;
	if (isBefore(now, signIn.statusSince)) return true;
	return contentChanged(signIn, trying) && (isBefore(now, signIn.lastTriedAt) || isBefore(now, signIn.lastWellAt));
}
