import type { ICredentialDataDecryptedObject, IDataObject } from 'n8n-workflow';

import { credentialRef, type OAuthOutcome, type StoredCredential } from '../n8n/credentials';
import type { FinishedExecution } from '../n8n/executions';
import type { N8n } from '../n8n/startN8n';
import type { StoredWorkflow } from '../n8n/workflows';
import { newCertificate, startDataverse, type Dataverse, type EntraApp, type EntraUser, type Environment, type NewApp } from '../standin/dataverse';
import { CONNECTION, LEAD_SYNC, startFreshN8n } from './lab';

export const PERSON = 'crmDynamicsOAuth2Api';
export const APP = 'crmDynamicsAppApi';
const SECRET = 'the~secret~value~of~the~app';

/** A credential of an app that signs in for itself. */
export interface AppCredential {
	readonly credential: StoredCredential;
	readonly app: EntraApp;
}

/** A credential that a person has connected. */
export interface PersonCredential extends AppCredential {
	readonly user: EntraUser;
}

/** A real n8n with the package installed, and a stand-in Dynamics 365 environment. */
export class DynamicsLab {
	private constructor(
		readonly n8n: N8n,
		readonly dataverse: Dataverse,
		readonly environment: Environment,
	) {}

	static async start(name: string): Promise<DynamicsLab> {
		const dataverse = await startDataverse();
		const environment = await dataverse.createEnvironment({ name: 'Northwind Traders' });
		return new DynamicsLab(await startFreshN8n(name, dataverse), dataverse, environment);
	}

	/** The address fields of a credential. */
	get addresses(): ICredentialDataDecryptedObject {
		const { dataverse, environment } = this;
		return { environmentType: 'custom', environmentUrl: environment.url, authorityUrl: dataverse.loginUrl, discoveryUrl: dataverse.discoveryUrl, tenantId: dataverse.tenant.id };
	}

	/** An app with a secret that is an application user of the environment. */
	async appWithSecret(name: string): Promise<AppCredential> {
		return await this.application(name, { secrets: [SECRET] }, { proof: 'secret', clientSecret: SECRET });
	}

	/** The same with a certificate, pasted as people paste it: in one line. */
	async appWithCertificate(name: string): Promise<AppCredential> {
		const { certificate, privateKey } = await newCertificate({ name });
		return await this.application(name, { certificates: [certificate] }, { proof: 'certificate', certificate: certificate.replaceAll('\n', ' '), privateKey: privateKey.replaceAll('\n', ' ') });
	}

	private async application(name: string, wanted: NewApp, proof: ICredentialDataDecryptedObject): Promise<AppCredential> {
		const app = this.dataverse.tenant.addApp({ name, ...wanted });
		this.environment.addApplicationUser(app, { administrator: true });
		return { app, credential: await this.n8n.credentials.create(APP, { ...this.addresses, clientId: app.clientId, ...proof }, name) };
	}

	/** A credential of a new person of the environment, not connected yet. */
	async person(name: string, more: ICredentialDataDecryptedObject = {}): Promise<PersonCredential> {
		const { tenant } = this.dataverse;
		const app = tenant.addApp({ name, secrets: [SECRET], redirectUris: [`${this.n8n.baseUrl}/rest/oauth2-credential/callback`] });
		const user = tenant.addUser({ name });
		this.environment.addUser(user, { administrator: true });
		const credential = await this.n8n.credentials.create(PERSON, { ...this.addresses, clientId: app.clientId, clientSecret: SECRET, ...more }, name);
		return { app, user, credential };
	}

	/** The person signs in through the authorize and callback addresses of n8n. */
	async connect({ credential, user }: PersonCredential, deny = false): Promise<OAuthOutcome> {
		return await this.n8n.credentials.connect(credential.id, async (url) => await this.dataverse.approve(url, { user, deny }));
	}

	/** A credential of a person who has signed in. */
	async connectedPerson(name: string): Promise<PersonCredential> {
		const person = await this.person(name);
		const { connected, html } = await this.connect(person);
		if (!connected) throw new Error(`n8n did not connect: ${html.slice(0, 500)}`);
		return person;
	}

	async workflowOf(credential: StoredCredential | undefined, type: string, parameters: IDataObject): Promise<StoredWorkflow> {
		const credentials = credential ? { credentials: credentialRef(credential) } : {};
		const node = { name: 'Node', type, ...credentials, parameters: { ...(credential ? { connectWith: credential.type } : {}), ...parameters } as never };
		return await this.n8n.workflows.create({ nodes: [{ name: 'Start', type: 'n8n-nodes-base.manualTrigger' }, node] });
	}

	/** Items of one operation of CRM Connection. */
	async connection(operation: string, credential?: StoredCredential, more: IDataObject = {}): Promise<readonly IDataObject[]> {
		const resource = operation === 'getRuns' ? 'run' : 'connection';
		const { nodes, error } = await this.n8n.executions.run(await this.workflowOf(credential, CONNECTION, { resource, operation, ...more }));
		if (error) throw error;
		return nodes.Node[0].outputs[0];
	}

	/** What Check Health says, in short: `well`, or how sure it is of which cause, and the code. */
	async health(credential: StoredCredential): Promise<string> {
		const [{ healthy, problems }] = await this.connection('checkHealth', credential);
		const [problem] = problems as Array<Record<'certainty' | 'cause' | 'words' | 'whatToDo' | 'code', string | null>>;
		if (healthy) return 'well';
		if (!problem.words || !problem.whatToDo) throw new Error(`a problem without words: ${JSON.stringify(problem)}`);
		return `${problem.certainty}: ${problem.cause} (${problem.code})`;
	}

	async push(credential: StoredCredential, value: IDataObject): Promise<FinishedExecution> {
		const fields = { mappingMode: 'defineBelow', matchingColumns: ['emailaddress1'], value };
		return await this.n8n.executions.run(await this.workflowOf(credential, LEAD_SYNC, { object: 'lead', fields }));
	}

	async stop(): Promise<void> {
		await this.n8n.stop();
		await this.dataverse.close();
	}
}
