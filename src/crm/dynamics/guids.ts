const guid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;

/**
 * The form in which Dataverse shows ids, lower case and without braces, or `undefined` when the text is no id. An id does not tell to
 * which table it belongs. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/web-api-properties
 */
export function canonicalId(text: string): string | undefined {
	const plain = (/^\{(.*)\}$/.exec(text)?.[1] ?? text).toLowerCase();
	return guid.test(plain) ? plain : undefined;
}
