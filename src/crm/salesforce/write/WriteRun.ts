import { CrmError } from '../../../model/crmError';
import type { MutationOutcome } from '../../../model/mutationOutcome';
import type { MutationBatch } from '../../../model/record';
import { cancelled } from '../../errors/cancelled';
import { compositeAnswers, type PartAnswer } from '../rest/composite';
import { outcomeOfFailure } from '../../outcomeOfFailure';
import { retrying } from '../../retrying';
import type { SalesforceRest } from '../rest/SalesforceRest';
import { collectionsOf, requestsOf, writeRequest, type Collection } from './packing';
import { rowOutcomes } from './rowOutcomes';
import { writeRow, type WriteRow } from './rows';
import { SplitBudget } from './splitting';

/** Failed requests in a row after which no more are sent: what is not sent is surely not done. */
const patienceWithFailures = 2;

/** Writes one batch and gathers what became of each of its mutations. */
export class WriteRun {
	private readonly outcomes: (MutationOutcome | undefined)[];
	private readonly splits = new SplitBudget();
	private stopped?: CrmError;
	private failuresInARow = 0;

	constructor(
		private readonly rest: SalesforceRest,
		private readonly batch: MutationBatch,
	) {
		this.outcomes = batch.mutations.map(() => undefined);
	}

	async finish(): Promise<readonly MutationOutcome[]> {
		await this.writeUntilUnlocked(this.rows());
		return this.outcomes.map((outcome) => outcome ?? { status: 'refused', error: this.stopped ?? cancelled() });
	}

	private rows(): readonly WriteRow[] {
		return this.batch.mutations.flatMap((mutation, index) => {
			try {
				return [writeRow(mutation, index)];
			} catch (error) {
				if (!(error instanceof CrmError)) throw error;
				this.outcomes[index] = { status: 'refused', error };
				return [];
			}
		});
	}

	/** Rows that somebody else had locked are written again, up to three times in all. */
	private async writeUntilUnlocked(rows: readonly WriteRow[]): Promise<void> {
		let pending = rows;
		const attempt = async () => {
			await this.send(pending);
			pending = pending.filter(({ index }) => isLocked(this.outcomes[index]));
			const [locked] = pending.map(({ index }) => this.outcomes[index]);
			if (locked?.status === 'refused' && !this.stopped) throw locked.error;
		};
		try {
			await retrying(attempt, this.rest.patience(3, ({ transient }) => transient));
		} catch (error) {
			if (!(error instanceof CrmError)) throw error;
		}
	}

	private async send(rows: readonly WriteRow[]): Promise<void> {
		const waiting = [...requestsOf(collectionsOf(rows))];
		for (let request = waiting.shift(); request !== undefined && !this.stopped; request = waiting.shift()) {
			const answers = await this.answersTo(request);
			const parts = request.flatMap((collection, at) => this.settle(collection, answers[at]));
			waiting.push(...this.splits.requestsFor(parts));
		}
	}

	private async answersTo(request: readonly Collection[]): Promise<readonly PartAnswer[]> {
		try {
			const body = await this.rest.write(writeRequest(request, this.batch.options));
			return request.length === 1 ? [{ body }] : compositeAnswers(body, request.length);
		} catch (error) {
			if (!(error instanceof CrmError)) throw error;
			this.noteFailure(error);
			return request.map(() => ({ error }));
		}
	}

	/** Records the outcome of each row; gives back smaller collections where one bad row may have failed the others. */
	private settle(collection: Collection, answer: PartAnswer): readonly Collection[] {
		if ('body' in answer) {
			this.failuresInARow = 0;
			this.record(collection, rowOutcomes(collection, answer.body));
			return [];
		}
		this.record(collection, collection.map(() => outcomeOfFailure(answer.error)));
		this.stopIfPointless(answer.error);
		return this.stopped ? [] : this.splits.split(collection, answer.error);
	}

	private record(collection: Collection, outcomes: readonly MutationOutcome[]): void {
		for (const [at, { index }] of collection.entries()) this.outcomes[index] = outcomes[at];
	}

	private noteFailure(error: CrmError): void {
		this.failuresInARow += 1;
		if (this.failuresInARow >= patienceWithFailures && error.kind === 'unavailable') this.stop(error);
	}

	/** Refusals that every further request would meet too. */
	private stopIfPointless(error: CrmError): void {
		const unreachable = error.kind === 'unavailable' && error.httpStatus === undefined && !error.replyLost;
		const forEveryRequest = ['auth', 'throttled', 'cancelled'].includes(error.kind) || error.code === 'API_DISABLED_FOR_ORG';
		if (forEveryRequest || unreachable) this.stop(error);
	}

	/** What was not sent is reported with the same words, but as surely not done. */
	private stop({ kind, message, remedy, code, httpStatus, transient, cause }: CrmError): void {
		this.stopped ??= new CrmError(kind, { message, remedy, code, httpStatus, transient, cause });
	}
}

function isLocked(outcome: MutationOutcome | undefined): boolean {
	return outcome?.status === 'refused' && outcome.error.code === 'UNABLE_TO_LOCK_ROW';
}
