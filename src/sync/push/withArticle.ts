/** A noun as a sentence needs it: "a Lead", "an Account". */
export function withArticle(noun: string): string {
	return `${/^[aeio]/i.test(noun) ? 'an' : 'a'} ${noun}`;
}
