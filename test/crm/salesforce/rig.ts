import type { AuthorizedHttp, HttpRequest, HttpResponse } from '../../../src/model/authorizedHttp';
import type { ChangePage, ChangeReader } from '../../../src/model/changeReader';
import type { CrmAdapter } from '../../../src/model/crmAdapter';
import type { CrmValue } from '../../../src/model/record';
import type { AdapterSettings } from '../../../src/crm/adapterSettings';
import { newCaches } from '../../../src/crm/salesforce/describe/caches';
import { openSalesforceAdapter } from '../../../src/crm/salesforce/openSalesforceAdapter';
import { sessionHttp } from '../../conformance/sessionHttp';
import { startStandin, type Org, type OrgUser } from '../../standin';
import { allOf } from './ScriptedHttp';

/** Changes an answer on its way, or answers in the org's place. */
export type Tamper = (request: HttpRequest, answer: () => Promise<HttpResponse>) => Promise<HttpResponse> | HttpResponse;

const untouched: Tamper = (_request, answer) => answer();

/** An org of the stand-in, and adapters that reach it. */
export interface Rig {
	readonly org: Org;
	open(more?: Partial<AdapterSettings> & { readonly tamper?: Tamper; readonly user?: Pick<OrgUser, 'id'> }): CrmAdapter;
	close(): Promise<void>;
}

/** Starts a stand-in with one org; `now` is its clock. */
export async function openRig(now: () => number): Promise<Rig> {
	const standin = await startStandin({ now });
	const org = await standin.createOrg({ name: 'Acme' });
	return {
		org,
		open: ({ tamper = untouched, user, ...settings } = {}) => {
			const session = sessionHttp({ origin: org.instanceUrl, issue: () => org.issueSession(user) });
			const http: AuthorizedHttp = { send: async (request) => await tamper(request, async () => await session.send(request)) };
			return openSalesforceAdapter({ http, instanceUrl: org.instanceUrl, cacheKey: user?.id ?? org.id, retryDelayMs: 1, ...settings }, newCaches(() => 0));
		},
		close: () => standin.close(),
	};
}

/** What one reading showed. */
export interface Read {
	readonly pages: readonly ChangePage[];
	/** The value of the first field asked for, of each record. */
	readonly shown: ReadonlyArray<CrmValue | undefined>;
	readonly deleted: readonly string[];
	readonly full: boolean;
	readonly cursor: string;
}

/** The reader of an adapter that has one. */
export function readerOf({ changes }: CrmAdapter): ChangeReader {
	if (!changes) throw new Error('the adapter reads no changes');
	return changes;
}

/** Reads once, to the end. */
export async function readOnce(adapter: CrmAdapter, since?: string, { entity = 'Lead', select = ['LastName'] }: { entity?: string; select?: readonly string[] } = {}): Promise<Read> {
	const reader = readerOf(adapter);
	const pages = await allOf(reader.readChanges({ entity, select, since, until: await reader.upperBound() }));
	return {
		pages,
		shown: pages.flatMap(({ records }) => records.map(({ values }) => values[select[0]])),
		deleted: pages.flatMap(({ deleted }) => deleted.map(({ id }) => id)),
		full: pages.every(({ full }) => full),
		cursor: pages.at(-1)?.cursor ?? '',
	};
}

/** A composite request's answer with one of its parts replaced. */
export async function withPart(at: number, change: (part: { httpStatusCode: number; body: unknown }) => void, answer: () => Promise<HttpResponse>): Promise<HttpResponse> {
	const response = await answer();
	const body = JSON.parse(response.text) as { compositeResponse: Array<{ httpStatusCode: number; body: unknown }> };
	change(body.compositeResponse[at]);
	return { ...response, text: JSON.stringify(body) };
}
