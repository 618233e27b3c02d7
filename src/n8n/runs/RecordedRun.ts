import type { IExecuteFunctions } from 'n8n-workflow';

import { retentionStart } from '../../connections/runs/retentionStart';
import { runWords } from '../../connections/runs/runWords';
import type { Run, RunOutcome } from '../../model/runHistory';
import type { StateStore } from '../../model/stateStore';
import { StateStoreError } from '../../model/stateStoreError';
import { NotAdmittedError } from '../connection/NotAdmittedError';
import { failureWords } from './failureWords';
import { startedRun, type RunSubject } from './startedRun';
import { toldWhereLost } from './toldWhereLost';

/** What a run did, in numbers. */
export interface RunReport {
	readonly outcome: Extract<RunOutcome, 'succeeded' | 'needsAttention' | 'notRun'>;
	/** Results by name, how many of each. */
	readonly counts?: Readonly<Record<string, number>>;
	/** Instead of the words that follow from the counts. */
	readonly words?: string;
}

/** What became known while it ran. */
export interface RunFacts {
	readonly connectionId?: string;
	readonly calls: number;
}

const defaultDays = 90;
const oneDay = 24 * 60 * 60 * 1000;
let forgottenAt = 0;

/** One row of the history, from the beginning of a run to its end: a process that dies in between leaves a run that never ended. */
export class RecordedRun {
	private constructor(
		private readonly context: IExecuteFunctions,
		private readonly store: StateStore,
		private readonly run: Run,
	) {}

	/** @throws StateStoreError: a run that cannot be remembered does not begin. */
	static async begin(context: IExecuteFunctions, store: StateStore, subject: RunSubject): Promise<RecordedRun> {
		const run = startedRun(context, subject);
		await store.runs.save(run);
		// What is too old may stay a day longer.
		await forgetOld(store, run.startedAt).catch(ignoreFailingStore);
		return new RecordedRun(context, store, run);
	}

	async end({ outcome, counts = {}, words }: RunReport, facts: RunFacts): Promise<void> {
		await this.save({ outcome, counts, words: words ?? runWords(outcome, counts) }, facts);
	}

	/** The run ended with an error. `explained`: in the words of its cause. */
	async fail(error: unknown, { counts, explained, ...facts }: RunFacts & Pick<Run, 'counts'> & { readonly explained: boolean }): Promise<void> {
		const outcome = error instanceof NotAdmittedError ? 'notRun' : 'failed';
		await this.save({ outcome, counts, words: explained && error instanceof Error ? error.message : failureWords(error) }, facts);
	}

	private async save(ending: Pick<Run, 'outcome' | 'counts' | 'words'>, { connectionId, calls }: RunFacts): Promise<void> {
		const finished = { ...this.run, ...ending, connectionId: connectionId ?? null, calls, finishedAt: new Date().toISOString() };
		await toldWhereLost(this.context, async () => await this.store.runs.save(finished));
	}
}

/** Keeps the history as long as the operator wants, looking after it once a day. */
async function forgetOld(store: StateStore, now: string): Promise<void> {
	if (Date.parse(now) - forgottenAt < oneDay) return;
	forgottenAt = Date.parse(now);
	const days = Number(process.env.CRM_SYNC_RUN_HISTORY_DAYS);
	await store.runs.forgetBefore(retentionStart(now, Number.isFinite(days) && days > 0 ? days : defaultDays));
}

function ignoreFailingStore(error: unknown): void {
	if (!(error instanceof StateStoreError)) throw error;
}
