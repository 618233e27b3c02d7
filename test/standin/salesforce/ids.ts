/** Record ids: 15 case-sensitive characters, or 18 with a checksum that keeps the case. https://help.salesforce.com/s/articleView?id=000385585 */
const digits = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';
const suffixAlphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ012345';

/** The 18-character form of a 15-character id. */
export function toLongId(shortId: string): string {
	let suffix = '';
	for (let group = 0; group < 15; group += 5) {
		let bits = 0;
		for (let offset = 0; offset < 5; offset++) {
			if (/[A-Z]/.test(shortId[group + offset])) bits |= 1 << offset;
		}
		suffix += suffixAlphabet[bits];
	}
	return shortId + suffix;
}

/** The 18-character id as stored, for an id written in 15 characters or in 18 of any case; undefined when it is no id at all. */
export function canonicalId(text: unknown): string | undefined {
	if (typeof text !== 'string' || !/^([a-zA-Z0-9]{15}|[a-zA-Z0-9]{18})$/.test(text)) return undefined;
	if (text.length === 15) return toLongId(text);
	const suffix = text.slice(15).toUpperCase();
	let restored = '';
	for (let index = 0; index < 15; index++) {
		const bits = suffixAlphabet.indexOf(suffix[Math.floor(index / 5)]);
		if (bits < 0) return undefined;
		const letter = text[index];
		restored += bits & (1 << (index % 5)) ? letter.toUpperCase() : letter.toLowerCase();
	}
	return toLongId(restored) === restored + suffix ? restored + suffix : undefined;
}

/** The three characters that say which object an id belongs to. */
export const keyPrefixOf = (id: string): string => id.slice(0, 3);

function inBase62(value: number, width: number): string {
	let text = '';
	for (let rest = value; text.length < width; rest = Math.floor(rest / 62)) text = digits[rest % 62] + text;
	return text;
}

/** Gives out ids that never repeat within one org and are the same in every run. */
export class IdSource {
	private readonly last = new Map<string, number>();

	/** `pod` is the two characters that real ids carry for the instance; it keeps the ids of several orgs apart. */
	constructor(private readonly pod: string) {}

	/** The next 18-character id with this key prefix. */
	next(keyPrefix: string): string {
		const number = (this.last.get(keyPrefix) ?? 0) + 1;
		this.last.set(keyPrefix, number);
		// Steps of 37 spread upper and lower case over the last characters, as real ids do.
		return toLongId(`${keyPrefix}${this.pod}${inBase62(number * 37 + 4096, 10)}`);
	}
}

/** The id of the n-th org of one stand-in. */
export const orgIdOf = (ordinal: number): string => toLongId(`00D${inBase62(ordinal * 997 + 77, 2)}0000000${inBase62(ordinal * 911 + 7000, 3)}`);

/** The two instance characters for the n-th org of one stand-in. */
export const podOf = (ordinal: number): string => inBase62(ordinal * 61 + 1000, 2);
