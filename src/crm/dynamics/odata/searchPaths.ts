/** What a search asks for. */
export interface Search {
	readonly setName: string;
	readonly select: readonly string[];
	/** The names that may equal a literal; one of them has to. */
	readonly names: readonly string[];
	readonly literals: readonly string[];
	/** Holds beside the comparison. */
	readonly also?: string;
}

/** Longest encoded filter. An address inside a batch may have 32,768 characters: https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/execute-batch-operations-using-web-api */
const longestFilter = 15_000;
/** A search takes 500 conditions: https://learn.microsoft.com/en-us/power-apps/developer/data-platform/fetchxml/reference/filter */
const mostConditions = 300;

/** The search in as few addresses as the limits allow, none without literals. */
export function searchPaths(search: Search): readonly string[] {
	return pieces(search).map((literals) => {
		const any = literals.flatMap((literal) => search.names.map((name) => `${name} eq ${literal}`)).join(' or ');
		const filter = search.also === undefined ? any : `${search.also} and (${any})`;
		return `${search.setName}?$select=${search.select.join(',')}&$filter=${encodeURIComponent(filter)}`;
	});
}

function pieces({ names, literals }: Search): readonly (readonly string[])[] {
	const all: string[][] = [];
	let length = Infinity;
	for (const literal of literals) {
		const added = names.reduce((sum, name) => sum + encodeURIComponent(`${name} eq ${literal} or `).length, 0);
		const last = all.at(-1);
		if (!last || length + added > longestFilter || (last.length + 1) * names.length > mostConditions) {
			all.push([literal]);
			length = added;
		} else {
			last.push(literal);
			length += added;
		}
	}
	return all;
}
