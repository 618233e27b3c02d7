import { relative } from 'node:path';

/** What a stage found. */
export interface Outcome {
	readonly passed: number;
	readonly failed: number;
	/** One line for each failure. */
	readonly complaints: readonly string[];
}

/** The part of Jest's JSON report that is counted. */
export interface JestReport {
	readonly testResults: ReadonlyArray<{
		readonly name: string;
		readonly message: string;
		readonly status: string;
		readonly assertionResults: ReadonlyArray<{ readonly fullName: string; readonly status: string }>;
	}>;
}

/** Counts a project's tests: everything that did not pass has failed, a skipped test too, and so has a project without tests. */
export function countJest(project: string, report: JestReport | undefined, exitCode: number, root: string): Outcome {
	const complaints: string[] = [];
	let passed = 0;
	for (const file of report?.testResults ?? []) {
		const name = relative(root, file.name);
		for (const test of file.assertionResults) {
			if (test.status === 'passed') passed += 1;
			else complaints.push(`${project}: ${name}: ${test.fullName} (${test.status})`);
		}
		const silent = file.status === 'failed' && file.assertionResults.every((test) => test.status === 'passed');
		if (silent)
			complaints.push(
				`${project}: ${name}: ${
					file.message
						.split('\n')
						.find((line) => line.trim() !== '')
						?.trim() ?? 'the file failed'
				}`,
			);
	}
	if (complaints.length === 0 && passed === 0) complaints.push(`${project}: no tests were found`);
	if (complaints.length === 0 && exitCode !== 0)
		complaints.push(`${project}: every test passed, and yet Jest ended with exit code ${exitCode}`);
	return { passed, failed: complaints.length, complaints };
}
