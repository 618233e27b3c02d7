import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Runs npm (the one that started us, where there is one) and returns what it printed; npm's own settings of the outer run do not reach it. */
export async function runNpm(args: readonly string[], cwd: string): Promise<string> {
	const cli = process.env.npm_execpath ?? '';
	const known = basename(cli) === 'npm-cli.js' && existsSync(cli);
	const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !/^npm_(config_local_prefix|package_|lifecycle_)/.test(name)));
	const [command, first] = known ? [process.execPath, [cli]] : ['npm', []];
	const { stdout } = await run(command, [...first, ...args], { cwd, env, maxBuffer: 32 * 1024 * 1024, shell: !known && process.platform === 'win32' });
	return stdout;
}
