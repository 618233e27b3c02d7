import { runCLI } from 'jest';

/** Asks for a run of the test files with such names, in a copy of the project. */
export interface Question {
	readonly folder: string;
	readonly tests: string;
	/** So many draws a law, if not as many as usual. */
	readonly draws?: number;
}

type Arguments = Parameters<typeof runCLI>[0];

/** Jest in a process of its own, which stays: most of what a short run takes is starting. Answers whether all tests passed. No `bail`: it ends the process. */
process.on('message', ({ folder, tests, draws }: Question) => {
	if (draws === undefined) delete process.env.FC_RUNS;
	else process.env.FC_RUNS = String(draws);
	const quiet = { silent: true, reporters: [], watchman: false };
	const args = { ...quiet, selectProjects: ['unit'], runInBand: true, testPathPatterns: [tests], _: [], $0: '' } as unknown as Arguments;
	runCLI(args, [folder]).then(
		({ results: { success, numTotalTests } }) => process.send!(success && numTotalTests > 0),
		() => process.send!(false),
	);
});
