/** What the bytes after the first one are. */
const TEXT = 0;
const HEX = 1;
const UUID = 2;

const uuid = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const hex = /^(?:[0-9a-f]{2}){8,}$/;

/**
 * An id as links and deliveries store it, because there are many of them and each stands in an index too: a UUID takes 17 bytes instead of
 * 36, other hexadecimal ids half of their length, everything else its own and one more. Equal ids give equal bytes, others never do.
 */
export function packedId(id: string): Uint8Array {
	if (uuid.test(id)) return Buffer.from(`0${UUID}${id.replaceAll('-', '')}`, 'hex');
	if (hex.test(id)) return Buffer.from(`0${HEX}${id}`, 'hex');
	return Buffer.concat([Buffer.of(TEXT), Buffer.from(id, 'utf8')]);
}

/** What `packedId` was given. */
export function idIn(packed: Uint8Array): string {
	const bytes = Buffer.from(packed.buffer, packed.byteOffset + 1, packed.byteLength - 1);
	if (packed[0] === TEXT) return bytes.toString('utf8');
	const digits = bytes.toString('hex');
	if (packed[0] === HEX) return digits;
	return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join('-');
}
