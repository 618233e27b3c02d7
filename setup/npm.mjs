import fs from 'node:fs';
import path from 'node:path';
import { execute, tail } from './command.mjs';
import { exclusively } from './lock.mjs';
import { SetupError, step } from './say.mjs';

const REASONS = [
	[
		/SELF_SIGNED_CERT|UNABLE_TO_(GET|VERIFY)|CERT_/,
		'the certificate of the npm registry (or of a proxy before it) is not known here',
		'name the file with its authority in NODE_EXTRA_CA_CERTS, then run the same command again',
	],
	[
		/ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ETIMEDOUT|ECONNRESET|ENETUNREACH|network/i,
		'the npm registry cannot be reached',
		'check the network (proxy: npm config set proxy …), then run the same command again',
	],
	[/ENOSPC/, 'the disk is full', 'free some space (n8n alone takes 3 GB), then run the same command again'],
	[/EACCES|EPERM/, 'npm may not write there', 'make the checkout yours (chown), or clone it where you may write'],
	[
		/can only install packages when your package\.json and package-lock\.json|EUSAGE/,
		'package.json and package-lock.json disagree, or npm is too old for this lock file',
		'update npm (npm install --global npm@11); if it stays, run: npm install',
	],
	[/E404|ETARGET|notarget/, 'a package is missing on the registry that npm asks', 'check which registry is set: npm config get registry'],
	[/git/i, 'npm needs git for a package and does not find it', 'install git, then run the same command again'],
];

/** What the npm run around us was asked to do, and not the one we start: a dry run, another folder. */
const OF_THE_OUTER_RUN = /^npm_config_(local_prefix|dry_run|global|omit|workspaces?)$/;

/** Runs npm: the one that started this process, where there is one, because it is known to fit its Node. */
export async function npm(args, { cwd, env: given = process.env } = {}) {
	const env = Object.fromEntries(Object.entries(given).filter(([name]) => !OF_THE_OUTER_RUN.test(name)));
	const cli = process.env.npm_execpath;
	if (cli && path.basename(cli) === 'npm-cli.js' && fs.existsSync(cli)) {
		return await execute(process.execPath, [cli, ...args], { cwd, env });
	}
	return await execute('npm', args, { cwd, env, shell: process.platform === 'win32' });
}

/** npm puts its complaint first and its manual page after it; what a compiler says stands at the end. */
function tellingLines(output) {
	const complaint = output.split('\n').filter((line) => /^npm error \S/.test(line));
	return tail(/\bgyp ERR\b/.test(output) || complaint.length === 0 ? output : complaint.slice(0, 6).join('\n'));
}

/** The error of a failed npm command, with the reason read from its output. */
export function npmError(what, { code, output: all }) {
	const output = all
		.split('\n')
		.filter((line) => !/^npm warn/.test(line))
		.join('\n');
	if (code === -1) return new SetupError(what, 'npm is not installed', 'install Node.js 24 with npm: https://nodejs.org/en/download');
	const found = REASONS.find(([pattern]) => pattern.test(output));
	const [, why, remedy] = found ?? [undefined, 'npm says', 'see the lines above'];
	return new SetupError(what, `${why}\n${tellingLines(output)}`, remedy);
}

function packagesOf(file) {
	try {
		return JSON.parse(fs.readFileSync(file, 'utf8')).packages ?? {};
	} catch {
		return undefined;
	}
}

/** Packages for another platform may be missing; npm itself decides which. */
function mayBeMissing(entry) {
	return Boolean(entry.optional || entry.devOptional || entry.extraneous || entry.os || entry.cpu || entry.libc);
}

/** Whether node_modules holds what the lock file names. npm writes its own record last, so a broken install has none. */
export function isInstalled(folder) {
	const wanted = packagesOf(path.join(folder, 'package-lock.json'));
	const present = packagesOf(path.join(folder, 'node_modules', '.package-lock.json'));
	if (!wanted || !present) return false;
	return Object.entries(wanted).every(([place, entry]) => {
		if (place === '') return true;
		return place in present ? present[place].version === entry.version : mayBeMissing(entry);
	});
}

const FLAGS = ['--include=dev', '--include=optional', '--no-audit', '--no-fund', '--ignore-scripts'];

/** npm ci refuses a lock file that lacks packages for other platforms; npm install --no-save takes it, and the check below still holds. */
async function install(folder, title) {
	const clean = await npm(['ci', ...FLAGS], { cwd: folder });
	if (clean.code === 0) return;
	if (!/from lock file/.test(clean.output)) throw npmError(`Could not install: ${title}`, clean);
	const lenient = await npm(['install', '--no-save', ...FLAGS], { cwd: folder });
	if (lenient.code !== 0) throw npmError(`Could not install: ${title}`, lenient);
	if (!isInstalled(folder)) throw npmError(`Could not install: ${title}`, clean);
}

/** Installs a folder's packages as its lock file names them, unless they are there. */
export async function installPackages({ folder, name, title, usually }) {
	if (isInstalled(folder)) return;
	await exclusively(name, async () => {
		if (isInstalled(folder)) return;
		await step(title, usually, async () => await install(folder, title));
	});
}
