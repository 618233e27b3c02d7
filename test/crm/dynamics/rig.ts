import type { AuthorizedHttp, HttpRequest, HttpResponse } from '../../../src/model/authorizedHttp';
import type { CrmAdapter } from '../../../src/model/crmAdapter';
import type { Mutation, WriteOptions } from '../../../src/model/record';
import type { AdapterSettings } from '../../../src/crm/adapterSettings';
import { newCaches, type DynamicsCaches } from '../../../src/crm/dynamics/describe/caches';
import { openDynamicsAdapter } from '../../../src/crm/dynamics/openDynamicsAdapter';
import { sessionHttp } from '../../conformance/sessionHttp';
import { startDataverse, type Environment, type NewEnvironment, type SystemUser } from '../../standin/dataverse';
import { readAll, type Read } from '../changesReading';

/** Changes an answer on its way, or answers in the environment's place. */
export type Tamper = (request: HttpRequest, answer: () => Promise<HttpResponse>) => Promise<HttpResponse> | HttpResponse;

const untouched: Tamper = (_request, answer) => answer();

/** An environment of the stand-in, and adapters that reach it. */
export interface Rig {
	readonly env: Environment;
	/** Every request so far, of all adapters. */
	readonly requests: HttpRequest[];
	open(more?: Partial<AdapterSettings> & { readonly caches?: DynamicsCaches; readonly tamper?: Tamper; readonly user?: Pick<SystemUser, 'id'> }): CrmAdapter;
	close(): Promise<void>;
}

/** Starts a stand-in with one environment; `now` is its clock. */
export async function openRig({ now, ...more }: NewEnvironment & { readonly now?: () => number } = {}): Promise<Rig> {
	const dataverse = await startDataverse({ now });
	const env = await dataverse.createEnvironment({ name: 'Acme', ...more });
	const requests: HttpRequest[] = [];
	return {
		env,
		requests,
		open: ({ caches = newCaches(() => 0), tamper = untouched, user, ...settings } = {}) => {
			const session = sessionHttp({ origin: env.url, issue: () => env.issueToken(user) });
			const http: AuthorizedHttp = {
				send: async (request) => {
					requests.push(request);
					return await tamper(request, async () => await session.send(request));
				},
			};
			return openDynamicsAdapter({ http, instanceUrl: env.url, cacheKey: env.organizationId, retryDelayMs: 1, ...settings }, caches);
		},
		close: () => dataverse.close(),
	};
}

export const plainOptions: WriteOptions = { runAssignmentRules: false, saveDespiteDuplicateAlert: false };

/** A new lead. */
export function newLead(name: string, more: Mutation['values'] = {}): Mutation {
	return { kind: 'create', entity: 'lead', values: { subject: 'Offer', lastname: name, ...more } };
}

/** A change of a lead. */
export function changedLead(id: string, values: Mutation['values'], expectedStamp?: string): Mutation {
	return { kind: 'update', entity: 'lead', id, values, ...(expectedStamp === undefined ? {} : { expectedStamp }) };
}

/** What became of each mutation, as short text: the id's existence, or kind and code of the error. */
export async function written(adapter: CrmAdapter, mutations: readonly Mutation[], options: WriteOptions = plainOptions): Promise<readonly string[]> {
	const outcomes = await adapter.write({ mutations, options });
	return outcomes.map((outcome) => (outcome.status === 'applied' ? 'applied' : [outcome.status, outcome.status === 'unknown' && outcome.settled && 'settled', outcome.error.kind, outcome.error.code].filter(Boolean).join(' ')));
}

/** Everything that pages hold, in one list. */
export async function allOf<T>(pages: AsyncIterable<T>): Promise<T[]> {
	const all: T[] = [];
	for await (const page of pages) all.push(page);
	return all;
}

/** An answer in JSON. */
export function json(status: number, body: unknown, headers: Readonly<Record<string, string>> = {}): HttpResponse {
	return { status, headers: { 'content-type': 'application/json', ...headers }, text: JSON.stringify(body) };
}

/** Reads once, to the end. */
export async function readOnce(adapter: CrmAdapter, since?: string, { entity = 'lead', select = ['lastname'] }: { entity?: string; select?: readonly string[] } = {}): Promise<Read> {
	return await readAll(adapter, since, { entity, select });
}
