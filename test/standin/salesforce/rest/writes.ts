import { deleteRow, createRow, updateRow, type Input } from '../records/save';
import { RowError, refused, type SaveResult } from '../records/RowError';
import { writerOf, type Writer } from '../records/writer';
import type { ObjectSpec } from '../schema/sobject';
import type { ApiRequest } from './ApiResource';

/** The rows of one writing request, with the faults that strike single rows. */
export class Writes {
	readonly writer: Writer;
	private locked: number;
	private readonly halfFails: boolean;
	private rows = 0;

	constructor({ org, userId, headers, method, path, kind, body, version }: ApiRequest) {
		const request = { method, path: `/services/data/${version}${path}`, kind, body };
		this.writer = writerOf(org, userId, headers);
		this.locked = org.faults.strike('rowLock', request)?.rows ?? 0;
		this.halfFails = kind === 'collections' && org.faults.strike('halfFailedBatch', request) !== undefined;
	}

	create = (object: ObjectSpec, input: Input): SaveResult => this.fault() ?? createRow(this.writer, object, input);

	update = (object: ObjectSpec, id: unknown, input: Input): SaveResult => this.fault() ?? updateRow(this.writer, object, id, input);

	delete = (object: ObjectSpec, id: unknown): SaveResult => this.fault() ?? deleteRow(this.writer, object, id);

	private fault(): SaveResult | undefined {
		this.rows += 1;
		if (this.locked > 0) {
			this.locked -= 1;
			return refused(new RowError('UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record'));
		}
		if (this.halfFails && this.rows % 2 === 0) return refused(new RowError('UNKNOWN_EXCEPTION', 'An unexpected error occurred.'));
		return undefined;
	}
}
