import { existsSync, mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { EditorBrowser } from './browser';
import { Credentials } from './credentials';
import { DynamicParameters } from './dynamicParameters';
import { n8nEnvironment } from './environment';
import { Executions, type FinishedExecution } from './executions';
import { installPackage, type InstalledPackage } from './installPackage';
import { N8N_DIR, N8nProcess } from './n8nProcess';
import { freePort, LOOPBACK } from './ports';
import { Publications } from './publication';
import { Session, type Owner } from './session';
import { Workflows, type WorkflowDraft } from './workflows';

/** How a private n8n is started; everything may be left out. */
export interface N8nOptions {
	/** Built packages to install, as folders. */
	readonly packages?: readonly string[];
	/** Where database, packages and log live; a new temporary folder, removed at the end, unless given. */
	readonly userFolder?: string;
	/** A free port unless given. */
	readonly port?: number;
	readonly owner?: Owner;
	/** Environment variables for n8n, beside the harness's own. */
	readonly env?: Readonly<Record<string, string>>;
	readonly readyTimeoutMs?: number;
}

interface N8nParts {
	readonly baseUrl: string;
	readonly userFolder: string;
	readonly temporary: boolean;
	readonly installed: readonly InstalledPackage[];
	readonly process: N8nProcess;
	readonly env: Record<string, string | undefined>;
	readonly readyTimeoutMs: number;
	readonly owner?: Owner;
}

/** A running private n8n with its owner signed in. */
export class N8n {
	readonly baseUrl: string;
	readonly userFolder: string;
	readonly installed: readonly InstalledPackage[];
	readonly process: N8nProcess;
	readonly session: Session;
	readonly credentials: Credentials;
	readonly workflows: Workflows;
	readonly publications: Publications;
	readonly executions: Executions;
	readonly dynamicParameters: DynamicParameters;
	readonly browser: EditorBrowser;

	constructor(private readonly parts: N8nParts) {
		({ baseUrl: this.baseUrl, userFolder: this.userFolder, installed: this.installed, process: this.process } = parts);
		this.session = new Session(parts.baseUrl);
		this.credentials = new Credentials(this.session, parts);
		this.workflows = new Workflows(this.session);
		this.publications = new Publications(this.session);
		this.executions = new Executions(this.session);
		this.dynamicParameters = new DynamicParameters(this.session);
		this.browser = new EditorBrowser(this.session);
	}

	/** Starts the server and signs the owner in. */
	async start(): Promise<void> {
		await this.process.start(this.parts.readyTimeoutMs);
		await this.session.signIn(this.parts.owner);
	}

	/** Stops and starts the server on the same folder and port; the session stays valid. */
	async restart(): Promise<void> {
		await this.process.stop();
		await this.process.start(this.parts.readyTimeoutMs);
	}

	/** Stores a workflow and runs it by hand. */
	async run(draft: WorkflowDraft): Promise<FinishedExecution> {
		return await this.executions.run(await this.workflows.create(draft));
	}

	/** Stops browser and server; a temporary user folder is removed. */
	async stop(): Promise<void> {
		await this.browser.close();
		await this.process.stop();
		if (this.parts.temporary) await rm(this.userFolder, { recursive: true, force: true });
	}
}

/** Starts a private n8n of its own folder and ports, with packages installed as n8n installs them and an owner signed in. */
export async function startN8n(options: N8nOptions = {}): Promise<N8n> {
	if (!existsSync(join(N8N_DIR, 'node_modules', 'n8n')))
		throw new Error('n8n is not installed in setup/n8n: call needN8n() of setup/need.mjs first');
	const userFolder = options.userFolder ?? mkdtempSync(join(tmpdir(), 'crm-sync-n8n-'));
	mkdirSync(userFolder, { recursive: true });
	const installed: InstalledPackage[] = [];
	for (const packageDir of options.packages ?? []) installed.push(await installPackage(packageDir, userFolder));
	const port = await freePort(options.port);
	const baseUrl = `http://${LOOPBACK}:${port}`;
	const env = n8nEnvironment({ userFolder, port, brokerPort: await freePort(), baseUrl }, options.env);
	const n8n = new N8n({
		baseUrl,
		userFolder,
		temporary: options.userFolder === undefined,
		installed,
		process: new N8nProcess(userFolder, baseUrl, env),
		env,
		readyTimeoutMs: options.readyTimeoutMs ?? 180_000,
		owner: options.owner,
	});
	await n8n.start();
	return n8n;
}
