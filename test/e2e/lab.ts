import { mkdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { startStandin, type Org, type Standin } from '../standin';
import type { StoredCredential } from '../n8n/credentials';
import { startN8n, type N8n } from '../n8n/startN8n';

const ROOT = resolve(__dirname, '..', '..');

/** The consumer key and secret of the org's app. */
export const APP = { clientId: 'e2e-consumer-key', clientSecret: 'e2e-consumer-secret' };

/** The node's type as workflows name it. */
export const LEAD_SYNC = 'n8n-nodes-crm-sync.crmLeadSync';
export const CONNECTION = 'n8n-nodes-crm-sync.crmConnection';

/** A real n8n with the package installed, and a stand-in org. */
export interface Lab {
	readonly standin: Standin;
	readonly org: Org;
	readonly n8n: N8n;
	/** Stores a Salesforce credential for the org and signs in through n8n's own OAuth addresses. */
	connect(name?: string): Promise<StoredCredential>;
	stop(): Promise<void>;
}

/** Starts a lab. */
export async function startLab(name: string): Promise<Lab> {
	const standin = await startStandin();
	const org = await standin.createOrg({ name: 'Northwind Traders' });
	org.addApp({ ...APP, pkceRequired: true });
	const n8n = await startFreshN8n(name, standin);
	return {
		standin,
		org,
		n8n,
		async connect(credentialName = 'Northwind Salesforce') {
			const credential = await n8n.credentials.create('crmSalesforceOAuth2Api', { ...APP, environment: 'myDomain', domain: org.instanceUrl }, credentialName);
			const { connected, html } = await n8n.credentials.connect(credential.id, standin.approve);
			if (!connected) throw new Error(`n8n did not connect: ${html.slice(0, 500)}`);
			return credential;
		},
		async stop() {
			await n8n.stop();
			await standin.close();
		},
	};
}

/**
 * Starts a real n8n with the package. The folder of a name is kept between runs, so that the package is installed only when it changed;
 * n8n's database in it and the package's own state begin anew. When it does not start, the stand-in is closed.
 */
export async function startFreshN8n(name: string, standin: { close(): Promise<void> }): Promise<N8n> {
	const userFolder = join(ROOT, '.cache', 'e2e', name);
	await mkdir(userFolder, { recursive: true });
	for (const file of ['database.sqlite', 'database.sqlite-shm', 'database.sqlite-wal', 'config']) await rm(join(userFolder, '.n8n', file), { force: true });
	await rm(join(userFolder, '.n8n', 'crm-sync'), { recursive: true, force: true });
	return await startN8n({ packages: [ROOT], userFolder, env: { N8N_LOG_LEVEL: 'debug' } }).catch(async (error: unknown) => {
		await standin.close();
		throw error;
	});
}
