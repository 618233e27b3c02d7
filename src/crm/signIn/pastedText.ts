const around = '[\\s\\u200b-\\u200d\\u2060\\ufeff"\'`\\u00ab\\u00bb\\u2018-\\u201f]+';
const padding = new RegExp(`^${around}|${around}$`, 'g');
const lineBreaks = /[\r\n\u2028\u2029]+/g;

/**
 * A key, name or token as it was meant: without what copying left around it, and without line breaks. A number is what an expression
 * may give; anything else is empty.
 */
export function pastedText(value: unknown): string {
	return textOf(value).replace(lineBreaks, '').replace(padding, '');
}

/** A password without line breaks, and otherwise as it is: it may begin with a space or a quote. */
export function pastedPassword(value: unknown): string {
	return textOf(value).replace(lineBreaks, '');
}

/** Whether a password begins or ends with something that copying may have left there. */
export function looksPasted(password: string): boolean {
	return password.replace(padding, '') !== password;
}

function textOf(value: unknown): string {
	return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
}
