import { CrmError } from '../../../model/crmError';
import type { MutationOutcome } from '../../../model/mutationOutcome';
import type { MutationBatch } from '../../../model/record';
import { cancelled } from '../../errors/cancelled';
import { retrying } from '../../retrying';
import type { Tables } from '../describe/Tables';
import { mostPatient } from '../rest/batch';
import type { DynamicsRest, RestAnswer } from '../rest/DynamicsRest';
import type { Homes } from './Homes';
import { eachOf, parcelRequest, parcelsOf, type Parcel } from './packing';
import { outcomeOf, parcelOutcomes } from './parcelOutcomes';
import { prepareRows } from './prepareRows';
import type { WriteRow } from './rows';
import { isUnsupported, partsAfter } from './splitting';

/** Failed requests in a row after which no more are sent: what is not sent is surely not done. */
const patienceWithFailures = 2;

/** How often rows are written that were refused for a moment only. Between two rounds lies one wait, of a minute at most. */
const mostRounds = 3;

/** What a write needs beside the batch. */
export interface WriteContext {
	readonly rest: DynamicsRest;
	readonly tables: Tables;
	readonly homes: Homes;
}

/** Writes one batch and gathers what became of each of its mutations. */
export class WriteRun {
	private readonly outcomes: (MutationOutcome | undefined)[];
	private readonly limitsBefore: number;
	private stopped?: CrmError;
	private round = 0;
	private roundOver = false;
	private failuresInARow = 0;

	constructor(
		private readonly context: WriteContext,
		private readonly batch: MutationBatch,
	) {
		this.outcomes = batch.mutations.map(() => undefined);
		this.limitsBefore = context.rest.limitsMet;
	}

	async finish(): Promise<readonly MutationOutcome[]> {
		const { tables, homes } = this.context;
		const { rows, refused } = await prepareRows(this.batch.mutations, tables, homes);
		for (const [index, error] of refused) this.outcomes[index] = { status: 'refused', error };
		await this.writeUntilFree(rows);
		return this.outcomes.map((outcome) => outcome ?? { status: 'refused', error: this.stopped ?? cancelled() });
	}

	/** Rows that were refused for a moment only (a lock, a limit), or not sent because of it, are written again, so that all wait together. */
	private async writeUntilFree(rows: readonly WriteRow[]): Promise<void> {
		let pending = rows;
		const attempt = async () => {
			this.round += 1;
			this.roundOver = false;
			await this.send(this.parcelsFor(pending));
			pending = pending.filter(({ index }) => this.outcomes[index] === undefined || isPassing(this.outcomes[index]));
			const refused = mostPatient(refusalsIn(pending.map(({ index }) => this.outcomes[index])));
			if (refused && !this.stopped) throw refused;
		};
		try {
			await retrying(attempt, this.context.rest.patience(mostRounds, ({ transient }) => transient));
		} catch (error) {
			if (!(error instanceof CrmError)) throw error;
		}
	}

	/** In the last round each row that was sent before is judged alone: what is said of many may be true of one only. */
	private parcelsFor(rows: readonly WriteRow[]): readonly Parcel[] {
		const goesAlone = ({ index }: WriteRow) => this.round === mostRounds && this.outcomes[index] !== undefined;
		return [...parcelsOf(rows.filter((row) => !goesAlone(row)), this.batch.options), ...eachOf(rows.filter(goesAlone))];
	}

	/** As many parcels at once as the server recommends; one at a time from when it says that this is too much. */
	private async send(parcels: readonly Parcel[]): Promise<void> {
		const waiting = [...parcels];
		const { rest } = this.context;
		const tooMuch = () => rest.limitsMet > this.limitsBefore;
		let lanes = tooMuch() ? 1 : Math.min(rest.lanesForWrites, waiting.length);
		const lane = async () => {
			for (let parcel = waiting.shift(); parcel !== undefined && !this.stopped && !this.roundOver; parcel = waiting.shift()) {
				waiting.push(...(await this.deliver(parcel)));
				if (tooMuch() && lanes > 1) break;
			}
			lanes -= 1;
		};
		await Promise.all(Array.from({ length: lanes }, lane));
	}

	/** Sends a parcel and records the outcome of each row; gives back smaller parcels where one bad row failed the others. */
	private async deliver(parcel: Parcel): Promise<readonly Parcel[]> {
		const answer = await this.answerTo(parcel);
		if (!(answer instanceof CrmError)) {
			this.failuresInARow = 0;
			const outcomes = parcelOutcomes(parcel, answer);
			this.record(parcel, outcomes);
			this.heedLimits(outcomes);
			return [];
		}
		this.noteFailure(answer);
		if (parcel.how !== 'each' && isUnsupported(answer)) this.context.tables.withoutMultiple(parcel.rows[0].table, parcel.how);
		const parts = partsAfter(parcel, answer);
		// What was said of all rows together was said of none of those that go again.
		this.record(parcel, parcel.rows.map(() => (parts.length > 0 ? undefined : outcomeOf(answer))));
		return parts;
	}

	/**
	 * The limits that single operations of a batch met are those of all that follow: the others go in the next round, after one wait for
	 * all. After the last round nobody is left to wait.
	 */
	private heedLimits(outcomes: readonly MutationOutcome[]): void {
		const met = mostPatient(refusalsIn(outcomes).filter(({ kind }) => kind === 'throttled'));
		if (!met) return;
		this.roundOver = true;
		if (!met.transient || this.round === mostRounds) this.stop(met);
		else this.context.rest.heed(met);
	}

	private async answerTo(parcel: Parcel): Promise<RestAnswer | CrmError> {
		try {
			return await this.context.rest.write(parcelRequest(parcel, this.batch.options));
		} catch (error) {
			if (error instanceof CrmError) return error;
			throw error;
		}
	}

	private record({ rows }: Parcel, outcomes: ReadonlyArray<MutationOutcome | undefined>): void {
		for (const [at, { index }] of rows.entries()) this.outcomes[index] = outcomes[at];
	}

	/** Stops at refusals that every further request would meet too. */
	private noteFailure(error: CrmError): void {
		this.failuresInARow = error.kind === 'unavailable' ? this.failuresInARow + 1 : 0;
		const unreachable = error.kind === 'unavailable' && error.httpStatus === undefined && !error.replyLost;
		const forEveryRequest = ['auth', 'throttled', 'cancelled'].includes(error.kind);
		if (forEveryRequest || unreachable || this.failuresInARow >= patienceWithFailures) this.stop(error);
	}

	/** What was not sent is reported with the same words, but as surely not done. */
	private stop({ kind, message, remedy, code, reason, httpStatus, transient, retryAfterMs, cause }: CrmError): void {
		this.stopped ??= new CrmError(kind, { message, remedy, code, reason, httpStatus, transient, retryAfterMs, cause });
	}
}

function refusalsIn(outcomes: ReadonlyArray<MutationOutcome | undefined>): readonly CrmError[] {
	return outcomes.flatMap((outcome) => (outcome?.status === 'refused' ? [outcome.error] : []));
}

function isPassing(outcome: MutationOutcome | undefined): boolean {
	return outcome?.status === 'refused' && outcome.error.transient;
}
