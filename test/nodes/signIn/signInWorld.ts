import type { ICredentialDataDecryptedObject, IDataObject, IHttpRequestHelper, IHttpRequestOptions } from 'n8n-workflow';

import type { CoreResult, CoreRunner } from '../../n8n/coreRunner';
import { freshState } from '../../n8n/freshState';
import { startStandin, type NewApp, type NewOrg, type Org, type Standin } from '../../standin';

export const token = 'crmSalesforceTokenApi';
export const server = 'crmSalesforceServerApi';

const consumer = { consumerKey: 'consumer-key', consumerSecret: 'secret-of-the-app' };

/** One org of the stand-in, and a credential of an n8n that was just installed. */
export class SignInWorld {
	readonly credentials: Record<string, IDataObject> = {};

	private constructor(
		private readonly runner: CoreRunner,
		readonly standin: Standin,
		readonly org: Org,
		private readonly type: string,
	) {}

	static async open(runner: CoreRunner, type: string, org: NewOrg = {}): Promise<SignInWorld> {
		freshState();
		const standin = await startStandin();
		return new SignInWorld(runner, standin, await standin.createOrg({ name: 'Foo Corp', ...org }), type);
	}

	/** The org's app. */
	app(more: Partial<NewApp> = {}): this {
		this.org.addApp({ clientId: consumer.consumerKey, clientSecret: consumer.consumerSecret, ...more });
		return this;
	}

	/** The credential as a person filled it in. */
	fill(fields: IDataObject): this {
		this.credentials[this.type] = { environment: 'myDomain', domain: this.org.instanceUrl, ...consumer, ...fields };
		return this;
	}

	get credential(): IDataObject {
		return this.credentials[this.type];
	}

	/** User name, password and security token of a user. */
	userFields(user = this.org.users[0]): IDataObject {
		return { ...this.org.credentialsOf(user) };
	}

	/** A run that a trigger started, and nobody watches. */
	async push(lastName = 'Someone', mode: 'trigger' | 'manual' = 'trigger'): Promise<CoreResult> {
		const value = { LastName: lastName, Company: 'Acme', Email: `${lastName}@example.com` };
		const parameters = { connectWith: this.type, object: 'Lead', fields: { mappingMode: 'defineBelow', matchingColumns: ['Email'], value } };
		return await this.runner.run({ mode, nodes: [{ name: 'Push', type: 'n8n-nodes-crm-sync.crmLeadSync', parameters: parameters as never }], credentials: this.credentials as never });
	}

	async check(): Promise<IDataObject> {
		const parameters = { connectWith: this.type, operation: 'checkHealth', object: 'Lead' };
		const result = await this.runner.run({ mode: 'manual', nodes: [{ name: 'Check', type: 'n8n-nodes-crm-sync.crmConnection', parameters: parameters as never }], credentials: this.credentials as never });
		if (result.error) throw result.error;
		return result.outputs('Check')[0];
	}

	/** A person opens the credential's form, which n8n then tests; what it stores is not kept. */
	async testInForm(): Promise<string> {
		const httpRequest = async ({ method, url, headers, body }: IHttpRequestOptions) => {
			const answer = await fetch(url, { method, headers: headers as Record<string, string>, body: body as string | undefined, redirect: 'manual' });
			return { statusCode: answer.status, headers: Object.fromEntries(answer.headers), body: await answer.text() };
		};
		const { preAuthentication } = this.runner.packages.credentialType(this.type);
		if (!preAuthentication) throw new Error(`${this.type} signs nobody in`);
		return await preAuthentication.call({ helpers: { httpRequest } } as unknown as IHttpRequestHelper, { ...this.credential } as ICredentialDataDecryptedObject).then(
			() => 'well',
			(error: Error) => error.message,
		);
	}

	/** Sign-ins tried so far, by what came of them. */
	tried(): { readonly accepted: number; readonly refused: number } {
		const accepted = this.standin.signInAttempts.filter((attempt) => attempt.accepted).length;
		return { accepted, refused: this.standin.signInAttempts.length - accepted };
	}

	async close(): Promise<void> {
		await this.standin.close();
	}
}

/** Results of the pushes, or the error's words. */
export function outcomes(results: readonly CoreResult[]): unknown[] {
	return results.map((result) => result.error?.message ?? result.outputs('Push')[0]?.result);
}
