import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { needChromium, needCli, needN8n, needPostgres } from '../setup/need.mjs';
import { countJest, type JestReport, type Outcome } from './countJest';

const root = resolve(__dirname, '..');
const reports = join(root, '.cache', 'test');

/** One part of the tests: it runs to its end whatever it finds. */
interface Stage {
	readonly name: string;
	readonly about: string;
	/** Tests what the build made. */
	readonly ofTheBuild?: boolean;
	/** What has to be on the machine first. */
	readonly prepare?: () => Promise<unknown>;
	readonly run: () => Promise<Outcome>;
}

/** Runs a program of node_modules to its end, with its output on ours; its exit code. */
async function program(script: string, ...args: string[]): Promise<number> {
	return await new Promise((done) => {
		const child = spawn(process.execPath, [join(root, 'node_modules', script), ...args], {
			cwd: root,
			stdio: ['ignore', 'inherit', 'inherit'],
		});
		child.once('error', () => done(-1));
		child.once('exit', (code) => done(code ?? -1));
	});
}

/** A stage that is one program, which finds fault or not. */
function check(name: string, about: string, script: string, ...args: string[]): Stage {
	return {
		name,
		about,
		run: async () => {
			const code = await program(script, ...args);
			return code === 0
				? { passed: 1, failed: 0, complaints: [] }
				: { passed: 0, failed: 1, complaints: [`${name}: exit code ${code}, see above`] };
		},
	};
}

function readReport(file: string): JestReport | undefined {
	return existsSync(file) ? (JSON.parse(readFileSync(file, 'utf8')) as JestReport) : undefined;
}

/** A stage that is one project of jest.config.cjs. */
function tests(
	name: string,
	about: string,
	{ prepare, ofTheBuild, inBand = false }: { prepare?: Stage['prepare']; ofTheBuild?: boolean; inBand?: boolean } = {},
): Stage {
	return {
		name,
		about,
		prepare,
		ofTheBuild,
		run: async () => {
			const file = join(reports, `${name}.json`);
			rmSync(file, { force: true });
			const workers = inBand ? '--runInBand' : '--maxWorkers=2';
			const code = await program('jest/bin/jest.js', '--selectProjects', name, workers, '--ci', '--json', `--outputFile=${file}`);
			return countJest(name, readReport(file), code, root);
		},
	};
}

const stages: readonly Stage[] = [
	check('lint', 'the rules of eslint.config.mjs', 'eslint/bin/eslint.js', '.', '--max-warnings', '0'),
	check('types', 'the TypeScript compiler', 'typescript/bin/tsc', '--noEmit'),
	tests('unit', 'one part at a time, without network'),
	check('build', 'dist, as it is published', 'gulp/bin/gulp.js', 'build'),
	tests('conformance', 'every CRM adapter against its stand-in, the state store on each database', { prepare: needPostgres }),
	tests('standin', 'the stand-in against independent clients', { prepare: needCli }),
	tests('nodes', "the built nodes under n8n's engine", { ofTheBuild: true }),
	tests('package', 'the package as npm and n8n get it', { ofTheBuild: true, inBand: true }),
	tests('e2e', 'a real n8n, in a real browser', {
		ofTheBuild: true,
		inBand: true,
		prepare: async () => {
			await needN8n();
			process.env.CRM_SYNC_CHROMIUM = await needChromium();
		},
	}),
];

const HELP = `npm test                     all stages, one after the other
npm test -- <stage>…         only these (and build, where they test what it makes)

${stages.map(({ name, about }) => `  ${name.padEnd(12)} ${about}`).join('\n')}

The last line is the count: N passed, N failed. A skipped test counts as failed.`;

/** The stages to run, in their own order. */
function select(names: readonly string[]): readonly Stage[] {
	const unknown = names.filter((name) => !stages.some((stage) => stage.name === name));
	if (unknown.length > 0) throw new RangeError(`There is no stage ${unknown.join(', ')}.\n\n${HELP}`);
	if (names.length === 0) return stages;
	const builds = stages.some(({ name, ofTheBuild }) => ofTheBuild && names.includes(name));
	return stages.filter(({ name }) => names.includes(name) || (builds && name === 'build'));
}

async function runStage({ name, about, prepare, run }: Stage): Promise<Outcome> {
	console.log(`\n=== ${name}: ${about}`);
	const started = Date.now();
	let outcome: Outcome;
	try {
		await prepare?.();
		outcome = await run();
	} catch (error) {
		outcome = { passed: 0, failed: 1, complaints: [`${name}: ${(error as Error).message}`] };
	}
	const seconds = ((Date.now() - started) / 1000).toFixed(1);
	console.log(`=== ${name}: ${outcome.passed} passed, ${outcome.failed} failed, in ${seconds} s`);
	return outcome;
}

async function main(args: readonly string[]): Promise<void> {
	if (args.includes('--help')) return console.log(HELP);
	mkdirSync(reports, { recursive: true });
	const outcomes: Outcome[] = [];
	for (const stage of select(args)) outcomes.push(await runStage(stage));
	const complaints = outcomes.flatMap((outcome) => outcome.complaints);
	if (complaints.length > 0) console.log(`\nFailed:\n${complaints.map((complaint) => `  ${complaint}`).join('\n')}\n`);
	const sum = (key: 'passed' | 'failed') => outcomes.reduce((total, outcome) => total + outcome[key], 0);
	console.log(`${sum('passed')} passed, ${sum('failed')} failed`);
	if (sum('failed') > 0) process.exitCode = 1;
}

main(process.argv.slice(2)).catch((error: Error) => {
	console.error(error instanceof RangeError ? error.message : error);
	process.exitCode = 2;
});
