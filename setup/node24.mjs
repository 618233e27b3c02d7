import fs from 'node:fs';
import path from 'node:path';
import { execute } from './command.mjs';
import { installPackages } from './npm.mjs';
import { setupDir } from './paths.mjs';
import { SetupError } from './say.mjs';

/** n8n 2.41 needs it. */
export const NEEDED_MAJOR = 24;

const REMEDY = `install Node.js ${NEEDED_MAJOR} (https://nodejs.org/en/download), then run the same command again`;
const PLATFORMS = { linux: 'linux', win32: 'win' };

const folder = path.join(setupDir, 'node');

function major(version) {
	return Number(/^v?(\d+)/.exec(version)?.[1] ?? 0);
}

function packageName() {
	return `node-${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
}

function offered() {
	const manifest = JSON.parse(fs.readFileSync(path.join(folder, 'package.json'), 'utf8'));
	return packageName() in manifest.optionalDependencies;
}

async function bring() {
	await installPackages({
		folder,
		name: 'node',
		title: `bring Node.js ${NEEDED_MAJOR} into setup/node (this one is ${process.version})`,
		usually: '10 s',
	});
	const binary = path.join(folder, 'node_modules', packageName(), 'bin', process.platform === 'win32' ? 'node.exe' : 'node');
	const { code, output } = await execute(binary, ['--version']);
	if (code === 0 && major(output.trim()) >= NEEDED_MAJOR) return binary;
	throw new SetupError(
		`Node.js ${NEEDED_MAJOR} is needed, and the one in setup/node does not run`,
		output.trim(),
		`${REMEDY}. If it should run here: delete setup/node/node_modules`,
	);
}

/** The path of a Node.js that is new enough: the running one, else the one that setup/node brings. */
export async function node24() {
	if (major(process.version) >= NEEDED_MAJOR) return process.execPath;
	if (!offered())
		throw new SetupError(
			`Node.js ${NEEDED_MAJOR} is needed, and this is ${process.version}`,
			`there is no ready-made one for ${process.platform} ${process.arch}`,
			REMEDY,
		);
	return await bring();
}

/** The folder with the C headers of a Node.js, for compiling addons; undefined where it came without them. */
export function headersOf(binary) {
	const candidates = [path.dirname(path.dirname(binary)), path.dirname(binary)];
	return candidates.find((candidate) => fs.existsSync(path.join(candidate, 'include', 'node', 'node_api.h')));
}

/** The environment in which this Node.js and the package's own programs are found first. */
export function environmentOf(binary, binFolder) {
	const name = Object.keys(process.env).find((key) => key.toUpperCase() === 'PATH') ?? 'PATH';
	return { ...process.env, [name]: [path.dirname(binary), binFolder, process.env[name]].filter(Boolean).join(path.delimiter) };
}
