import type { AuthorizedHttp, HttpRequest, HttpResponse } from '../../../src/model/authorizedHttp';
import type { CrmAdapter } from '../../../src/model/crmAdapter';
import type { AdapterSettings } from '../../../src/crm/adapterSettings';
import { newCaches } from '../../../src/crm/salesforce/describe/caches';
import { openSalesforceAdapter } from '../../../src/crm/salesforce/openSalesforceAdapter';
import { sessionHttp } from '../../conformance/sessionHttp';
import { startStandin, type Org, type OrgUser } from '../../standin';
import { readAll, type Read } from '../changesReading';

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

/** Reads once, to the end. */
export async function readOnce(adapter: CrmAdapter, since?: string, { entity = 'Lead', select = ['LastName'] }: { entity?: string; select?: readonly string[] } = {}): Promise<Read> {
	return await readAll(adapter, since, { entity, select });
}

/** A composite request's answer with one of its parts replaced. */
export async function withPart(at: number, change: (part: { httpStatusCode: number; body: unknown }) => void, answer: () => Promise<HttpResponse>): Promise<HttpResponse> {
	const response = await answer();
	const body = JSON.parse(response.text) as { compositeResponse: Array<{ httpStatusCode: number; body: unknown }> };
	change(body.compositeResponse[at]);
	return { ...response, text: JSON.stringify(body) };
}
