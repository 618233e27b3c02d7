import { createHmac, randomBytes } from 'node:crypto';

import { processWide } from './processWide';

/** One wish to be signed in. */
export interface SignInWish<T> {
	/** Everything that is sent: equal content, equal sign-in. */
	readonly content: readonly string[];
	/** The token that the caller holds, which the CRM no longer takes; empty when it holds none. */
	readonly heldToken: string;
	/** A token that somebody else just obtained will do. */
	readonly mayShare: boolean;
	readonly signIn: () => Promise<T>;
}

interface Obtained {
	readonly tokens: unknown;
	readonly at: number;
}

/** A token this young is still good, so a caller with an older one need not sign in. It is less than the shortest session life of any CRM. */
const youngMs = 5 * 60_000;

const signIns = processWide('signIns', () => ({ key: randomBytes(32), underWay: new Map<string, Promise<unknown>>(), obtained: new Map<string, Obtained>() }));

/**
 * Signs in once for all who wish it at the same time, and for those who come shortly after with an older token or none: runs that
 * start together, or whose session ended together. `now` in milliseconds since 1970.
 */
export async function sharedSignIn<T extends { readonly accessToken: string }>(wish: SignInWish<T>, now: () => number): Promise<T> {
	const id = createHmac('sha256', signIns.key).update(JSON.stringify(wish.content)).digest('base64url');
	const underWay = signIns.underWay.get(id) as Promise<T> | undefined;
	if (underWay) return await underWay;
	for (const [other, { at }] of signIns.obtained) if (now() - at >= youngMs) signIns.obtained.delete(other);
	const last = signIns.obtained.get(id)?.tokens as T | undefined;
	if (wish.mayShare && last && last.accessToken !== wish.heldToken) return last;
	const signingIn = wish.signIn();
	signIns.underWay.set(id, signingIn);
	try {
		const tokens = await signingIn;
		signIns.obtained.set(id, { tokens, at: now() });
		return tokens;
	} finally {
		signIns.underWay.delete(id);
	}
}
