import { execFile } from 'node:child_process';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { ICredentialDataDecryptedObject, INodeCredentials } from 'n8n-workflow';
import { N8N_PROGRAM } from './n8nProcess';
import { followRedirects, type Approve } from './oauthRedirects';
import type { Session } from './session';

/** A stored credential, without its data. */
export interface StoredCredential {
	readonly id: string;
	readonly name: string;
	readonly type: string;
}

/** A stored credential as the editor sees it: secrets are blanked. */
export interface ReadCredential extends StoredCredential {
	readonly data: ICredentialDataDecryptedObject;
}

/** What n8n's callback page said. */
export interface OAuthOutcome {
	readonly connected: boolean;
	/** The CRM's authorization page as n8n built it. */
	readonly authUrl: string;
	readonly callbackUrl: string;
	/** The page n8n shows at the end. */
	readonly html: string;
}

/** How a workflow's node names this credential. */
export function credentialRef({ id, name, type }: StoredCredential): INodeCredentials {
	return { [type]: { id, name } };
}

/** The credentials of one n8n. */
export class Credentials {
	constructor(
		private readonly session: Session,
		private readonly process: { readonly userFolder: string; readonly env: Record<string, string | undefined> },
	) {}

	/** Stores a new credential. */
	async create(type: string, data: ICredentialDataDecryptedObject, name = type): Promise<StoredCredential> {
		return await this.session.rest<StoredCredential>('POST', '/credentials', { name, type, data });
	}

	/** Changes some fields of a credential, as its form does: what is not named stays. */
	async update(id: string, changes: ICredentialDataDecryptedObject): Promise<StoredCredential> {
		const { name, type, data } = await this.read(id);
		return await this.session.rest<StoredCredential>('PATCH', `/credentials/${id}`, { name, type, data: { ...data, ...changes } });
	}

	/** A credential as the editor sees it. */
	async read(id: string): Promise<ReadCredential> {
		return await this.session.rest<ReadCredential>('GET', `/credentials/${id}?includeData=true`);
	}

	/** All credentials, without data. */
	async list(): Promise<StoredCredential[]> {
		return await this.session.rest<StoredCredential[]>('GET', '/credentials');
	}

	/** Deletes a credential. */
	async delete(id: string): Promise<void> {
		await this.session.rest('DELETE', `/credentials/${id}`);
	}

	/** What the form's test says; n8n never tests OAuth2 credentials. */
	async test(id: string): Promise<{ status: 'OK' | 'Error'; message: string }> {
		return await this.session.rest('POST', '/credentials/test', { credentials: await this.read(id) });
	}

	/** The secrets as stored, read by n8n's own export command: a second process, about three seconds. */
	async decrypted(id: string): Promise<ICredentialDataDecryptedObject> {
		const file = join(this.process.userFolder, `credential-${id}.json`);
		const args = [N8N_PROGRAM, 'export:credentials', `--id=${id}`, '--decrypted', `--output=${file}`];
		await promisify(execFile)(process.execPath, args, { env: { ...this.process.env, N8N_RUNNERS_BROKER_PORT: '0' } as NodeJS.ProcessEnv });
		const [first] = [JSON.parse(await readFile(file, 'utf8')) as ReadCredential | ReadCredential[]].flat();
		await rm(file);
		if (!first) throw new Error(`n8n exported nothing for credential ${id}`);
		return first.data;
	}

	/** Connects an OAuth2 credential through n8n's real addresses; without `approve` the authorize page must redirect by itself. */
	async connect(id: string, approve?: Approve): Promise<OAuthOutcome> {
		const authUrl = await this.session.rest<string>('GET', `/oauth2-credential/auth?id=${id}`);
		const callbackBase = `${this.session.baseUrl}/rest/oauth2-credential/callback`;
		const callbackUrl = await (approve ?? followRedirects(callbackBase))(authUrl);
		if (!callbackUrl.startsWith(callbackBase)) throw new Error(`not n8n's callback address: ${callbackUrl}`);
		const response = await this.session.raw('GET', callbackUrl.slice(this.session.baseUrl.length), { headers: { accept: 'text/html' } });
		const html = await response.text();
		return { connected: response.ok && html.includes('Connection successful'), authUrl, callbackUrl, html };
	}
}
