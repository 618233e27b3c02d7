import { Connection } from 'jsforce/lib/connection';
import { CrmError } from '../../../model/crmError';
import type { AdapterSettings } from '../../adapterSettings';
import type { IsOwnAnswer } from '../../CrmClock';
import { malformedAnswer } from '../errors/localErrors';
import { AuthorizedTransport } from './AuthorizedTransport';
import { retrying, worthReadingAgain, worthWritingAgain, type Patience } from '../../retrying';
import { UsageMeter } from './UsageMeter';

/** Summer '26: https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_versions.htm */
const apiVersion = '67.0';
/** Path below which the REST resources of this version lie. */
export const apiRoot = `/services/data/v${apiVersion}`;

/**
 * Salesforce itself ends a call after ten minutes, and up to 1,000 records with automation may need long. Whoever hangs up earlier does
 * not know what was written. https://developer.salesforce.com/docs/platform/salesforce-app-limits-cheatsheet/guide/salesforce-app-limits-platform-api.html
 */
const writeWithinMs = 600_000;

/** The list of versions, which anybody may ask for; it counts as no call. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/dome_versions.htm */
export const versionsRequest: RestRequest = { method: 'GET', path: '/services/data' };

/** Its API tells the usage with every answer; the list of versions is told from a page by its form. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/headers_api_usage.htm */
export const isAnswerOfSalesforce: IsOwnAnswer = ({ path }, { status, headers }) =>
	headers['sforce-limit-info'] !== undefined || (path === versionsRequest.path && status === 200 && /json/i.test(headers['content-type'] ?? ''));

/** One request of ours that jsforce has no method for. */
export interface RestRequest {
	readonly method: 'GET' | 'POST' | 'PATCH';
	readonly path: string;
	readonly headers?: Readonly<Record<string, string>>;
	readonly body?: string;
}

/**
 * The request for the first page of a search; with `deletedToo` it finds records in the recycle bin as well. jsforce's own `query` would
 * read a page that does not say whether it is the last as the last.
 * https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_queryall.htm
 */
export function queryRequest(soql: string, { deletedToo = false }: { readonly deletedToo?: boolean } = {}): RestRequest {
	return { method: 'GET', path: `${apiRoot}/${deletedToo ? 'queryAll' : 'query'}?q=${encodeURIComponent(soql)}` };
}

/**
 * jsforce over our own transport: it holds no token and no way to renew one, so a refused sign-in surfaces at once.
 * Answers are parsed JSON that nobody has checked yet; everything thrown is a `CrmError`.
 */
export class SalesforceRest {
	readonly meter = new UsageMeter();
	readonly signal?: AbortSignal;
	private readonly connection: Connection;
	private readonly delayMs: number;
	private readonly wait?: Patience['wait'];

	constructor(settings: AdapterSettings) {
		this.signal = settings.signal;
		this.delayMs = settings.retryDelayMs ?? 500;
		this.wait = settings.wait;
		this.connection = connectionTo(settings.instanceUrl);
		this.connection._transport = new AuthorizedTransport(settings.http, settings.instanceUrl, this.meter, settings.signal);
	}

	/** The first page of a search. */
	query(soql: string): Promise<unknown> {
		return this.read(queryRequest(soql));
	}

	/** The next page, by the `nextRecordsUrl` of the one before. */
	queryMore(nextRecordsUrl: string): Promise<unknown> {
		return this.read({ method: 'GET', path: nextRecordsUrl });
	}

	describe(entity: string): Promise<unknown> {
		return this.reading(async () => await this.connection.describe(entity));
	}

	describeGlobal(): Promise<unknown> {
		return this.reading(async () => await this.connection.describeGlobal());
	}

	/** A request that changes nothing, so it is repeated after every transient failure. */
	read(request: RestRequest): Promise<unknown> {
		return this.reading(async () => await this.request(request));
	}

	/** A request that changes records, so it is repeated only where it surely was not carried out. */
	async write(request: RestRequest): Promise<unknown> {
		return await retrying(async () => await onlyCrmErrors(async () => await this.request(request, writeWithinMs)), this.patience(4, worthWritingAgain));
	}

	/** How patient this adapter is. */
	patience(tries: number, worthAnother: Patience['worthAnother']): Patience {
		return { tries, delayMs: this.delayMs, signal: this.signal, worthAnother, wait: this.wait };
	}

	private async reading(attempt: () => Promise<unknown>): Promise<unknown> {
		return await retrying(async () => await onlyCrmErrors(attempt), this.patience(4, worthReadingAgain));
	}

	private async request({ method, path, headers, body }: RestRequest, timeout?: number): Promise<unknown> {
		const json = body === undefined ? {} : { body, headers: { ...headers, 'content-type': 'application/json' } };
		return await this.connection.request({ method, url: path, headers: { ...headers }, ...json }, { timeout });
	}
}

/** The log level keeps JSFORCE_LOG_LEVEL from printing requests. jsforce refuses addresses of the Lightning pages, which have no API. */
function connectionTo(instanceUrl: string): Connection {
	try {
		return new Connection({ instanceUrl, version: apiVersion, logLevel: 'NONE' });
	} catch (cause) {
		throw new CrmError('validation', {
			message: `${instanceUrl} is not the address of a Salesforce API.`,
			remedy: 'Use the My Domain URL of the org, like https://acme.my.salesforce.com.',
			cause,
		});
	}
}

/** jsforce stumbles over bodies that are not what it expects; what it throws then is about the answer. */
async function onlyCrmErrors(attempt: () => Promise<unknown>): Promise<unknown> {
	try {
		return await attempt();
	} catch (error) {
		throw error instanceof CrmError ? error : malformedAnswer('data of another form than expected', error);
	}
}
