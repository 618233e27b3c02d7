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

/**
 * The first three characters of the ids of an object; those of custom objects differ from org to org.
 * https://help.salesforce.com/s/articleView?id=000385203&type=1
 */
const keyPrefixes: ReadonlyMap<string, string> = new Map([
	['account', '001'],
	['contact', '003'],
	['user', '005'],
	['opportunity', '006'],
	['organization', '00D'],
	['userrole', '00E'],
	['group', '00G'],
	['lead', '00Q'],
	['task', '00T'],
	['event', '00U'],
	['profile', '00e'],
	['campaignmember', '00v'],
	['recordtype', '012'],
	['pricebook2', '01s'],
	['product2', '01t'],
	['case', '500'],
	['campaign', '701'],
	['contract', '800'],
	['order', '801'],
]);

/**
 * The 18-character form of a Salesforce id, or `undefined` when the text is none, its checksum is wrong, or it surely belongs to none of
 * the objects given.
 */
export function canonicalId(text: string, objects: readonly string[] = []): string | undefined {
	if (!/^[A-Za-z0-9]{15}(?:[A-Z0-5]{3})?$/.test(text)) return undefined;
	const id = text.slice(0, 15);
	const canonical = id + checksumOf(id);
	return (text.length === 15 || text === canonical) && mayBelongTo(id, objects) ? canonical : undefined;
}

function mayBelongTo(id: string, objects: readonly string[]): boolean {
	if (objects.length === 0) return true;
	return objects.some((object) => (keyPrefixes.get(object.toLowerCase()) ?? id.slice(0, 3)) === id.slice(0, 3));
}
