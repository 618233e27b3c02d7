const checksumLetters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/**
 * The three letters that make a 15-character id safe to compare without case.
 * https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/field_types.htm (ID Field Type)
 */
function checksumOf(id: string): string {
	return [0, 5, 10]
		.map((start) => {
			const bits = [...id.slice(start, start + 5)].map((character, bit) => (/[A-Z]/.test(character) ? 1 << bit : 0));
			return checksumLetters[bits.reduce((sum, bit) => sum + bit, 0)];
		})
		.join('');
}

/** The 18-character form of a Salesforce id, or `undefined` when the text is none or its checksum is wrong. */
export function canonicalId(text: string): string | undefined {
	if (!/^[A-Za-z0-9]{15}(?:[A-Z0-5]{3})?$/.test(text)) return undefined;
	const id = text.slice(0, 15);
	const canonical = id + checksumOf(id);
	return text.length === 15 || text === canonical ? canonical : undefined;
}
