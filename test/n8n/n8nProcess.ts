import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { waitFor } from './waiting';

/** The folder whose node_modules holds n8n. */
export const N8N_DIR = resolve(__dirname, '..', '..', 'setup', 'n8n');

/** n8n's command line program. */
export const N8N_PROGRAM = join(N8N_DIR, 'node_modules', 'n8n', 'bin', 'n8n');

const STOP_GRACE_MS = 15_000;

/** One n8n server process: started, waited for, stopped. */
export class N8nProcess {
	/** What n8n prints. */
	readonly logFile: string;
	/** How long the last start took. */
	startupMs = 0;
	private child?: ChildProcess;
	private readonly killWithUs = () => this.child?.kill('SIGKILL');

	constructor(
		private readonly userFolder: string,
		private readonly baseUrl: string,
		private readonly env: Record<string, string | undefined>,
	) {
		this.logFile = join(userFolder, 'n8n.log');
	}

	/** Starts the process and waits until the REST API answers. */
	async start(timeoutMs: number): Promise<void> {
		const started = Date.now();
		const log = openSync(this.logFile, 'a');
		this.child = spawn(process.execPath, [N8N_PROGRAM, 'start'], { env: this.env, cwd: this.userFolder, stdio: ['ignore', log, log] });
		closeSync(log);
		process.once('exit', this.killWithUs);
		try {
			await waitFor('n8n did not become ready', async () => await this.isReady(), { timeoutMs });
		} catch (error) {
			await this.stop();
			throw new Error(`${(error as Error).message}; the end of ${this.logFile}:\n${this.logTail()}`);
		}
		this.startupMs = Date.now() - started;
	}

	/** Asks the process to end, and ends it when it does not. Nothing happens when it is not running. */
	async stop(): Promise<void> {
		process.removeListener('exit', this.killWithUs);
		const child = this.child;
		if (!child || !this.isAlive()) return;
		const gone = new Promise((done) => child.once('exit', done));
		child.kill('SIGTERM');
		const late = new AbortController();
		await Promise.race([gone, sleep(STOP_GRACE_MS, undefined, { signal: late.signal }).catch(() => undefined)]);
		late.abort();
		if (this.isAlive()) child.kill('SIGKILL');
		await gone;
	}

	/** The last lines n8n printed. */
	logTail(lines = 40): string {
		return readFileSync(this.logFile, 'utf8').split('\n').slice(-lines).join('\n');
	}

	private isAlive(): boolean {
		return this.child !== undefined && this.child.exitCode === null && this.child.signalCode === null;
	}

	private async isReady(): Promise<true | undefined> {
		if (!this.isAlive()) throw new Error(`n8n ended during its start (${this.child?.exitCode ?? this.child?.signalCode})`);
		try {
			const [health, settings] = [await fetch(`${this.baseUrl}/healthz/readiness`), await fetch(`${this.baseUrl}/rest/settings`)];
			return health.ok && settings.ok ? true : undefined;
		} catch {
			return undefined;
		}
	}
}
