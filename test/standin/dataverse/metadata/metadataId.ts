import { createHash } from 'node:crypto';

/** The id of a definition; the same name has the same id in every environment. */
export function metadataId(...names: string[]): string {
	const hash = createHash('sha256').update(names.join(' ')).digest('hex');
	return [hash.slice(0, 8), hash.slice(8, 12), `4${hash.slice(13, 16)}`, `8${hash.slice(17, 20)}`, hash.slice(20, 32)].join('-');
}
