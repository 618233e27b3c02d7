import type { AskRequest } from '../../model/ask';
import type { HttpResponse } from '../../model/authorizedHttp';
import { CrmError } from '../../model/crmError';
import { isObject, listOf, objectOf, textOf, type Json } from '../json';
import { malformedAnswer } from './errors/localErrors';
import { retryAfter } from './errors/retryAfter';
import { kindOfEnvironment } from './identify';
import { parsedJson } from './signIn/parsedJson';

/** An environment that an account can enter. */
export interface ReachableEnvironment {
	readonly name: string;
	/** What a credential takes as Environment URL. */
	readonly environmentUrl: string;
	/** Production, Sandbox, Trial …, as Microsoft calls it. */
	readonly kind: string;
	/** `disabled` in administration mode too. */
	readonly state: 'enabled' | 'disabled';
	readonly region: string | null;
	readonly version: string | null;
	/** What Dataverse calls organization id: the id of the connection. */
	readonly organizationId: string | null;
	/** Another id, of Power Platform; a GUID, or `Default-…`. */
	readonly environmentId: string | null;
	readonly tenantId: string | null;
}

const columns = ['FriendlyName', 'UniqueName', 'Url', 'OrganizationType', 'State', 'Region', 'Version', 'Id', 'EnvironmentId', 'TenantId'];

/** The question which environments the bearer of a token can enter. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/discovery-service */
export function environmentsRequest(origin: string, accessToken: string): AskRequest {
	return { method: 'GET', url: `${origin}/api/discovery/v2.0/Instances?$select=${columns.join(',')}`, headers: { authorization: `Bearer ${accessToken}`, accept: 'application/json' } };
}

/**
 * The environments in an answer, by name; those without an address are left out.
 *
 * @throws CrmError
 */
export function readEnvironments({ status, headers, text }: HttpResponse): ReachableEnvironment[] {
	if (status === 429) throw busy(headers);
	if (status === 401 || status === 403) throw refused(status);
	if (status < 200 || status > 299) throw failing(status);
	const { value } = objectOf(parsedJson(text));
	if (!Array.isArray(value)) throw malformedAnswer('a list of environments without environments');
	return listOf(value)
		.filter(isObject)
		.flatMap(readEnvironment)
		.toSorted((a, b) => a.name.localeCompare(b.name));
}

function readEnvironment(instance: Json): ReachableEnvironment[] {
	const url = textOf(instance.Url);
	if (url === undefined || !URL.canParse(url)) return [];
	const { origin, hostname } = new URL(url);
	return [
		{
			name: textOf(instance.FriendlyName) ?? textOf(instance.UniqueName) ?? hostname,
			environmentUrl: origin,
			kind: kindOfEnvironment(instance),
			state: instance.State === 0 ? 'enabled' : 'disabled',
			region: textOf(instance.Region) ?? null,
			version: textOf(instance.Version) ?? null,
			organizationId: textOf(instance.Id) ?? null,
			environmentId: textOf(instance.EnvironmentId) ?? null,
			tenantId: textOf(instance.TenantId) ?? null,
		},
	];
}

function refused(httpStatus: number): CrmError {
	return new CrmError('auth', {
		message: 'The service that lists environments (Global Discovery) refused the sign-in.',
		remedy: 'Check the Environment Type in the credential, and connect the account again.',
		httpStatus,
	});
}

function busy(headers: HttpResponse['headers']): CrmError {
	const wait = retryAfter(headers);
	const asked = wait.retryAfterMs === undefined ? '' : ` It asks to wait for ${Math.ceil(wait.retryAfterMs / 1000)} seconds.`;
	return new CrmError('throttled', {
		message: `The service that lists environments (Global Discovery) takes no more requests for the moment.${asked}`,
		remedy: 'Wait, and run fewer workflows at the same time.',
		httpStatus: 429,
		transient: true,
		...wait,
	});
}

function failing(httpStatus: number): CrmError {
	return new CrmError('unavailable', {
		message: 'The service that lists environments (Global Discovery) gave no usable answer.',
		remedy: 'Try again in a few minutes, or copy the address of the environment from the browser.',
		httpStatus,
	});
}
