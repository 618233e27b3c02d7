import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { join, posix } from 'node:path';
import { promisify } from 'node:util';
import { pack, ROOT, readManifest, type Packed } from './packed';

let packed: Packed;
beforeAll(async () => {
	packed = await pack();
}, 60_000);
afterAll(async () => await packed.remove());

const text = async (file: string) => await readFile(join(packed.folder, file), 'utf8');

describe('the published package', () => {
	it('has every node and credential that its manifest names', () => {
		const { nodes, credentials } = packed.manifest.n8n;
		expect(packed.files).toEqual(expect.arrayContaining([...nodes, ...credentials, packed.manifest.main]));
	});

	it('names every node and credential it has', () => {
		const found = packed.files.filter((file) => /\.(node|credentials)\.js$/.test(file));
		expect(found).toEqual([...packed.manifest.n8n.nodes, ...packed.manifest.n8n.credentials].sort());
	});

	it('hands out every node and credential class by its main file', async () => {
		const { main, n8n } = packed.manifest;
		// In a process of its own, beside this checkout's dependencies, which the extracted package has not.
		const script = 'console.log(JSON.stringify(Object.entries(require(process.argv[1])).map(([name, given]) => [name, new given().constructor.name])))';
		const { stdout } = await promisify(execFile)(process.execPath, ['-e', script, join(ROOT, main)]);
		const handedOut = JSON.parse(stdout) as Array<[exported: string, className: string]>;
		expect(handedOut.filter(([exported, className]) => exported !== className)).toEqual([]);
		expect(handedOut.map(([exported]) => exported).sort()).toEqual([...n8n.nodes, ...n8n.credentials].map((file) => posix.basename(file).split('.')[0]).sort());
	});

	it('has a codex file beside each node, which names that node', async () => {
		for (const node of packed.manifest.n8n.nodes) {
			const codex = JSON.parse(await text(node.replace(/\.js$/, '.json'))) as { node: string; categories: string[] };
			const name = posix.basename(node, '.node.js');
			expect(codex.node).toBe(`${packed.manifest.name}.${name.charAt(0).toLowerCase()}${name.slice(1)}`);
			expect(codex.categories.length).toBeGreaterThan(0);
		}
	});

	it('has the icons that nodes and credentials refer to, none of them outside the package', async () => {
		for (const file of [...packed.manifest.n8n.nodes, ...packed.manifest.n8n.credentials]) {
			const icons = [...(await text(file)).matchAll(/'file:([^']+)'/g)].map((match) => posix.join(posix.dirname(file), match[1] ?? ''));
			expect(icons.length).toBeGreaterThan(0);
			expect(packed.files).toEqual(expect.arrayContaining(icons));
		}
	});

	it('has nothing else: no tests, no stand-in, no demo, no sources', () => {
		const allowed =
			/^(package\.json|README\.md|LICENSE|CHANGELOG\.md|dist\/(index|nodes\/.+|credentials\/.+|src\/.+)\.(js|d\.ts|js\.map|json)|dist\/icons\/[\w.]+\.svg)$/;
		expect(packed.files.filter((file) => !allowed.test(file))).toEqual([]);
		expect(packed.files.filter((file) => /(^|[/.])(tests?|demo|stand-?in|fixtures?)([/.]|$)/i.test(file))).toEqual([]);
	});

	it('tells a reader what it is', () => {
		expect(packed.files).toEqual(expect.arrayContaining(['README.md', 'LICENSE']));
	});

	it('has no script that would run on installation', async () => {
		const { scripts = {} } = (await readManifest(ROOT)) as { scripts?: Record<string, string> } & object;
		for (const name of ['preinstall', 'install', 'postinstall', 'prepare']) expect(scripts).not.toHaveProperty(name);
	});
});
