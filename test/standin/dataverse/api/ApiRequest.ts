import type { EnvironmentContext } from '../environment/EnvironmentContext';
import type { SystemUser } from '../environment/SystemUser';
import { badPayload } from '../http/DataverseError';
import type { Writer } from '../records/readInput';
import type { ParsedUrl } from './parseUrl';

/** One authenticated request to the Web API, from the network or from inside a `$batch`. */
export interface ApiRequest {
	readonly env: EnvironmentContext;
	readonly user: SystemUser;
	readonly method: string;
	/** The address of the service, such as `http://…/api/data/v9.2`. */
	readonly base: string;
	readonly url: ParsedUrl;
	/** By name in lower case. */
	readonly headers: Readonly<Record<string, string | undefined>>;
	/** Parsed JSON; undefined when there is none. */
	readonly body: unknown;
	/** Addresses of records made earlier in a change set, by Content-ID. */
	readonly contentIds: ReadonlyMap<string, string>;
}

/** What to answer; a missing body is no content at all. */
export interface ApiAnswer {
	readonly status: number;
	readonly body?: unknown;
	readonly headers?: Readonly<Record<string, string>>;
}

/** What the Prefer header asks for. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/compose-http-requests-handle-errors#prefer-headers */
export interface Preferences {
	readonly representation: boolean;
	readonly pageSize: number | undefined;
	readonly trackChanges: boolean;
	readonly continueOnError: boolean;
	/** The pattern of annotations to include; undefined for none. */
	readonly annotations: string | undefined;
	/** What Preference-Applied answers. */
	readonly applied: string | undefined;
}

/** Reads the Prefer header. */
export function preferencesOf({ headers }: Pick<ApiRequest, 'headers'>): Preferences {
	const prefer = headers.prefer ?? '';
	const value = (name: string) =>
		new RegExp(`${name}\\s*=\\s*(?:"([^"]*)"|([^,;\\s]+))`, 'i')
			.exec(prefer)
			?.slice(1)
			.find((part) => part !== undefined);
	const size = Number(value('odata\\.maxpagesize'));
	const annotations = value('odata\\.include-annotations');
	const has = (name: string) => prefer.toLowerCase().includes(name);
	const applied = [
		...(size > 0 ? [`odata.maxpagesize=${size}`] : []),
		...(has('odata.track-changes') ? ['odata.track-changes'] : []),
		...(annotations === undefined ? [] : [`odata.include-annotations="${annotations}"`]),
		...(has('return=representation') ? ['return=representation'] : []),
	];
	return {
		representation: has('return=representation'),
		pageSize: size > 0 ? Math.min(size, 5000) : undefined,
		trackChanges: has('odata.track-changes'),
		continueOnError: has('odata.continue-on-error') && !/continue-on-error\s*=\s*false/i.test(prefer),
		annotations,
		applied: applied.length > 0 ? applied.join(',') : undefined,
	};
}

/** Whether an annotation was asked for. */
export function wantsAnnotation(pattern: string | undefined, name: string): boolean {
	if (pattern === undefined) return false;
	return pattern.split(',').some((one) => (one.trim().endsWith('*') ? name.startsWith(one.trim().slice(0, -1)) : one.trim() === name));
}

/** Who writes, from what the request says. */
export function writerOf({ env, user, headers, url, contentIds }: ApiRequest): Writer {
	const bypass = headers['mscrm.bypasscustompluginexecution'] === 'true' || (headers['mscrm.bypassbusinesslogicexecution'] ?? '').includes('CustomSync');
	// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/manage-duplicate-detection-create-update
	return {
		env,
		user,
		contentIds,
		detectDuplicates: headers['mscrm.suppressduplicatedetection']?.toLowerCase() === 'false',
		tag: url.options.tag,
		bypassPlugins: bypass,
	};
}

/** The body as a JSON object; anything else is refused. */
export function objectBody({ body }: ApiRequest, setName: string): Record<string, unknown> {
	if (typeof body !== 'object' || body === null || Array.isArray(body)) throw badPayload(setName, 'The request body is missing or is not a JSON object.');
	return body as Record<string, unknown>;
}
