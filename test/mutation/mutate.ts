import { createHash } from 'node:crypto';
import { appendFileSync, existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { mutantsOf, type Mutant } from './mutants';
import { TARGETS, type Target } from './targets';
import { Workshop } from './workshop';

const root = resolve(__dirname, '..', '..');
const AIM = 0.9;
const HELP = `npm run test:mutation [-- --only merge/] [--workers 2] [--list] [--into results.jsonl]

Breaks the decisions of src/sync one by one, each row of each table among them, and runs the tests that must notice. Prints the mistakes
that none noticed; docs/mutation.md explains them. Fails below ${AIM * 100} %. --into keeps what became of each in a
file; another run with the same file leaves out what stands there, as long as the source that was broken is the same.`;

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

/** Works through the jobs from the front; calls back with what became of each. */
async function work(name: string, open: Job[], tell: (job: Job, noticed: boolean) => void): Promise<void> {
	const workshop = new Workshop(name);
	try {
		for (const target of new Set(open.map((job) => job.target))) await workshop.tryOut(target);
		for (let job = open.shift(); job; job = open.shift()) {
			const { file, original, mutant, target } = job;
			tell(job, await workshop.notices(file, original, mutant, target));
		}
	} finally {
		workshop.close();
	}
}

const named = ({ file, mutant }: Job) => `${file}:${mutant.line} ${mutant.words.replace(/\s+/g, ' ')}`;

/** What became of a mistake, as a line of a file. */
interface Kept {
	readonly mistake: string;
	readonly of: string;
	readonly noticed: boolean;
}

const printOf = ({ mutant }: Job) => createHash('sha256').update(mutant.source).digest('hex').slice(0, 12);

function keptIn(path: string | undefined): ReadonlyMap<string, boolean> {
	if (path === undefined || !existsSync(path)) return new Map();
	const lines = readFileSync(path, 'utf8').split('\n').filter((line) => line !== '');
	return new Map(lines.map((line) => JSON.parse(line) as Kept).map(({ of, noticed }) => [of, noticed]));
}

/** What became of all mistakes, one line a folder. */
function table(all: readonly Job[], survivors: ReadonlySet<Job>): string {
	const folders = Map.groupBy(all, ({ file }) => dirname(file));
	const lines = [...folders].map(([folder, jobs]) => `${folder}: ${jobs.length} mistakes, ${jobs.filter((job) => !survivors.has(job)).length} noticed`);
	return lines.sort().join('\n');
}

async function tryAll(all: readonly Job[], { workers, into }: { readonly workers: number; readonly into?: string }): Promise<ReadonlySet<Job>> {
	const kept = keptIn(into);
	const survivors = new Set<Job>();
	const tell = (job: Job, noticed: boolean) => {
		if (noticed) return;
		survivors.add(job);
		console.log(`not noticed: ${named(job)}`);
	};
	const keep = (job: Job, noticed: boolean) => {
		if (into) appendFileSync(into, `${JSON.stringify({ mistake: named(job), of: printOf(job), noticed } satisfies Kept)}\n`);
		tell(job, noticed);
	};
	for (const job of all) if (kept.has(printOf(job))) tell(job, kept.get(printOf(job))!);
	const open = all.filter((job) => !kept.has(printOf(job)));
	if (open.length > 0) await Promise.all(Array.from({ length: workers }, (_, at) => work(String(at), open, keep)));
	return survivors;
}

async function main(): Promise<void> {
	const text = { type: 'string' } as const;
	const yes = { type: 'boolean' } as const;
	const { values } = parseArgs({ options: { only: { ...text, default: '' }, workers: { ...text, default: '2' }, into: text, list: yes, help: yes } });
	if (values.help) return console.log(HELP);
	const all = jobs(values.only);
	if (values.list) return console.log(all.map(named).join('\n'));
	const survivors = await tryAll(all, { workers: Number(values.workers), into: values.into });
	const share = all.length === 0 ? 1 : 1 - survivors.size / all.length;
	console.log(table(all, survivors));
	console.log(`${all.length} mistakes, ${all.length - survivors.size} noticed: ${(share * 100).toFixed(1)} %`);
	if (share < AIM) process.exitCode = 1;
}

main().catch((error: unknown) => {
	console.error(error);
	process.exitCode = 2;
});
