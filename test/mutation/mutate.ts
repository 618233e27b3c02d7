import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { mutantsOf, type Mutant } from './mutants';
import { TARGETS, type Target } from './targets';
import { Workshop } from './workshop';

const root = resolve(__dirname, '..', '..');
const AIM = 0.9;
const HELP = `npm run test:mutation [-- --only merge/] [--workers 2] [--list]

Breaks the decisions of src/sync one by one, each row of each table among them, and runs the tests that must notice. Prints the mistakes
that none noticed; docs/mutation.md explains them. Fails below ${AIM * 100} %.`;

interface Job {
	readonly target: Target;
	readonly file: string;
	readonly original: string;
	readonly mutant: Mutant;
}

function jobs(only: string): Job[] {
	return TARGETS.flatMap((target) =>
		target.files
			.filter((file) => file.includes(only))
			.flatMap((file) => {
				const original = readFileSync(join(root, file), 'utf8');
				return mutantsOf(file, original).map((mutant) => ({ target, file, original, mutant }));
			}),
	);
}

/** Works through the jobs from the front; calls back with each mistake that was not noticed. */
async function work(name: string, open: Job[], survived: (job: Job) => void): Promise<void> {
	const workshop = new Workshop(name);
	try {
		for (const target of new Set(open.map((job) => job.target))) {
			for (const tests of [target.quick, target.thorough]) {
				if (!(await workshop.passes(tests))) throw new Error(`The tests ${tests} fail even without a mistake`);
			}
		}
		for (let job = open.shift(); job; job = open.shift()) {
			const { file, original, mutant, target } = job;
			if (!(await workshop.notices(file, original, mutant, target))) survived(job);
		}
	} finally {
		workshop.close();
	}
}

async function main(): Promise<void> {
	const { values } = parseArgs({
		options: { only: { type: 'string', default: '' }, workers: { type: 'string', default: '2' }, list: { type: 'boolean' }, help: { type: 'boolean' } },
	});
	if (values.help) return console.log(HELP);
	const all = jobs(values.only);
	const name = ({ file, mutant }: Job) => `${file}:${mutant.line} ${mutant.words.replace(/\s+/g, ' ')}`;
	if (values.list) return console.log(all.map(name).join('\n'));
	const survivors: Job[] = [];
	const open = [...all];
	const survived = (job: Job) => {
		survivors.push(job);
		console.log(`not noticed: ${name(job)}`);
	};
	await Promise.all(Array.from({ length: Number(values.workers) }, (_, at) => work(String(at), open, survived)));
	const share = all.length === 0 ? 1 : 1 - survivors.length / all.length;
	console.log(`${all.length} mistakes, ${all.length - survivors.length} noticed: ${(share * 100).toFixed(1)} %`);
	if (share < AIM) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 2;
});
