/** Text as it may stand inside HTML: the one escape function for hints and notices, which n8n renders as HTML. */
export function htmlText(text: string): string {
	return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);
}
