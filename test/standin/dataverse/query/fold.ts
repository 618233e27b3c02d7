/** A text as the database compares it: without regard to case, accents and spaces at the end. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/query/filter-rows#filter-using-string-values */
export function fold(text: string): string {
	const plain = /^[\x20-\x7e]*$/.test(text) ? text : text.normalize('NFD').replace(/\p{M}/gu, '');
	return plain.toLowerCase().replace(/ +$/, '');
}
