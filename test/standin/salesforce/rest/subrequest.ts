import { notFound } from '../http/SalesforceError';
import type { ApiAnswer, ApiRequest, ApiResource } from './ApiResource';
import { findResource } from './findResource';
import { errorAnswer, perform } from './perform';
import { checkVersion } from './versions';

/** A request written inside the body of another. */
export interface Subrequest {
	readonly method: string;
	readonly url: string;
	readonly body?: unknown;
	readonly httpHeaders?: Readonly<Record<string, string>>;
}

/** Runs a request inside another one: same session, no call counted, no composite inside composite. */
export function runInside(outer: ApiRequest, resources: readonly ApiResource[], { method, url, body, httpHeaders }: Subrequest): ApiAnswer {
	const rawBody = JSON.stringify(body ?? null);
	try {
		const parts = /^\/?(?:services\/data\/)?(v\d+\.\d)(\/[^?]*)?(?:\?(.*))?$/.exec(url);
		if (!parts) throw notFound();
		const [, version, path = '/', search = ''] = parts;
		checkVersion(version);
		const { resource, params } = findResource(resources, method.toUpperCase(), path);
		if (resource.kind === 'composite') throw notFound();
		const query = Object.fromEntries(new URLSearchParams(search));
		const headers = lowerCased({ ...pickedFrom(outer.headers), ...httpHeaders });
		return perform(resource, { ...outer, method: method.toUpperCase(), version, path, params, query, headers, body, rawBody, kind: resource.kind });
	} catch (error) {
		return errorAnswer(error, rawBody);
	}
}

const pickedFrom = (headers: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.entries(headers).filter(([name]) => name.startsWith('sforce-')));
const lowerCased = (headers: Readonly<Record<string, unknown>>) => Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]));
