import type { IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import type { CoreResult, CoreRunner } from '../../n8n/coreRunner';
import { CoreCredentials, type CredentialStore } from '../../n8n/coreCredentials';
import { freshState } from '../../n8n/freshState';
import { newCertificate, startDataverse, type Dataverse, type EntraApp, type EntraUser, type Environment, type NewApp, type NewEnvironment } from '../../standin/dataverse';

export const oauth = 'crmDynamicsOAuth2Api';
export const appType = 'crmDynamicsAppApi';

const callback = 'http://127.0.0.1/rest/oauth2-credential/callback';
const nodes = { connection: 'n8n-nodes-crm-sync.crmConnection', sync: 'n8n-nodes-crm-sync.crmLeadSync' };
const hour = 3_600_000;

/** One problem of a report. */
export interface Problem {
	readonly cause: string;
	readonly certainty: string;
	readonly words: string;
	readonly whatToDo: string;
	readonly code?: string;
}

/** Requests as n8n makes them for a credential. */
const plainHelper = {
	helpers: {
		async httpRequest({ method = 'GET', url, headers, body }: IHttpRequestOptions) {
			const answer = await fetch(url, { method, headers: headers as Record<string, string>, body: body as string | undefined, redirect: 'manual' });
			return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
		},
	},
} as IHttpRequestHelper;

let credentialCount = 0;

/** A stand-in Dataverse with one environment, an n8n that was just installed, and a credential that may go wrong. */
export class DynamicsWorld {
	credentialType = appType;
	app!: EntraApp;
	user!: EntraUser;
	/** n8n's id of the credential; new in each world, because a process remembers what it saw of a credential. */
	readonly credentialId = `dynamics-${(credentialCount += 1)}`;
	readonly credentials: CredentialStore = {};

	private constructor(
		readonly runner: CoreRunner,
		readonly dataverse: Dataverse,
		readonly environment: Environment,
		private readonly clock: { ahead: number },
	) {}

	static async open(runner: CoreRunner, wanted: NewEnvironment = {}): Promise<DynamicsWorld> {
		freshState();
		const clock = { ahead: 0 };
		const dataverse = await startDataverse({ now: () => Date.now() + clock.ahead });
		return new DynamicsWorld(runner, dataverse, await dataverse.createEnvironment({ name: 'Foo Corp', ...wanted }), clock);
	}

	get tenant(): Dataverse['tenant'] {
		return this.dataverse.tenant;
	}

	get credential(): IDataObject {
		return this.credentials[this.credentialId];
	}

	/** What n8n stores of an OAuth2 sign-in. */
	get tokens(): IDataObject {
		return this.credential.oauthTokenData as IDataObject;
	}

	/** Microsoft's clock goes on, and n8n's does not. */
	hoursLater(hours: number): this {
		this.clock.ahead += hours * hour;
		return this;
	}

	/** An app with a secret that is an application user of the environment. */
	withSecret(more: IDataObject = {}, app: Partial<NewApp> = {}): this {
		this.app = this.tenant.addApp({ secrets: ['the~secret~of~the~app'], ...app });
		this.environment.addApplicationUser(this.app, { administrator: true });
		return this.uses(appType, { proof: 'secret', clientSecret: 'the~secret~of~the~app', ...more });
	}

	/** An app with a certificate that is an application user of the environment. */
	async withCertificate(more: IDataObject = {}, times: { notBefore?: number; notAfter?: number } = {}): Promise<this> {
		const { certificate, privateKey } = await newCertificate(times);
		this.app = this.tenant.addApp({ certificates: [certificate] });
		this.environment.addApplicationUser(this.app, { administrator: true });
		return this.uses(appType, { proof: 'certificate', certificate, privateKey, ...more });
	}

	/** A person has connected the credential; with `environment: ''`, before the environment is known. */
	async connected(more: IDataObject = {}, app: Partial<NewApp> = {}): Promise<this> {
		this.app = this.tenant.addApp({ secrets: ['the~secret~of~the~app'], redirectUris: [callback], ...app });
		this.user = this.tenant.addUser({ name: 'Ada Admin' });
		this.environment.addUser(this.user, { administrator: true });
		this.uses(oauth, { clientSecret: 'the~secret~of~the~app', ...more });
		return await this.connects();
	}

	/** The person connects, as n8n does it for the credential. */
	async connects(user = this.user): Promise<this> {
		const stored = new CoreCredentials(this.runner.packages, this.credentials);
		const { authUrl, accessTokenUrl, scope } = await stored.getDecrypted({} as never, { id: this.credentialId, name: 'Dynamics' }, oauth);
		const query = new URLSearchParams({ response_type: 'code', client_id: this.app.clientId, redirect_uri: callback, scope: String(scope), state: 'state' });
		const sentBack = new URL(await this.dataverse.approve(`${String(authUrl)}?${query.toString()}`, { user }));
		const code = sentBack.searchParams.get('code') ?? '';
		const body = new URLSearchParams({ grant_type: 'authorization_code', code, client_id: this.app.clientId, client_secret: String(this.credential.clientSecret), redirect_uri: callback });
		const answer = await fetch(String(accessTokenUrl), { method: 'POST', body });
		if (!answer.ok) throw new Error(`The token endpoint answered ${answer.status}: ${await answer.text()}`);
		return this.edit({ oauthTokenData: (await answer.json()) as IDataObject });
	}

	/** The present token ends. */
	expires(): this {
		this.environment.expireTokens();
		return this;
	}

	uses(credentialType: string, fields: IDataObject): this {
		this.credentialType = credentialType;
		const { dataverse, environment, tenant, app } = this;
		const where = { environmentType: 'custom', environmentUrl: environment.url, authorityUrl: dataverse.loginUrl, discoveryUrl: dataverse.discoveryUrl };
		this.credentials[this.credentialId] = { ...where, tenantId: tenant.id, clientId: app.clientId, ...fields } as never;
		return this;
	}

	/** What a person changes in the credential. */
	edit(changes: IDataObject): this {
		Object.assign(this.credential, changes);
		return this;
	}

	async check(object = 'lead', more: IDataObject = {}, mode: 'manual' | 'trigger' = 'manual'): Promise<IDataObject> {
		return (await this.items('checkHealth', { object, ...more }, mode))[0];
	}

	async problems(object?: string): Promise<readonly Problem[]> {
		return (await this.check(object)).problems as unknown as readonly Problem[];
	}

	/** It works, before it goes wrong. */
	async works(): Promise<this> {
		const problems = await this.problems();
		if (problems.length > 0) throw new Error(`It does not work to begin with: ${JSON.stringify(problems)}`);
		return this;
	}

	/** The items of one operation of CRM Connection; an error of the run is thrown. */
	async items(operation: string, parameters: IDataObject = {}, mode: 'manual' | 'trigger' = 'manual'): Promise<readonly IDataObject[]> {
		const result = await this.run('connection', { resource: operation === 'getRuns' ? 'run' : 'connection', operation, ...parameters }, mode);
		if (result.error) throw result.error;
		return result.outputs('Node');
	}

	/** Pushes leads, as a trigger does. */
	async push(leads: readonly IDataObject[], parameters: IDataObject = {}, mode: 'manual' | 'trigger' = 'trigger'): Promise<CoreResult> {
		const fields = { mappingMode: 'autoMapInputData', value: null, matchingColumns: ['emailaddress1'], schema: [] };
		return await this.run('sync', { operation: 'push', object: 'lead', mode: 'upsert', fields, ...parameters }, mode, leads);
	}

	async run(node: keyof typeof nodes, parameters: IDataObject, mode: 'manual' | 'trigger' = 'manual', items: readonly IDataObject[] = [{}]): Promise<CoreResult> {
		const credentials = { [this.credentialType]: { id: this.credentialId, name: 'Dynamics' } };
		const draft = { name: 'Node', type: nodes[node], parameters: { connectWith: this.credentialType, ...parameters } as never, credentials };
		return await this.runner.run({ nodes: [draft], credentials: this.credentials, mode, input: items.map((json) => ({ json })) });
	}

	/** A person presses the button Test in the form of the credential; throws what it shows. */
	async test(): Promise<void> {
		const stored = new CoreCredentials(this.runner.packages, this.credentials);
		const data = await stored.getDecrypted({} as never, { id: this.credentialId, name: 'Dynamics' }, this.credentialType);
		await stored.runPreAuthentication(plainHelper, data, this.credentialType);
	}

	/** Everything secret that the credential holds. */
	secrets(): readonly string[] {
		const { clientSecret, accessToken, privateKey, oauthTokenData } = this.credential;
		const { access_token: access, refresh_token: refresh } = (oauthTokenData ?? {}) as IDataObject;
		const keyLines = typeof privateKey === 'string' ? privateKey.split('\n').filter((line) => line.length > 40) : [];
		return [clientSecret, accessToken, access, refresh, ...keyLines].filter((secret): secret is string => typeof secret === 'string' && secret.length > 5);
	}

	async close(): Promise<void> {
		await this.dataverse.close();
	}
}
