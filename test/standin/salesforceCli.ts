import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

const folder = resolve(__dirname, '../../setup/salesforce-cli');
const program = join(folder, 'node_modules/@salesforce/cli/bin/run.js');

/** What a command of the CLI printed with --json, and how it ended. */
export interface CliAnswer {
	readonly exitCode: number;
	readonly result: unknown;
	readonly name?: string;
	readonly message?: string;
}

/** The Salesforce CLI with a home of its own, so that no sign-in of the machine is seen or changed. */
export class SalesforceCli {
	private constructor(private readonly home: string) {}

	/** Finds the installed CLI; says how to install it when it is missing. */
	static async open(): Promise<SalesforceCli> {
		if (!existsSync(program)) throw new Error('The Salesforce CLI is not installed. Run: npm ci --prefix setup/salesforce-cli');
		return new SalesforceCli(await mkdtemp(join(tmpdir(), 'standin-cli-')));
	}

	/** Runs one command and reads its JSON. */
	async run(args: readonly string[], environment: Readonly<Record<string, string>> = {}): Promise<CliAnswer> {
		const { exitCode, stdout } = await this.spawn([...args, '--json'], environment);
		const { result, name, message } = JSON.parse(stdout) as { result: unknown; name?: string; message?: string };
		return { exitCode, result, name, message };
	}

	/** Runs one command and answers what a person reads. */
	async text(args: readonly string[]): Promise<string> {
		return (await this.spawn(args, {})).stdout;
	}

	async close(): Promise<void> {
		await rm(this.home, { recursive: true, force: true, maxRetries: 5 });
	}

	private async spawn(args: readonly string[], environment: Readonly<Record<string, string>>): Promise<{ exitCode: number; stdout: string }> {
		const env = {
			PATH: process.env.PATH, HOME: this.home, USERPROFILE: this.home, NO_COLOR: '1',
			SF_USE_GENERIC_UNIX_KEYCHAIN: 'true', SF_DISABLE_TELEMETRY: 'true', SF_AUTOUPDATE_DISABLE: 'true', ...environment,
		};
		return await new Promise((done) => {
			execFile(process.execPath, [program, ...args], { env, cwd: this.home, maxBuffer: 50_000_000 }, (error, stdout) => {
				const exitCode = error ? (typeof error.code === 'number' ? error.code : 1) : 0;
				done({ exitCode, stdout });
			});
		});
	}
}
