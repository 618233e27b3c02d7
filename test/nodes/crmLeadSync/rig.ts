import type { IDataObject, INodeExecutionData, INodeParameters } from 'n8n-workflow';

import type { CredentialStore } from '../../n8n/coreCredentials';
import { createCoreRunner, type CoreResult, type CoreRunner, type CoreRunnerOptions } from '../../n8n/coreRunner';
import type { CoreRun } from '../../n8n/coreRun';
import { freshState } from '../../n8n/freshState';
import type { NodeDraft } from '../../n8n/workflows';
import { startStandin, type App, type LoggedCall, type NewOrg, type Org, type Row, type Standin } from '../../standin';
import { signedIn } from '../salesforceSignIn';

export const nodeType = 'n8n-nodes-crm-sync.crmLeadSync';
export const credentialType = 'crmSalesforceOAuth2Api';
const name = 'Push';

/** How one test pushes; what is left out is as a person finds it in a new node, with last name, company and e-mail mapped. */
export interface PushHow {
	/** The mapping by hand; `=` begins an expression. */
	readonly rows?: IDataObject;
	/** Maps automatically, by property names. */
	readonly automatic?: boolean;
	/** The field to match on; null leaves the choice to the node. */
	readonly match?: string | null;
	/** The whole resource mapper parameter, instead of the three above. */
	readonly fields?: unknown;
	readonly object?: string;
	readonly mode?: 'upsert' | 'create' | 'update';
	readonly dryRun?: boolean | string;
	readonly options?: IDataObject;
	/** Settings of the node itself, such as `retryOnFail`. */
	readonly node?: Partial<NodeDraft>;
	readonly run?: Pick<CoreRun, 'signal' | 'settings' | 'mode'>;
}

export const lead: IDataObject = { LastName: '={{ $json.LastName }}', Company: '={{ $json.Company }}', Email: '={{ $json.Email }}' };

/** As many new leads as wanted, each with its own e-mail. */
export function people(count: number, more: (index: number) => IDataObject = () => ({})): IDataObject[] {
	return Array.from({ length: count }, (_, index) => ({ LastName: `Person ${index}`, Company: 'Foo', Email: `person${index}@foo.example`, ...more(index) }));
}

/** An org with a connected credential, and the node pushing into it. */
export class World {
	constructor(
		private readonly runner: CoreRunner,
		readonly org: Org,
		readonly app: App,
		readonly credentials: CredentialStore,
	) {}

	get tokens(): IDataObject {
		return Object.values(this.credentials)[0].oauthTokenData as IDataObject;
	}

	/** The node as a workflow holds it. */
	draft({ rows = lead, automatic, match = 'Email', fields, object = 'Lead', mode = 'upsert', dryRun = false, options = {}, node = {} }: PushHow = {}): NodeDraft {
		const [id] = Object.keys(this.credentials);
		const mapping = { mappingMode: automatic ? 'autoMapInputData' : 'defineBelow', value: automatic ? null : rows, matchingColumns: match === null ? [] : [match], schema: [] };
		const parameters = { connectWith: credentialType, operation: 'push', object, mode, fields: (fields ?? mapping) as INodeParameters, dryRun, options: options as INodeParameters };
		return { name, type: nodeType, parameters, credentials: { [credentialType]: { id, name: 'Salesforce' } }, ...node };
	}

	async push(items: readonly IDataObject[], how: PushHow = {}): Promise<Pushed> {
		const input = items.map((json) => ({ json }));
		return new Pushed(await this.runner.run({ ...how.run, nodes: [this.draft(how)], credentials: this.credentials, input }));
	}

	async callTool(values: IDataObject, how: PushHow = {}): Promise<readonly IDataObject[]> {
		return (await this.runner.callAsTool({ node: this.draft(how), credentials: this.credentials, values })).answer;
	}

	async ask<T>(kind: 'loadOptions' | 'resourceMapping', method: string, parameters: IDataObject): Promise<T> {
		const credentials = { [credentialType]: Object.values(this.credentials)[0] };
		return await this.runner.ask<T>({ type: nodeType, kind, method, credentials, parameters: { connectWith: credentialType, ...parameters } as INodeParameters });
	}

	/** Uses the credential for the first time, without a description or a search being remembered of it. */
	async register(): Promise<void> {
		const [id] = Object.keys(this.credentials);
		const node = { name: 'Get', type: 'n8n-nodes-crm-sync.crmConnection', parameters: { resource: 'connection', operation: 'get', connectWith: credentialType }, credentials: { [credentialType]: { id, name: 'Salesforce' } } };
		const { error } = await this.runner.run({ nodes: [node], credentials: this.credentials });
		if (error) throw error;
		this.org.resetCalls();
	}

	/** The org's leads, or other records, that are not deleted. */
	rows(object = 'Lead'): readonly Row[] {
		return this.org.rows(object).filter(({ IsDeleted }) => IsDeleted !== true);
	}

	/** Writing requests that the org was asked. */
	get writes(): number {
		return this.org.calls.log.filter((call) => call.path.startsWith('/services/data/') && isWrite(call)).length;
	}
}

/** Whether a request, or one of those in a composite request, writes. */
export function isWrite({ method, body }: Pick<LoggedCall, 'method' | 'body'>): boolean {
	const parts = (body as { compositeRequest?: ReadonlyArray<{ method: string }> } | undefined)?.compositeRequest;
	return parts ? parts.some((part) => part.method !== 'GET') : method !== 'GET';
}

/** What one run of the node gave. */
export class Pushed {
	constructor(readonly result: CoreResult) {}

	get error(): CoreResult['error'] {
		return this.result.error;
	}

	get done(): readonly IDataObject[] {
		return this.items(0).map(({ json }) => json);
	}

	get attention(): readonly IDataObject[] {
		return this.items(1).map(({ json }) => json);
	}

	items(output: number): readonly INodeExecutionData[] {
		if (this.error) throw this.error;
		return this.result.items(name, output);
	}

	/** The results in the order of the input, one each, or an error when an input item has none or several. */
	get inOrder(): readonly IDataObject[] {
		const items = [...this.items(0), ...this.items(1)].map(({ json, pairedItem }) => ({ json, index: (pairedItem as { item: number }).item }));
		const ordered = items.sort((a, b) => a.index - b.index);
		const odd = ordered.find(({ index }, at) => index !== at);
		if (odd) throw new Error(`the output is not paired one to one with the input: see item ${odd.index}`);
		return ordered.map(({ json }) => json);
	}

	/** What became of each input item, in its order. */
	get outcomes(): readonly unknown[] {
		return this.inOrder.map(({ result }) => result);
	}

	/** How many results of each kind there are. */
	get counts(): Readonly<Record<string, number>> {
		const counts: Record<string, number> = {};
		for (const outcome of this.outcomes) counts[String(outcome)] = (counts[String(outcome)] ?? 0) + 1;
		return counts;
	}

	/** The problems of the only input item, or of the one at the index. */
	problems(index = 0): readonly IDataObject[] {
		return (this.inOrder[index].problems ?? []) as IDataObject[];
	}

	get hints(): readonly string[] {
		return this.result.hints(name).map(({ message, type }) => `${type}: ${message}`);
	}

	/** The message and description of the error with which the run ended. */
	get failure(): string {
		const { error } = this;
		return error ? [error.message, 'description' in error ? error.description : undefined].filter(Boolean).join('\n') : '';
	}
}

let credentialCount = 0;

/** Starts a stand-in for each test of the file that calls it. */
export function pushRig(options: CoreRunnerOptions = {}): { connect(org?: NewOrg): Promise<World>; readonly runner: CoreRunner } {
	let runner: CoreRunner;
	let standin: Standin;
	beforeAll(async () => {
		runner = await createCoreRunner(options);
	}, 60_000);
	beforeEach(async () => {
		standin = await startStandin();
	});
	afterEach(async () => await standin.close());
	return {
		get runner() {
			return runner;
		},
		async connect(wanted = {}) {
			freshState();
			const org = await standin.createOrg(wanted);
			const app = org.addApp({ clientId: 'the-consumer-key', clientSecret: 'the-consumer-secret', rotateRefreshTokens: true });
			// What is remembered of an org is remembered for a credential, so no two tests share one.
			const credentials = { [`credential-${(credentialCount += 1)}`]: await signedIn(org, app) } as CredentialStore;
			org.resetCalls();
			return new World(runner, org, app, credentials);
		},
	};
}
