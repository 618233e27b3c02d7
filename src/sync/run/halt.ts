import { CrmError } from '../../model/crmError';
import type { SyncRun } from './syncRun';

/** Stops the run for a failure of the CRM; anything else is no business of a run, and is thrown again. */
export function haltOn(error: unknown, { progress }: SyncRun): void {
	if (!(error instanceof CrmError)) throw error;
	progress.halted ??= { words: error.message, remedy: error.remedy, code: error.code };
}

/** Does it unless the run has stopped; a failure of the CRM stops it. */
export async function unlessHalted<T>(run: SyncRun, work: () => Promise<T>): Promise<T | undefined> {
	if (run.progress.halted) return undefined;
	try {
		return await work();
	} catch (error) {
		haltOn(error, run);
		return undefined;
	}
}
