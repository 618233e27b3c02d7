import type { SignIn } from '../../model/connection';
import { passwordCauses } from '../effects';
import { contentChanged, triedContent } from './contentChanged';
import type { Trying } from './registryTypes';
import { distance } from './times';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

/** How long to wait before an inactive sign-in is tried by itself, after so many tries in vain; the last one stays. */
const waits: readonly number[] = [15 * MINUTE, HOUR, 6 * HOUR, 24 * HOUR];

/** Causes by which nothing was sent. As soon as the credential can be used there is no reason to wait; until then nothing is sent again. */
const unsentCauses: readonly string[] = ['never-connected', 'no-credential', 'credential-unreadable'];

/** Whether nothing but a person can bring the sign-in back, as long as the credential stays as it is. */
export function waitsForPerson(signIn: SignIn, trying: Trying): boolean {
	const cause = signIn.cause?.cause ?? '';
	return passwordCauses.includes(cause) || (trying.sendsPassword === true && !unsentCauses.includes(cause));
}

/** Whether an inactive sign-in may be tried by itself: once when somebody changed the credential, else at a slow back-off. */
export function mayProbe(signIn: SignIn, trying: Trying): boolean {
	if (contentChanged(signIn, trying) || unsentCauses.includes(signIn.cause?.cause ?? '')) return true;
	if (waitsForPerson(signIn, trying)) return false;
	const wait = waits[Math.min(signIn.failedTries, waits.length - 1)];
	return distance(trying.now, signIn.lastTriedAt ?? signIn.statusSince) >= wait;
}

/**
 * The sign-in with the probe entered as tried in vain, before it is tried: who comes meanwhile finds it taken, and a process that dies
 * half-way leaves no password to be sent again.
 */
export function claimed(signIn: SignIn, trying: Trying): SignIn {
	const isNew = contentChanged(signIn, trying);
	return { ...signIn, credentialFingerprint: triedContent(signIn, trying), lastTriedAt: trying.now, failedTries: isNew ? 0 : signIn.failedTries + 1 };
}
