/** What a reference can reach into: the body of an earlier answer. */
export interface ReferencedAnswer {
	readonly body: unknown;
	readonly httpStatusCode: number;
}

const reference = /@\{([A-Za-z0-9_]+)\.([^}]+)\}/g;

/** Replaces every `@{referenceId.field}` in a sub-request; an answer that failed or lacks the field makes the sub-request fail. */
export function resolveReferences(answers: ReadonlyMap<string, ReferencedAnswer>): <T>(part: T) => { value: T } | { error: string } {
	return <T>(part: T) => {
		let error: string | undefined;
		const replaced = (text: string): string =>
			text.replace(reference, (whole, id: string, path: string) => {
				const answer = answers.get(id);
				const value = answer && answer.httpStatusCode < 400 ? reach(answer.body, path) : undefined;
				if (value === undefined) error ??= `Invalid reference specified. No value for ${whole.slice(2, -1)} found in ${id}`;
				return value === undefined ? whole : String(value);
			});
		const value = walk(part, replaced) as T;
		return error === undefined ? { value } : { error };
	};
}

/** Follows `records[0].Id`. */
function reach(body: unknown, path: string): unknown {
	return path.split(/[.[\]]+/).filter((step) => step !== '').reduce<unknown>((at, step) => (typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined), body);
}

function walk(value: unknown, replaced: (text: string) => string): unknown {
	if (typeof value === 'string') return replaced(value);
	if (Array.isArray(value)) return value.map((one) => walk(one, replaced));
	if (typeof value !== 'object' || value === null) return value;
	return Object.fromEntries(Object.entries(value).map(([key, one]) => [key, walk(one, replaced)]));
}
