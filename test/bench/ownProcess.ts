import { fork } from 'node:child_process';
import { join } from 'node:path';

/**
 * Has `script`, a file of this folder, do a task in a process of its own, so that nobody's memory or warm code helps another. `hear` is
 * given the words that the script says meanwhile.
 */
export async function inOwnProcess<T extends object, R extends object>(script: string, task: T, hear: (word: string) => void = () => undefined): Promise<R> {
	const child = fork(join(__dirname, script), { execArgv: ['--import', 'tsx', '--expose-gc'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
	return await new Promise((resolve, reject) => {
		child.on('message', (said) => (typeof said === 'string' ? hear(said) : resolve(said as R)));
		child.once('exit', (code) => reject(new Error(`${script} ended with ${code}`)));
		child.send(task);
	});
}

/** What a script does with its task; the process ends with the report. */
export function answerTask<T, R extends object>(work: (task: T) => Promise<R>): void {
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
