import { readdirSync, readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';

import type { IDataObject } from 'n8n-workflow';

import type { CoreResult, CoreRunner } from '../../n8n/coreRunner';
import { freshState } from '../../n8n/freshState';
import { startStandin, type App, type NewApp, type NewOrg, type Org, type Standin } from '../../standin';
import { signedIn } from '../salesforceSignIn';
import { certificate, privateKey } from './keys';

const type = 'n8n-nodes-crm-sync.crmConnection';

export const oauth = 'crmSalesforceOAuth2Api';
export const token = 'crmSalesforceTokenApi';
export const server = 'crmSalesforceServerApi';

/** One problem of a report. */
export interface Problem {
	readonly cause: string;
	readonly certainty: string;
	readonly words: string;
	readonly whatToDo: string;
}

/** A stand-in Salesforce with one org, an n8n that was just installed, and a credential that may go wrong. */
export class CauseWorld {
	credentialType = oauth;
	credential: IDataObject | undefined;
	app?: App;
	private readonly servers: Server[] = [];
	private readonly state = freshState();

	private constructor(
		readonly runner: CoreRunner,
		readonly standin: Standin,
		readonly org: Org,
	) {}

	static async open(runner: CoreRunner, org: NewOrg = {}): Promise<CauseWorld> {
		const standin = await startStandin();
		return new CauseWorld(runner, standin, await standin.createOrg({ name: 'Foo Corp', ...org }));
	}

	/** A person has connected the credential. */
	async connected(more: Partial<NewApp> = {}): Promise<this> {
		this.app = this.org.addApp({ clientId: 'consumer-key', clientSecret: 'secret-of-the-app', ...more });
		this.credential = await signedIn(this.org, this.app);
		return this;
	}

	/** What the credential would hold, had a person connected it to another org. */
	async connectedTo(other: Org): Promise<IDataObject> {
		return await signedIn(other, other.addApp({ clientId: 'consumer-key', clientSecret: 'secret-of-the-app' }));
	}

	/** User name and password, by OAuth; the org allows it. */
	withPassword(more: IDataObject = {}, app: Partial<NewApp> = {}): this {
		this.org.setSignInPolicy({ passwordFlow: true });
		this.app = this.org.addApp({ clientId: 'consumer-key', clientSecret: 'secret-of-the-app', ...app });
		return this.uses(token, { ...this.user(), consumerKey: 'consumer-key', consumerSecret: 'secret-of-the-app', ...more });
	}

	/** User name and password, by SOAP; the org allows it. */
	withSoap(more: IDataObject = {}): this {
		this.org.setSignInPolicy({ soapLogin: true });
		return this.uses(token, { ...this.user(), consumerKey: '', consumerSecret: '', ...more });
	}

	/** The app's own secret; it acts as the first user. */
	withSecret(more: IDataObject = {}, app: Partial<NewApp> = {}): this {
		this.app = this.org.addApp({ clientId: 'consumer-key', clientSecret: 'secret-of-the-app', runAs: this.org.users[0].id, ...app });
		return this.uses(server, { flow: 'clientCredentials', consumerKey: 'consumer-key', consumerSecret: 'secret-of-the-app', ...more });
	}

	/** A signed request; an admin has approved the first user. */
	withKey(more: IDataObject = {}, app: Partial<NewApp> = {}): this {
		this.app = this.org.addApp({ clientId: 'consumer-key', certificate, permittedUsers: 'adminApproved', ...app });
		this.org.preauthorize(this.app, this.org.users[0]);
		return this.uses(server, { flow: 'jwt', consumerKey: 'consumer-key', username: this.org.users[0].username, privateKey, ...more });
	}

	uses(credentialType: string, credential: IDataObject | undefined): this {
		this.credentialType = credentialType;
		this.credential = credential && { environment: 'myDomain', domain: this.org.instanceUrl, ...credential };
		return this;
	}

	/** What a person changes in the credential. */
	edit(changes: IDataObject): this {
		Object.assign(this.credential ?? {}, changes);
		return this;
	}

	/** What n8n stores of an OAuth2 sign-in. */
	get tokens(): IDataObject {
		return this.credential?.oauthTokenData as IDataObject;
	}

	/** It works, before it goes wrong. */
	async works(): Promise<this> {
		const problems = await this.problems();
		if (problems.length > 0) throw new Error(`It does not work to begin with: ${JSON.stringify(problems)}`);
		return this;
	}

	/** The present session ends, so that the next call has to sign in or renew. */
	sessionEnds(): this {
		this.org.faults.expireSessionsOnce();
		return this;
	}

	async check(object = 'Lead', mode: 'manual' | 'trigger' = 'manual'): Promise<CoreResult> {
		return await this.run({ operation: 'checkHealth', object }, mode);
	}

	async run(parameters: IDataObject, mode: 'manual' | 'trigger' = 'manual'): Promise<CoreResult> {
		const stored = this.credential ? { [this.credentialType]: this.credential } : {};
		const result = await this.runner.run({
			nodes: [{ name: 'Check', type, parameters: { connectWith: this.credentialType, ...parameters } as never }],
			credentials: stored as never,
			mode,
		});
		if (result.error) throw result.error;
		this.credential = stored[this.credentialType];
		return result;
	}

	async problems(object?: string): Promise<readonly Problem[]> {
		return (await this.check(object)).outputs('Check')[0].problems as unknown as readonly Problem[];
	}

	/** A host that answers everything with this, in place of Salesforce. */
	async hostThatSays(status: number, body: string | object = '', headers: Record<string, string> = {}): Promise<string> {
		return await this.listen(createServer((_, response) => response.writeHead(status, headers).end(typeof body === 'string' ? body : JSON.stringify(body))));
	}

	/** A host that cuts each connection. */
	async hostThatCuts(): Promise<string> {
		return await this.listen(createServer((request) => request.socket.destroy()));
	}

	private async listen(listening: Server): Promise<string> {
		this.servers.push(listening);
		await new Promise<void>((resolve) => listening.listen(0, '127.0.0.1', resolve));
		return `http://127.0.0.1:${(listening.address() as AddressInfo).port}`;
	}

	/** Everything secret that the credential holds or ever held. */
	secrets(): readonly string[] {
		const { password, securityToken, clientSecret, consumerSecret, accessToken, privateKey: key } = this.credential ?? {};
		const { access_token: access, refresh_token: refresh } = this.tokens ?? {};
		const keyLines = typeof key === 'string' ? key.split('\n').filter((line) => line.length > 40) : [];
		return [password, securityToken, clientSecret, consumerSecret, accessToken, access, refresh, ...keyLines].filter((secret): secret is string => typeof secret === 'string' && secret.length > 5);
	}

	/** Everything that the package has stored on disk. */
	stored(): string {
		const files = readdirSync(this.state, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
		return files.map(({ parentPath, name }) => readFileSync(join(parentPath, name), 'latin1')).join('\n');
	}

	async close(): Promise<void> {
		for (const listening of this.servers) {
			listening.closeAllConnections();
			listening.close();
		}
		await this.standin.close();
	}

	private user(): IDataObject {
		return { ...this.org.credentialsOf(this.org.users[0]) };
	}
}
