import { spawn } from 'node:child_process';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';

const root = resolve(__dirname, '..');

const HELP = `npm run test:laws -- [--runs N] [--real N] [--seed S] [pattern…]

Runs the laws of the sync (test/sync/laws) N times each, 10,000 unless said otherwise. The seed is printed, so that a
found case can be had again. Those of two-way runs are also run over SQLite, --real times, a tenth unless said otherwise.
Patterns are parts of file names: twoWayRuns`;

const { values, positionals } = parseArgs({
	options: { runs: { type: 'string', default: '10000' }, real: { type: 'string' }, seed: { type: 'string' }, help: { type: 'boolean', default: false } },
	allowPositionals: true,
});

function main(): void {
	if (values.help) return console.log(HELP);
	const seed = values.seed ?? String(Date.now() % 2 ** 31);
	console.log(`${values.runs} histories a law, seed ${seed}`);
	const patterns = positionals.length > 0 ? positionals.map((name) => `sync/laws/.*${name}`) : ['sync/laws/'];
	const jest = join(root, 'node_modules/jest/bin/jest.js');
	const child = spawn(process.execPath, [jest, '--selectProjects', 'unit', '--testPathPatterns', ...patterns], {
		cwd: root,
		stdio: 'inherit',
		env: { ...process.env, FC_RUNS: values.runs, FC_SEED: seed, ...(values.real === undefined ? {} : { LAW_REAL_RUNS: values.real }) },
	});
	child.once('exit', (code) => (process.exitCode = code ?? 1));
}

main();
