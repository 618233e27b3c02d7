import { SalesforceError, notFound } from '../http/SalesforceError';
import type { ApiResource } from './ApiResource';

/** A resource and the variable parts of the path that led to it. */
export interface FoundResource {
	readonly resource: ApiResource;
	readonly params: Readonly<Record<string, string>>;
}

/** Finds the resource for a path below the version; fixed parts win over variables. Throws 404, or 405 when only the method is wrong. */
export function findResource(resources: readonly ApiResource[], method: string, path: string): FoundResource {
	const parts = path.replace(/^\/|\/$/g, '').split('/');
	const found = resources.flatMap((resource) => {
		const params = match(resource.path.replace(/^\//, '').split('/'), parts);
		return params ? [{ resource, params }] : [];
	});
	if (found.length === 0) throw notFound();
	const fewest = Math.min(...found.map(({ params }) => Object.keys(params).length));
	const best = found.filter(({ params }) => Object.keys(params).length === fewest);
	const wanted = method === 'HEAD' ? 'GET' : method;
	const chosen = best.find(({ resource }) => resource.method === wanted);
	if (chosen) return chosen;
	const allowed = best.flatMap(({ resource }) => (resource.method === 'GET' ? ['HEAD', 'GET'] : [resource.method]));
	throw new SalesforceError(405, 'METHOD_NOT_ALLOWED', `HTTP Method '${method}' not allowed. Allowed are ${allowed.join(',')}`);
}

function match(pattern: readonly string[], parts: readonly string[]): Record<string, string> | undefined {
	if (pattern.length !== parts.length) return undefined;
	const params: Record<string, string> = {};
	for (const [index, expected] of pattern.entries()) {
		if (expected.startsWith(':')) params[expected.slice(1)] = decoded(parts[index]);
		else if (expected !== parts[index]) return undefined;
	}
	return params;
}

function decoded(text: string): string {
	try {
		return decodeURIComponent(text);
	} catch {
		return text;
	}
}
