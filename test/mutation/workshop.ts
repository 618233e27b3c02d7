import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Mutant } from './mutants';
import type { Target } from './targets';

const root = resolve(__dirname, '..', '..');
/** A mistake may make a loop endless: so many times longer than without one, and so long at least. */
const LONGER = 10;
const LONGEST_MS = 20_000;

/** A copy of the sources and tests, in which one mistake after the other is made, so that the checkout stays as it is. */
export class Workshop {
	private readonly folder: string;
	/** What tests take without a mistake, in milliseconds. */
	private readonly usual = new Map<string, number>();

	constructor(name: string) {
		this.folder = join(root, '.cache', 'mutation', name);
		rmSync(this.folder, { recursive: true, force: true });
		mkdirSync(join(this.folder, 'test'), { recursive: true });
		for (const path of ['src/model', 'src/sync', 'test/sync', 'docs/sync-rules.md', 'jest.config.cjs', 'package.json', 'tsconfig.json']) {
			mkdirSync(dirname(join(this.folder, path)), { recursive: true });
			cpSync(join(root, path), join(this.folder, path), { recursive: true });
		}
		symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
	}

	/** Whether the tests notice the mistake. The file is as before afterwards. */
	async notices(file: string, original: string, mutant: Mutant, { quick, thorough }: Target): Promise<boolean> {
		const path = join(this.folder, file);
		writeFileSync(path, mutant.source);
		try {
			return !((await this.passes(quick)) && (await this.passes(thorough)));
		} finally {
			writeFileSync(path, original);
		}
	}

	/** Whether all tests of files with such a name pass. What is drawn at random is always the same, unless asked otherwise. */
	async passes(tests: string): Promise<boolean> {
		const args = ['--selectProjects', 'unit', '--runInBand', '--bail', '--silent', '--testPathPatterns', tests];
		const jest = spawn(process.execPath, [join(root, 'node_modules', 'jest', 'bin', 'jest.js'), ...args], { cwd: this.folder, stdio: 'ignore', env: { FC_SEED: '1', ...process.env } });
		const longest = Math.max(LONGEST_MS, LONGER * (this.usual.get(tests) ?? Infinity));
		const tooLong = Number.isFinite(longest) ? setTimeout(() => jest.kill('SIGKILL'), longest) : undefined;
		const code = await new Promise((done) => jest.once('exit', done));
		clearTimeout(tooLong);
		return code === 0;
	}

	/** Makes sure that the tests pass without a mistake, and sees how long they take. */
	async tryOut(tests: string): Promise<void> {
		const started = Date.now();
		if (!(await this.passes(tests))) throw new Error(`The tests ${tests} fail even without a mistake`);
		this.usual.set(tests, Date.now() - started);
	}

	close(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}
