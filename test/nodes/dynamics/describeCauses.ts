import { effectOf } from '../../../src/connections/effects';
import { createCoreRunner, type CoreRunner } from '../../n8n/coreRunner';
import { DynamicsWorld, type Problem } from './DynamicsWorld';

/** One way in which a sign-in or an environment fails, from the stand-in to the report of Check Health. */
export interface CauseRow {
	/** How sure, and which cause: `proven: user-inactive`. */
	readonly cause: string;
	/** What happened. */
	readonly when: string;
	/** Lets it happen. */
	readonly arrange: (world: DynamicsWorld) => unknown;
	/** Microsoft's code, or that of the network. */
	readonly code?: string;
	/** What the words must contain. */
	readonly words?: RegExp;
	readonly object?: string;
}

/** Lets each row happen at the stand-in, and asks Check Health of the built package, under n8n-core, what is wrong. */
export function describeCauses(what: string, rows: readonly CauseRow[]): void {
	describe(what, () => {
		let runner: CoreRunner;
		let world: DynamicsWorld;
		beforeAll(async () => {
			runner = await createCoreRunner();
		}, 60_000);
		beforeEach(async () => {
			world = await DynamicsWorld.open(runner);
		});
		afterEach(async () => await world.close());

		it.each(rows.map((row) => [row.cause, row.when, row] as const))('is %s when %s', async (_, __, row) => {
			await row.arrange(world);
			await checkRow(world, row);
		}, 60_000);
	});
}

async function checkRow(world: DynamicsWorld, { cause, code, words = /\w/, object }: CauseRow): Promise<void> {
	const secrets = world.secrets();
	const report = await world.check(object);
	const [problem] = report.problems as unknown as readonly Problem[];
	expect(`${problem?.certainty}: ${problem?.cause}`).toBe(cause);
	expect(problem.code).toBe(code);
	expect(problem.words).toMatch(words);
	for (const text of [problem.words, problem.whatToDo]) expect(text).toMatch(/^[A-Z].*[.)]$/s);
	// Words of another CRM.
	expect(`${problem.words} ${problem.whatToDo}`).not.toMatch(/Salesforce|consumer|security token|sandbox was refreshed/i);
	for (const secret of [...secrets, ...world.secrets()]) expect(JSON.stringify(report)).not.toContain(secret);
	const { signIn } = (report.registry ?? {}) as { signIn?: { readonly status: string } | null };
	if (signIn) expect(signIn.status).toBe(effectOf(problem.cause) === 'inactive' ? 'inactive' : 'well');
}
