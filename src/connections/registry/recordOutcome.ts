import type { SignIn } from '../../model/connection';
import { effectOf } from '../effects';
import { changeOf, changesOf } from './changeOf';
import { contentChanged, triedContent } from './contentChanged';
import { isOvertaken } from './isOvertaken';
import { wasUnsent } from './probe';
import type { Failure, Known, RegistryChanges, Trying } from './registryTypes';
import { later } from './times';
import { wellSignIn } from './wellSignIn';

/** What to store after a try that worked: nothing, as long as it was well anyhow and said so within the hour. */
export function recordSuccess({ signIn }: Known, trying: Trying): RegistryChanges | undefined {
	if (!signIn || isOvertaken(signIn.value, trying)) return undefined;
	return changesOf([], changeOf(signIn, wellSignIn(signIn.value, trying)));
}

/**
 * What to store after a try that failed. Only a cause of which the table says so makes a sign-in inactive. A CRM that gave no answer is out of reach since the
 * first time; any answer, whatever it says, ends that.
 */
export function recordFailure({ signIn }: Known, failure: Failure, trying: Trying): RegistryChanges | undefined {
	if (!signIn || failure.kind === 'cancelled' || isOvertaken(signIn.value, trying)) return undefined;
	return changesOf([], changeOf(signIn, failed(signIn.value, failure, trying)));
}

function failed(signIn: SignIn, failure: Failure, trying: Trying): SignIn {
	const effect = effectOf(failure.cause);
	if (effect === 'unreachable') return { ...signIn, unreachableSince: signIn.unreachableSince ?? trying.now };
	if (effect === 'none') return failure.kind === 'unavailable' ? signIn : { ...signIn, unreachableSince: null };
	// What the CRM refused stays the cause: it decides whether to try again once the credential can be read.
	if (trying.unusable && signIn.status === 'inactive') return signIn;
	const { cause, certainty, words, whatToDo, code = null } = failure;
	const isFirst = signIn.status === 'well' || contentChanged(signIn, trying) || wasUnsent(signIn);
	return {
		...signIn,
		credentialName: trying.credentialName,
		status: 'inactive',
		statusSince: signIn.status === 'well' ? trying.now : signIn.statusSince,
		cause: { cause, certainty, words, whatToDo, code },
		unreachableSince: null,
		credentialFingerprint: triedContent(signIn, trying),
		lastTriedAt: later(trying.now, signIn.lastTriedAt),
		// Probes are counted when they are admitted.
		failedTries: isFirst ? 0 : signIn.failedTries,
	};
}
