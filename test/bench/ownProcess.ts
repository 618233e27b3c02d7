import { fork } from 'node:child_process';
import { join } from 'node:path';

/** Has `script`, a file of this folder, do a task in a process of its own, so that nobody's memory or warm code helps another. */
export async function inOwnProcess<T, R>(script: string, task: T): Promise<R> {
	const child = fork(join(__dirname, script), { execArgv: ['--import', 'tsx', '--expose-gc'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
	return await new Promise((resolve, reject) => {
		child.once('message', (report) => resolve(report as R));
		child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)));
		child.send(task as object);
	});
}

/** What a script does with its task; the process ends with the report. */
export function answerTask<T, R>(work: (task: T) => Promise<R>): void {
	process.once('message', (task) => {
		work(task as T).then(
			(report) => process.send?.(report, () => process.exit(0)),
			(error: unknown) => {
				console.error(error);
				process.exit(1);
			},
		);
	});
}

/** Highest resident memory of this process so far, in bytes. */
export function highestMemory(): number {
	return process.resourceUsage().maxRSS * 1024;
}
