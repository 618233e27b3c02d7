import type { IDataObject, INodeExecutionData, INodeParameters, WorkflowExecuteMode } from 'n8n-workflow';

import type { CredentialStore } from '../../n8n/coreCredentials';
import { createCoreRunner, type CoreResult, type CoreRunner } from '../../n8n/coreRunner';
import { freshState } from '../../n8n/freshState';
import { startStandin, type NewOrg, type Org, type Standin } from '../../standin';
import { signedIn } from '../salesforceSignIn';

export const credentialType = 'crmSalesforceOAuth2Api';
const connectionNode = 'n8n-nodes-crm-sync.crmConnection';
const syncNode = 'n8n-nodes-crm-sync.crmLeadSync';

/** How one node runs; a person starts it unless `mode` says otherwise. */
export interface How {
	readonly credential?: string;
	readonly credentialType?: string;
	readonly onError?: 'continueRegularOutput' | 'continueErrorOutput';
	readonly mode?: WorkflowExecuteMode;
}

/** An n8n with its own state, and orgs that credentials reach. */
export class ConnectionWorld {
	readonly credentials: CredentialStore = {};

	constructor(
		readonly runner: CoreRunner,
		readonly standin: Standin,
	) {}

	/** An org, and a credential by which a person has connected it; the credential's id is `first` unless given. */
	async connect(wanted: NewOrg = {}, credential = 'first'): Promise<Org> {
		const org = await this.standin.createOrg({ name: 'Foo Corp', ...wanted });
		org.addApp({ clientId: 'key', clientSecret: 'secret-of-the-app' });
		await this.signIn(org, credential);
		return org;
	}

	/** A person connects the credential to the org, as its only or another user. */
	async signIn(org: Org, credential = 'first', user?: { readonly id: string }): Promise<void> {
		this.credentials[credential] = (await signedIn(org, { clientId: 'key', clientSecret: 'secret-of-the-app' } as never, user)) as never;
	}

	/** Runs one operation of CRM Connection. */
	async run(operation: string, parameters: IDataObject = {}, how: How = {}): Promise<CoreResult> {
		const resource = operation === 'getRuns' ? 'run' : 'connection';
		return await this.execute('Connection', connectionNode, { resource, operation, object: 'Lead', ...parameters }, how);
	}

	/** The items of one operation; an error of the run is thrown. */
	async items(operation: string, parameters: IDataObject = {}, how: How = {}): Promise<readonly IDataObject[]> {
		const result = await this.run(operation, parameters, how);
		if (result.error) throw result.error;
		return result.outputs('Connection');
	}

	async item(operation: string, parameters: IDataObject = {}, how: How = {}): Promise<IDataObject> {
		const items = await this.items(operation, parameters, how);
		if (items.length !== 1) throw new Error(`${operation} gave ${items.length} items`);
		return items[0];
	}

	/** Pushes one lead, as a form does. */
	async push(how: How = {}, parameters: IDataObject = {}, input?: readonly INodeExecutionData[]): Promise<CoreResult> {
		const value = { LastName: 'Doe', Company: 'Foo', Email: 'doe@foo.example' };
		const fields = { mappingMode: 'defineBelow', value, matchingColumns: ['Email'], schema: [] };
		return await this.execute('Push', syncNode, { operation: 'push', object: 'Lead', mode: 'upsert', fields, ...parameters }, how, input);
	}

	private async execute(name: string, type: string, parameters: IDataObject, { credential = 'first', credentialType: connectWith = credentialType, onError, mode = 'manual' }: How, input?: readonly INodeExecutionData[]): Promise<CoreResult> {
		const node = {
			name,
			type,
			parameters: { connectWith, ...parameters } as INodeParameters,
			...(onError ? { onError } : {}),
			...(parameters.operation === 'getAll' ? {} : { credentials: { [connectWith]: { id: credential, name: `Credential ${credential}` } } }),
		};
		return await this.runner.run({ nodes: [node], credentials: this.credentials, mode, ...(input ? { input } : {}) });
	}
}

/** A world for each test of the file that calls it. */
export function connectionRig(): { readonly world: ConnectionWorld } {
	let runner: CoreRunner;
	let world: ConnectionWorld;
	beforeAll(async () => {
		runner = await createCoreRunner();
	}, 60_000);
	beforeEach(async () => {
		freshState();
		world = new ConnectionWorld(runner, await startStandin());
	});
	afterEach(async () => await world.standin.close());
	return {
		get world() {
			return world;
		},
	};
}
