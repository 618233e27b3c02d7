import { fork, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import type { Question } from './jestHost';

/** Jest keeps a little of each run in memory. */
const MOST_RUNS = 150;

/** Runs tests of a copy of the project, one question at a time. */
export class JestProcess {
	private child?: ChildProcess;
	private runs = 0;

	/** Whether all tests of these files pass, within the time given. What is drawn at random is always the same and without a real store, unless asked otherwise. */
	async passes(question: Question, longestMs: number): Promise<boolean> {
		if (this.runs >= MOST_RUNS) this.close();
		this.child ??= fork(join(__dirname, 'jestHost.ts'), { cwd: question.folder, stdio: ['ignore', 'ignore', 'ignore', 'ipc'], env: { FC_SEED: '1', LAW_REAL_RUNS: '0', ...process.env } });
		this.runs += 1;
		const { child } = this;
		return await new Promise((answer) => {
			const stop = () => {
				this.close();
				answer(false);
			};
			const tooLong = Number.isFinite(longestMs) ? setTimeout(stop, longestMs) : undefined;
			child.removeAllListeners().once('exit', stop);
			child.once('message', (passed) => {
				clearTimeout(tooLong);
				answer(passed === true);
			});
			child.send(question);
		});
	}

	close(): void {
		this.child?.removeAllListeners().kill('SIGKILL');
		this.child = undefined;
		this.runs = 0;
	}
}
