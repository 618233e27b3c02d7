import { cpSync, globSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { JestProcess } from './JestProcess';
import type { Mutant } from './mutants';
import type { Target } from './targets';

const root = resolve(__dirname, '..', '..');
/** A mistake may make a loop endless: so many times longer than without one, and so long at least. */
const LONGER = 10;
const LONGEST_MS = 20_000;

/** A copy of the sources and tests, in which one mistake after the other is made, so that the checkout stays as it is. */
export class Workshop {
	private readonly folder: string;
	private readonly jest = new JestProcess();
	/** What tests take without a mistake, in milliseconds. */
	private readonly usual = new Map<string, number>();
	/** The test files to run one after the other, by the name that a target gives them. */
	private readonly files = new Map<string, readonly string[]>();

	constructor(name: string) {
		this.folder = join(root, '.cache', 'mutation', name);
		rmSync(this.folder, { recursive: true, force: true });
		mkdirSync(join(this.folder, 'test'), { recursive: true });
		for (const path of ['src/model', 'src/store', 'src/sync', 'test/sync', 'docs/sync-rules.md', 'jest.config.cjs', 'package.json', 'tsconfig.json']) {
			mkdirSync(dirname(join(this.folder, path)), { recursive: true });
			cpSync(join(root, path), join(this.folder, path), { recursive: true });
		}
		symlinkSync(join(root, 'node_modules'), join(this.folder, 'node_modules'), 'junction');
	}

	/** Makes sure that a target's tests pass without a mistake, and sees how long they take. */
	async tryOut(target: Target): Promise<void> {
		for (const file of this.filesOf(target)) {
			if (this.usual.has(file)) continue;
			const started = Date.now();
			if (!(await this.passes(file, target.draws))) throw new Error(`${file} fails even without a mistake`);
			this.usual.set(file, Date.now() - started);
		}
	}

	/** Whether the tests notice the mistake; the first file that does is enough. The source is as before afterwards. */
	async notices(file: string, original: string, mutant: Mutant, target: Target): Promise<boolean> {
		const path = join(this.folder, file);
		writeFileSync(path, mutant.source);
		try {
			for (const tests of this.filesOf(target)) if (!(await this.passes(tests, target.draws))) return true;
			return false;
		} finally {
			writeFileSync(path, original);
		}
	}

	private filesOf({ quick, thorough }: Target): readonly string[] {
		for (const tests of quick) if (!this.files.has(tests)) this.files.set(tests, [this.together(tests)]);
		if (!this.files.has(thorough)) this.files.set(thorough, this.named(thorough));
		return [...quick, thorough].flatMap((tests) => this.files.get(tests)!);
	}

	private async passes(tests: string, draws?: number): Promise<boolean> {
		const longest = Math.max(LONGEST_MS, LONGER * (this.usual.get(tests) ?? Infinity));
		return await this.jest.passes({ folder: this.folder, tests, draws }, longest);
	}

	private named(tests: string): readonly string[] {
		return globSync('test/sync/**/*.test.ts', { cwd: this.folder }).filter((file) => new RegExp(tests).test(file.replaceAll('\\', '/'))).sort();
	}

	/** A test file that stands for several, which start sooner as one. */
	private together(tests: string): string {
		const path = `test/sync/together${this.files.size}.test.ts`;
		const imports = this.named(tests).map((file) => `import './${relative('test/sync', file).replaceAll('\\', '/').replace(/\.ts$/, '')}';\n`);
		writeFileSync(join(this.folder, path), imports.join(''));
		return path;
	}

	close(): void {
		this.jest.close();
		rmSync(this.folder, { recursive: true, force: true });
	}
}
