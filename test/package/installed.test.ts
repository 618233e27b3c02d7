import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { unpackAsN8n } from '../n8n/installPackage';
import { filesBelow, pack, ROOT, type Packed } from './packed';

/** What loadInstalled.cjs prints. */
interface Loaded {
	readonly packageName: string;
	readonly nodes: ReadonlyArray<{ readonly name: string; readonly icons: readonly string[]; readonly credentials: readonly string[] }>;
	readonly credentials: ReadonlyArray<{
		readonly name: string;
		readonly icons: readonly string[];
		readonly supportedNodes: readonly string[];
	}>;
}

let packed: Packed;
let folder: string;
let loaded: Loaded;

/** In a process of its own, without Jest: n8n gives packages only its own modules through NODE_PATH. */
async function load(): Promise<Loaded> {
	const script = join(__dirname, 'loadInstalled.cjs');
	const env = { PATH: process.env.PATH, N8N_USER_FOLDER: packed.scratch, N8N_LOG_LEVEL: 'silent', NODE_PATH: join(ROOT, 'node_modules') };
	const { stdout } = await promisify(execFile)(process.execPath, [script, folder], { env, cwd: packed.scratch });
	return JSON.parse(stdout) as Loaded;
}

/** n8n's rule: the name is the file's, with a small first letter. */
const nameOf = (file: string, ending: string) => {
	const base = file.slice(file.lastIndexOf('/') + 1).replace(ending, '');
	return base.charAt(0).toLowerCase() + base.slice(1);
};

beforeAll(async () => {
	packed = await pack();
	folder = join(packed.scratch, '.n8n', 'nodes', 'node_modules', packed.manifest.name);
	await unpackAsN8n(packed.tarball, folder);
	loaded = await load();
}, 180_000);
afterAll(async () => await packed.remove());

describe('the package, installed as n8n installs it', () => {
	it('has its dependencies, and not those n8n leaves out', () => {
		for (const name of Object.keys(packed.manifest.dependencies)) expect(existsSync(join(folder, 'node_modules', name))).toBe(true);
		expect(existsSync(join(folder, 'node_modules', 'n8n-workflow'))).toBe(false);
	});

	it('needs nothing compiled, because n8n runs no install scripts', async () => {
		const files = await filesBelow(join(folder, 'node_modules'));
		expect(files.filter((file) => /binding\.gyp$|\.node$/.test(file))).toEqual([]);
	});

	it("is loaded by n8n's loader with exactly the nodes and credentials of its manifest", () => {
		expect(loaded.packageName).toBe(packed.manifest.name);
		expect(loaded.nodes.map(({ name }) => name)).toEqual(packed.manifest.n8n.nodes.map((file) => nameOf(file, '.node.js')));
		expect(loaded.credentials.map(({ name }) => name)).toEqual(
			packed.manifest.n8n.credentials.map((file) => nameOf(file, '.credentials.js')),
		);
	});

	it('shows an icon for each, light and dark', () => {
		for (const { icons } of [...loaded.nodes, ...loaded.credentials]) {
			expect(icons).toHaveLength(2);
			for (const icon of icons) expect(existsSync(join(folder, icon))).toBe(true);
		}
	});

	it('uses only its own credentials, and each of them in a node', () => {
		const own = loaded.credentials.map(({ name }) => name);
		const used = loaded.nodes.flatMap(({ credentials }) => credentials);
		expect([...new Set(used)].sort()).toEqual([...own].sort());
	});
});
