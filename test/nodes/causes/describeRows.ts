import type { IDataObject } from 'n8n-workflow';

import { effectOf } from '../../../src/connections/effects';
import { createCoreRunner, type CoreRunner } from '../../n8n/coreRunner';
import { CauseWorld, type Problem } from './CauseWorld';
import type { Row } from './Row';

/** Lets each row happen at the stand-in, and asks Check Health of the built package, under n8n-core, what is wrong. */
export function describeRows(what: string, rows: readonly Row[]): void {
	describe(what, () => {
		let runner: CoreRunner;
		let world: CauseWorld | undefined;
		beforeAll(async () => {
			runner = await createCoreRunner();
		});
		afterEach(async () => await world?.close());

		const happens = async (row: Row): Promise<void> => {
			world = await CauseWorld.open(runner, row.org);
			await row.arrange(world);
			await checkRow(world, row);
		};
		for (const row of rows) (row.gap ? it.failing : it)(`is ${row.cause} when ${row.when}`, async () => await happens(row), 60_000);
	});
}

async function checkRow(world: CauseWorld, { cause, object, mode, words }: Row): Promise<void> {
	const secrets = world.secrets();
	const result = await world.check(object, mode);
	const report = result.outputs('Check')[0];
	const [problem] = report.problems as unknown as readonly Problem[];
	expect(`${problem?.certainty}: ${problem?.cause}`).toBe(cause);
	for (const text of [problem.words, problem.whatToDo]) expect(text).toMatch(/^[A-Z].*\w/);
	if (words) expect(problem.words).toMatch(words);
	checkEffect(report, problem.cause);
	checkSecrets([...secrets, ...world.secrets()], [JSON.stringify([result.run, result.hints('Check')]), world.stored()]);
}

/** Only a refusal makes a sign-in inactive; where it was never well, nothing is registered. */
function checkEffect({ registry }: IDataObject, cause: string): void {
	const { signIn } = (registry ?? {}) as { signIn?: { readonly status: string; readonly unreachableSince: string | null } | null };
	// What was refused before stays so.
	if (!signIn || cause === 'sign-in-inactive') return;
	const effect = effectOf(cause);
	expect([signIn.status, signIn.unreachableSince]).toEqual([effect === 'inactive' ? 'inactive' : 'well', effect === 'unreachable' ? expect.any(String) : null]);
}

function checkSecrets(secrets: readonly string[], texts: readonly string[]): void {
	for (const secret of secrets) for (const text of texts) expect(text.includes(secret)).toBe(false);
}
