import fs from 'node:fs';
import path from 'node:path';
import { aptInstall } from './apt.mjs';
import { answers, execute } from './command.mjs';
import { exclusively } from './lock.mjs';
import { environmentOf, headersOf, node24 } from './node24.mjs';
import { installPackages, npm, npmError } from './npm.mjs';
import { setupDir } from './paths.mjs';
import { SetupError, step } from './say.mjs';

const folder = path.join(setupDir, 'n8n');
const COMPILERS = { python3: 'python3', make: 'make', 'g++': 'g++' };

/** n8n's database driver is the one native part whose ready-made file may not be available: it must load, or n8n does not start. */
async function databaseLoads(node) {
	const script = "const s=require('sqlite3');new s.Database(':memory:').close()";
	return (await execute(node, ['-e', script], { cwd: folder })).code === 0;
}

async function missingCompilers() {
	const found = await Promise.all(Object.keys(COMPILERS).map((program) => answers(program)));
	return Object.values(COMPILERS).filter((_, index) => !found[index]);
}

async function rebuildDatabase(node) {
	const env = environmentOf(node, path.join(folder, 'node_modules', '.bin'));
	const headers = headersOf(node);
	return await npm(['rebuild', 'sqlite3', '--ignore-scripts=false', '--foreground-scripts'], {
		cwd: folder,
		env: headers ? { ...env, npm_config_nodedir: headers } : env,
	});
}

async function buildDatabase(node) {
	let result = await rebuildDatabase(node);
	const missing = result.code === 0 ? [] : await missingCompilers();
	if (missing.length > 0) {
		await aptInstall(missing, 'a compiler, because no ready-made database driver for n8n was to be had');
		result = await rebuildDatabase(node);
	}
	if (result.code !== 0) throw npmError("Could not make n8n's database driver (sqlite3)", result);
	if (!(await databaseLoads(node)))
		throw new SetupError(
			"n8n's database driver (sqlite3) does not load",
			undefined,
			'delete setup/n8n/node_modules, then run the same command again',
		);
}

async function ensureDatabase(node) {
	if (await databaseLoads(node)) return;
	await exclusively('n8n', async () => {
		if (await databaseLoads(node)) return;
		await step(
			"fetch or compile n8n's database driver (sqlite3)",
			'5 s, or 60 s where it has to be compiled',
			async () => await buildDatabase(node),
		);
	});
}

/** Sees to it that the real n8n is in setup/n8n and can start; returns that folder. */
export async function needN8n() {
	const node = await node24();
	await installPackages({
		folder,
		name: 'n8n',
		title: 'install n8n into setup/n8n (2,300 packages, 2.8 GB, once per checkout)',
		usually: '2 to 5 minutes',
	});
	await ensureDatabase(node);
	if (!fs.existsSync(path.join(folder, 'node_modules', 'n8n', 'bin', 'n8n')))
		throw new SetupError(
			'n8n is installed, yet its program is missing',
			undefined,
			'delete setup/n8n/node_modules, then run the same command again',
		);
	return folder;
}
