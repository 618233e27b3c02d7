import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { basename } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** What the npm run around us was asked to do, and not the one we start: a dry run, another folder. */
const OF_THE_OUTER_RUN = /^npm_(config_(local_prefix|dry_run|global|omit|workspaces?)|package_|lifecycle_)/;

/** Runs npm (the one that started us, where there is one) and returns what it printed. */
export async function runNpm(args: readonly string[], cwd: string): Promise<string> {
	const cli = process.env.npm_execpath ?? '';
	const known = basename(cli) === 'npm-cli.js' && existsSync(cli);
	const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !OF_THE_OUTER_RUN.test(name)));
	const [command, first] = known ? [process.execPath, [cli]] : ['npm', []];
	const { stdout } = await run(command, [...first, ...args], {
		cwd,
		env,
		maxBuffer: 32 * 1024 * 1024,
		shell: !known && process.platform === 'win32',
	});
	return stdout;
}
