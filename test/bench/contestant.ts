import { contestants } from './contestants';
import { answerTask } from './ownProcess';
import type { BenchReport, BenchTask } from './workload';

/** One measurement in a process of its own, so that nobody's memory or warm code helps another. */
async function measure(task: BenchTask): Promise<BenchReport> {
	const run = await contestants[task.crm][task.contestant].prepare(task);
	const memoryBefore = process.resourceUsage().maxRSS * 1024;
	const start = performance.now();
	const written = await run();
	return { milliseconds: performance.now() - start, memoryBefore, memoryAfter: process.resourceUsage().maxRSS * 1024, written };
}

answerTask(measure);
