import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { pack, ROOT } from './packed';

interface Scan {
	readonly passed: boolean;
	readonly complaints: readonly string[];
	readonly details: string;
}

/** In a process of its own: the scanner is ES modules only, and under Jest's NODE_ENV its rules take every file for a test. */
async function scan(folder: string, ...patterns: readonly string[]): Promise<Scan> {
	const env = { ...process.env, NODE_ENV: undefined };
	const { stdout } = await promisify(execFile)(process.execPath, [join(__dirname, 'scan.mjs'), folder, ...patterns], { cwd: ROOT, env });
	return JSON.parse(stdout) as Scan;
}

// A package with dependencies of its own is for self-hosted n8n only: docs/decisions/0002-declared-dependencies.md.
// These complaints are that decision; any other one is new and wants a look.
describe("n8n's check for community packages", () => {
	it('finds one fault in the sources: that the package has dependencies', async () => {
		const { complaints } = await scan(ROOT, 'package.json', '{nodes,credentials}/**/*.{js,ts,json}');
		expect(complaints).toEqual(['@n8n/community-nodes/no-runtime-dependencies']);
	}, 60_000);

	it('finds in the published files only what n8n Cloud does not allow', async () => {
		const packed = await pack();
		const { complaints } = await scan(packed.folder, 'package.json', 'dist/**/*.js').finally(async () => await packed.remove());
		expect(complaints).toEqual([
			'@n8n/community-nodes/no-restricted-globals globalThis',
			'@n8n/community-nodes/no-restricted-globals process',
			'@n8n/community-nodes/no-restricted-globals setImmediate',
			'@n8n/community-nodes/no-restricted-imports @azure/msal-node',
			'@n8n/community-nodes/no-restricted-imports async-mutex',
			'@n8n/community-nodes/no-restricted-imports cockatiel',
			'@n8n/community-nodes/no-restricted-imports fast-xml-parser',
			'@n8n/community-nodes/no-restricted-imports jose',
			'@n8n/community-nodes/no-restricted-imports jsforce/lib/connection',
			'@n8n/community-nodes/no-restricted-imports jsforce/lib/transport',
			'@n8n/community-nodes/no-restricted-imports jsforce/lib/util/promise',
			'@n8n/community-nodes/no-restricted-imports kysely',
			'@n8n/community-nodes/no-restricted-imports node:async_hooks',
			'@n8n/community-nodes/no-restricted-imports node:fs',
			'@n8n/community-nodes/no-restricted-imports node:os',
			'@n8n/community-nodes/no-restricted-imports node:path',
			'@n8n/community-nodes/no-restricted-imports node:sqlite',
			'@n8n/community-nodes/no-restricted-imports node:stream',
			'@n8n/community-nodes/no-restricted-imports node:timers/promises',
			'@n8n/community-nodes/no-restricted-imports node:util',
			'@n8n/community-nodes/no-restricted-imports pg',
			'@n8n/community-nodes/no-runtime-dependencies',
		]);
	}, 60_000);
});
