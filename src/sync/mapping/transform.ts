/** One line of a value map: what the app calls it, and what the CRM calls it. */
export interface ValuePair {
	readonly app: string;
	readonly crm: string;
}

/**
 * What happens to a value on its way to the other side.
 *
 * - `none`, `trim`: white space at the ends is never a difference, and never sent.
 * - `upper`, `lower`: texts and choices are sent in that case, either way; case is no difference.
 * - `valueMap`: each of the app's words stands for a value of the CRM. Where several stand for one, the first is what the app gets. A
 *   word or a value without a line is held, not guessed.
 */
export type Transform =
	| { readonly kind: 'none' | 'trim' | 'upper' | 'lower' }
	| { readonly kind: 'valueMap'; readonly pairs: readonly ValuePair[] };
