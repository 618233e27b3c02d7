import { execFile } from 'node:child_process';
import { mkdir, mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, relative, resolve, sep } from 'node:path';
import { promisify } from 'node:util';
import { packPackage } from '../n8n/installPackage';

/** This checkout. */
export const ROOT = resolve(__dirname, '..', '..');

/** The part of package.json that these tests read. */
export interface Manifest {
	readonly name: string;
	readonly version: string;
	readonly main: string;
	readonly dependencies: Readonly<Record<string, string>>;
	readonly n8n: { readonly nodes: readonly string[]; readonly credentials: readonly string[] };
}

/** The package as npm would publish it, in a temporary folder. */
export interface Packed {
	/** The temporary folder. */
	readonly scratch: string;
	readonly tarball: string;
	/** What the tarball holds, extracted. */
	readonly folder: string;
	/** All files in it, relative, with forward slashes. */
	readonly files: readonly string[];
	readonly manifest: Manifest;
	remove(): Promise<void>;
}

/** Reads a package.json. */
export async function readManifest(folder: string): Promise<Manifest> {
	return JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as Manifest;
}

/** All files below a folder, relative to it, sorted. */
export async function filesBelow(folder: string): Promise<string[]> {
	const entries = await readdir(folder, { recursive: true, withFileTypes: true });
	const files = entries.filter((entry) => entry.isFile()).map((entry) => relative(folder, join(entry.parentPath, entry.name)));
	return files.map((file) => file.split(sep).join('/')).sort();
}

/** Packs the built package and extracts it. */
export async function pack(): Promise<Packed> {
	const scratch = await mkdtemp(join(tmpdir(), 'crm-sync-package-'));
	const tarball = await packPackage(ROOT, scratch);
	const folder = join(scratch, 'package');
	await mkdir(folder);
	await promisify(execFile)('tar', ['-xzf', tarball, '-C', folder, '--strip-components=1']);
	const remove = async () => await rm(scratch, { recursive: true, force: true });
	return { scratch, tarball, folder, files: await filesBelow(folder), manifest: await readManifest(folder), remove };
}
