import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Mutant } from './mutants';
import type { Target } from './targets';

const root = resolve(__dirname, '..', '..');
/** A mistake may make a loop endless. */
const LONGEST_MS = 120_000;

/** A copy of the sources and tests, in which one mistake after the other is made, so that the checkout stays as it is. */
export class Workshop {
	private readonly folder: string;

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
		const tooLong = setTimeout(() => jest.kill('SIGKILL'), LONGEST_MS);
		const code = await new Promise((done) => jest.once('exit', done));
		clearTimeout(tooLong);
		return code === 0;
	}

	close(): void {
		rmSync(this.folder, { recursive: true, force: true });
	}
}
