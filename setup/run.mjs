// Makes the checkout ready, then runs a program under Node.js 24:
//   node setup/run.mjs <script.ts> [args…]           a TypeScript file
//   node setup/run.mjs --bin <program> [args…]       a program of node_modules/.bin
// Nothing has to be installed before; each step is done only when it is needed.
import { spawn } from 'node:child_process';
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { environmentOf, node24 } from './node24.mjs';
import { installPackages } from './npm.mjs';
import { rootDir } from './paths.mjs';
import { SetupError } from './say.mjs';

const modules = path.join(rootDir, 'node_modules');
const binFolder = path.join(modules, '.bin');

/** How to start the program: what follows `node` on the command line. */
function nodeArguments([first, ...rest]) {
	if (first !== '--bin') {
		const script = path.resolve(rootDir, first);
		if (!fs.existsSync(script)) throw new SetupError(`There is no file ${first}`);
		return ['--import', pathToFileURL(path.join(modules, 'tsx', 'dist', 'loader.mjs')).href, script, ...rest];
	}
	const [program, ...args] = rest;
	const link = path.join(binFolder, program ?? '');
	if (!program || !fs.existsSync(link)) throw new SetupError(`There is no program ${program} in node_modules/.bin`);
	return [fs.realpathSync(link), ...args];
}

/** On Windows node_modules/.bin holds command files instead of links to scripts. */
function start(node, args) {
	const options = { cwd: rootDir, env: environmentOf(node, binFolder), stdio: 'inherit' };
	if (process.platform === 'win32' && args[0] === '--bin')
		return spawn(`"${path.join(binFolder, args[1])}.cmd"`, args.slice(2), { ...options, shell: true });
	return spawn(node, nodeArguments(args), options);
}

/** Ends as the program ended. Ctrl-C reaches both of us; the program decides. */
function follow(child) {
	process.on('SIGINT', () => {});
	process.on('SIGTERM', () => child.kill('SIGTERM'));
	child.once('error', (error) => {
		console.error(`Could not start it: ${error.message}`);
		process.exitCode = 1;
	});
	child.once('exit', (code, signal) => {
		process.exitCode = code ?? (signal === 'SIGINT' ? 130 : 143);
	});
}

async function main(args) {
	if (args.length === 0)
		throw new SetupError(
			'Nothing to run',
			undefined,
			'node setup/run.mjs <script.ts> [args…], or: node setup/run.mjs --bin <program> [args…]',
		);
	const node = await node24();
	await installPackages({
		folder: rootDir,
		name: 'package',
		title: "install the package's own dependencies (npm ci)",
		usually: '20 to 90 s',
	});
	follow(start(node, args));
}

try {
	await main(process.argv.slice(2));
} catch (error) {
	if (!(error instanceof SetupError)) throw error;
	console.error(`\n${error.message}\n`);
	process.exitCode = 1;
}
