import type { EntraUser } from './apps';
import { EntraError } from './EntraError';

/** Refuses a person who may not sign in; `interactive` is true while the person sits in front of the page. */
export function checkUser(user: EntraUser, { interactive, signedInAt, resource }: { interactive: boolean; signedInAt: number; resource: string }): void {
	const about = { user: user.upn, resource };
	if (user.disabled) throw new EntraError(50057, about);
	if (user.passwordExpired) throw new EntraError(50055, about);
	if (user.blockedByConditionalAccess) throw new EntraError(53003, about);
	if (interactive) return;
	if (signedInAt <= user.sessionsRevokedAt) throw new EntraError(50173, about);
	if (user.mfaRequired) throw new EntraError(50076, about);
}
