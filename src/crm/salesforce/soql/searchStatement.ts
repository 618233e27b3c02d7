/** One SOQL statement that looks for records by a list of literals. */
export interface SearchStatement {
	readonly pattern: SearchPattern;
	readonly literals: readonly string[];
}

/** A statement around its list of literals. */
export interface SearchPattern {
	/** The whole statement, given the list with its brackets. */
	readonly write: (list: string) => string;
	/** How often the list stands in it; once unless said. */
	readonly lists?: number;
}

/**
 * Longest encoded statement that is sent in an address of its own. Salesforce takes 16,384 bytes of address and headers together:
 * https://help.salesforce.com/s/articleView?id=000386264
 */
const longestInAddress = 8_000;
/** Longest encoded statement inside a composite body, so that it would fit even where that limit counted there too. */
const longestInBody = 15_000;
/** Room for the literals where the rest alone is long, as with hundreds of selected fields; the whole stays far below 100,000. */
const leastForLiterals = 4_000;

/** The statement's text. */
export function soqlOf({ pattern, literals }: SearchStatement): string {
	return pattern.write(`(${literals.join(',')})`);
}

/** Whether the statement may be sent as a request of its own. */
export function fitsAddress(statement: SearchStatement): boolean {
	return encodedLength(soqlOf(statement)) <= longestInAddress;
}

/** As few statements as the lengths allow, none without literals. */
export function statementsOf(pattern: SearchPattern, literals: readonly string[]): readonly SearchStatement[] {
	const emptyLength = encodedLength(pattern.write('()'));
	const longest = Math.max(longestInBody, emptyLength + leastForLiterals);
	const statements: string[][] = [];
	let length = Infinity;
	for (const literal of literals) {
		const added = encodedLength(`${literal},`) * (pattern.lists ?? 1);
		if (length + added > longest) {
			statements.push([]);
			length = emptyLength;
		}
		statements[statements.length - 1].push(literal);
		length += added;
	}
	return statements.map((part) => ({ pattern, literals: part }));
}

/** The statement as two that together find the same, or nothing when it looks for one value only. */
export function halved({ pattern, literals }: SearchStatement): readonly SearchStatement[] {
	const middle = Math.ceil(literals.length / 2);
	return literals.length < 2 ? [] : [literals.slice(0, middle), literals.slice(middle)].map((half) => ({ pattern, literals: half }));
}

function encodedLength(text: string): number {
	return encodeURIComponent(text).length;
}
