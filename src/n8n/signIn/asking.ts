import { AsyncLocalStorage } from 'node:async_hooks';

import { processWide } from './processWide';
import type { Sender } from './refusalCode';

/** On whose behalf a node reaches a CRM. */
export interface Asking {
	/** Whether a sign-in that was refused may be tried once more; asked for, it is used up. */
	mayRepeat(): boolean;
	/** Who wants it. */
	readonly sender: Exclude<Sender, 'form'>;
	/** The only org to which anything may be sent, by its canonical id; absent before the CRM has named it. */
	readonly orgId?: string;
}

const storage = processWide('asking', () => new AsyncLocalStorage<Asking>());

/**
 * Work of a node by itself, for the org for which its run was admitted: a refused sign-in stays refused. Within `askedByPerson` the
 * person's wish holds.
 */
export async function askedByNode<T>(work: () => Promise<T>, orgId?: string): Promise<T> {
	return await storage.run({ ...(storage.getStore() ?? { mayRepeat: () => false, sender: 'run' as const }), orgId }, work);
}

/** Work that a person asked for on purpose, in order to try the sign-in: one that was refused is tried once more. */
export async function askedByPerson<T>(work: () => Promise<T>): Promise<T> {
	let left = 1;
	return await storage.run({ mayRepeat: () => left-- > 0, sender: 'person' }, work);
}

/** Who asks; `undefined` where no node of ours does: then a person tests the credential in its form. */
export function whoAsks(): Asking | undefined {
	return storage.getStore();
}
