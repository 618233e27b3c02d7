import type { ChangePage } from '../../../model/changeReader';

/** The same pages; the last one says where the next reading begins. */
export async function* endedBy(cursor: string, pages: AsyncIterable<ChangePage>): AsyncGenerator<ChangePage> {
	let last: ChangePage | undefined;
	for await (const page of pages) {
		if (last) yield last;
		last = page;
	}
	if (last) yield { ...last, cursor };
}
