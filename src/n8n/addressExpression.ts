/**
 * JavaScript for n8n's expressions that shows a person a text as the reason why an address cannot be formed.
 *
 * n8n forms the addresses of a sign-in from expressions alone, and swallows every error in one except its own kind. So the refusal
 * borrows an error that n8n itself throws: its text is then what the person reads at "Connect". `text` is JavaScript too.
 */
export function refusing(text: string): string {
	return `try { $ifEmpty() } catch (borrowed) { borrowed.message = ${text}; throw borrowed }`;
}
