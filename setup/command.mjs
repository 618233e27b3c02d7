import { spawn } from 'node:child_process';

const KEPT_CHARACTERS = 20_000;

/** What a finished command said. `code` is -1 when it could not be started, 128 when a signal ended it. */
export function execute(command, args, { cwd, env = process.env, shell = false } = {}) {
	return new Promise((resolve) => {
		let output = '';
		const keep = (chunk) => {
			output = (output + chunk).slice(-KEPT_CHARACTERS);
		};
		const child = spawn(command, args, { cwd, env, shell, stdio: ['ignore', 'pipe', 'pipe'] });
		child.stdout.on('data', keep);
		child.stderr.on('data', keep);
		child.once('error', (error) => resolve({ code: -1, output: String(error.message) }));
		child.once('close', (code) => resolve({ code: code ?? 128, output }));
	});
}

/** Whether a program of this name answers to `--version`. */
export async function answers(program) {
	return (await execute(program, ['--version'])).code === 0;
}

/** The last lines of an output, indented, for an error message. */
export function tail(output, lines = 12) {
	return output
		.trim()
		.split('\n')
		.slice(-lines)
		.map((line) => `    ${line}`)
		.join('\n');
}
