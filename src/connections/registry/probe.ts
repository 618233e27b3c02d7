import type { SignIn } from '../../model/connection';
import { passwordCauses } from '../effects';
import { contentChanged } from './contentChanged';
import { isOvertaken } from './isOvertaken';
import type { Trying } from './registryTypes';
import { distance } from './times';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long to wait before an inactive sign-in is tried by itself, after so many tries in vain; the last one stays. */
const waits: readonly number[] = [15 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR];

/** Causes by which nothing was sent, so that nothing was refused. */
const unsentCauses: readonly string[] = ['never-connected', 'no-credential', 'credential-unreadable'];

/** Whether nothing but a person can bring the sign-in back, as long as the credential stays as it is. */
export function waitsForPerson(signIn: SignIn, trying: Trying): boolean {
	return passwordCauses.includes(signIn.cause?.cause ?? '') || (trying.sendsPassword === true && !wasUnsent(signIn));
}

/**
 * Whether an inactive sign-in may be tried by itself: once when somebody changed the credential, or it can be used again, or its refused
 * password was taken elsewhere; else at a slow back-off.
 */
export function mayProbe(signIn: SignIn, trying: Trying): boolean {
	if (trying.unusable || isOvertaken(signIn, trying)) return false;
	if (contentChanged(signIn, trying) || (wasUnsent(signIn) && signIn.failedTries === 0)) return true;
	if (waitsForPerson(signIn, trying)) {
		if (!trying.refusalForgotten) return false;
		if (signIn.failedTries === 0) return true;
	}
	const wait = waits[Math.min(signIn.failedTries, waits.length - 1)];
	return distance(trying.now, signIn.lastTriedAt ?? signIn.statusSince) >= wait;
}

/**
 * The sign-in with the probe entered as tried in vain, before it is tried: who comes meanwhile finds it taken, and a process that dies
 * half-way leaves no password to be sent again.
 */
export function claimed(signIn: SignIn, trying: Trying): SignIn {
	const isNew = contentChanged(signIn, trying) && !wasUnsent(signIn);
	return { ...signIn, credentialFingerprint: trying.fingerprint, lastTriedAt: trying.now, failedTries: isNew ? 0 : signIn.failedTries + 1 };
}

/** Whether it is inactive because the credential could not be used at all. */
export function wasUnsent({ cause }: SignIn): boolean {
	return unsentCauses.includes(cause?.cause ?? '');
}
