import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { promisify } from 'node:util';
import { runNpm } from './npm';

/** The flags n8n gives npm when it installs a community package. */
const N8N_NPM_FLAGS = [
	'--audit=false',
	'--fund=false',
	'--bin-links=false',
	'--install-strategy=shallow',
	'--ignore-scripts=true',
	'--package-lock=false',
];

/** What n8n's installer leaves in a package's manifest. */
export interface InstalledManifest {
	readonly name: string;
	readonly version: string;
	readonly dependencies?: Readonly<Record<string, string>>;
	readonly n8n: { readonly nodes: readonly string[]; readonly credentials: readonly string[] };
}

/** A package where n8n looks for community packages. */
export interface InstalledPackage {
	readonly manifest: InstalledManifest;
	/** The folder of the package. */
	readonly folder: string;
	/** False when the same content was there already. */
	readonly changed: boolean;
}

/** Packs a built package as `npm publish` would; returns the tarball's path in `folder`. */
export async function packPackage(packageDir: string, folder: string): Promise<string> {
	const output = await runNpm(['pack', '--silent', '--ignore-scripts', '--pack-destination', folder], packageDir);
	return join(folder, basename(output.trim().split('\n').at(-1) ?? ''));
}

async function readManifest(folder: string): Promise<InstalledManifest & Record<string, unknown>> {
	return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as InstalledManifest & Record<string, unknown>;
}

/** Extracts a tarball and installs its dependencies the way n8n does: without dev, peer and optional ones, without scripts. */
export async function unpackAsN8n(tarball: string, folder: string): Promise<InstalledManifest> {
	await rm(folder, { recursive: true, force: true });
	await mkdir(folder, { recursive: true });
	await promisify(execFile)('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	const manifest = await readManifest(folder);
	for (const dropped of ['devDependencies', 'peerDependencies', 'optionalDependencies']) delete manifest[dropped];
	await writeFile(join(folder, 'package.json'), JSON.stringify(manifest, null, 2));
	if (Object.keys(manifest.dependencies ?? {}).length > 0) await runNpm(['install', ...N8N_NPM_FLAGS, '--prefer-offline'], folder);
	return manifest;
}

/** n8n's list of installed packages, beside the packages themselves. */
async function enter(nodesFolder: string, { name, version }: InstalledManifest): Promise<void> {
	const file = join(nodesFolder, 'package.json');
	const empty = { name: 'installed-nodes', private: true, dependencies: {} as Record<string, string> };
	const ledger = existsSync(file) ? (JSON.parse(await readFile(file, 'utf8')) as typeof empty) : empty;
	ledger.dependencies[name] = version;
	await writeFile(file, JSON.stringify(ledger, null, 2));
}

async function isCurrent(stamp: string, folder: string, hash: string): Promise<boolean> {
	return existsSync(join(folder, 'package.json')) && existsSync(stamp) && (await readFile(stamp, 'utf8')) === hash;
}

/** Puts a built package into an n8n user folder, through n8n's own steps; does nothing when the same content is there. */
export async function installPackage(packageDir: string, userFolder: string): Promise<InstalledPackage> {
	const nodesFolder = join(userFolder, '.n8n', 'nodes');
	const { name } = await readManifest(packageDir);
	const folder = join(nodesFolder, 'node_modules', name);
	const stamp = join(nodesFolder, `${name.replace('/', '+')}.sha256`);
	const scratch = await mkdtemp(join(tmpdir(), 'crm-sync-pack-'));
	try {
		const tarball = await packPackage(packageDir, scratch);
		const hash = createHash('sha256')
			.update(await readFile(tarball))
			.digest('hex');
		if (await isCurrent(stamp, folder, hash)) return { manifest: await readManifest(folder), folder, changed: false };
		await mkdir(nodesFolder, { recursive: true });
		await rm(stamp, { force: true });
		const manifest = await unpackAsN8n(tarball, folder);
		await enter(nodesFolder, manifest);
		await writeFile(stamp, hash);
		return { manifest, folder, changed: true };
	} finally {
		await rm(scratch, { recursive: true, force: true });
	}
}
