import type { ChangePage, ChangeReader, VersionedRecord } from '../../../src/model/changeReader';
import type { CrmAdapter } from '../../../src/model/crmAdapter';
import type { MutationOutcome } from '../../../src/model/mutationOutcome';
import type { CrmValue, MutationBatch } from '../../../src/model/record';
import { benchEntity, inCrm } from '../benchFields';

const PAGE = 2_000;

/** A CRM of any number of records, each made when it is asked for: only what differs from the beginning takes memory. */
export class LinkedCrm implements CrmAdapter {
	readonly kind = 'salesforce';
	readonly host = 'https://linked.example';
	/** By the record's number: other values than in the beginning, and when they came. */
	private readonly changed = new Map<number, { readonly values: Record<string, CrmValue>; readonly at: number }>();
	private time = 0;

	readonly changes: ChangeReader = {
		tellsDeletions: true,
		upperBound: async () => await Promise.resolve(String(this.time)),
		readChanges: ({ since, until, select }) => this.readChanges(Number(since ?? -1), Number(until), select),
		readByIds: ({ ids, select }) => this.readByIds(ids, select),
	};

	/** A user changes a record. */
	edit(number: number, values: Record<string, CrmValue>): void {
		this.time += 1;
		this.changed.set(number, { values: { ...this.changed.get(number)?.values, ...values }, at: this.time });
	}

	async write({ mutations }: MutationBatch): Promise<readonly MutationOutcome[]> {
		for (const mutation of mutations) if (mutation.kind === 'update') this.edit(numberIn(mutation.id), mutation.values);
		return await Promise.resolve(mutations.map((mutation) => ({ status: 'applied', id: mutation.kind === 'update' ? mutation.id : '' })));
	}

	match = () => unused();

	describe = async () => await Promise.resolve(benchEntity);
	canonicalId = (text: string) => text;
	recordUrl = (_entity: string, id: string) => `${this.host}/${id}`;
	usage = () => ({ callsMade: 0 });
	identify = () => unused();
	listEntities = () => unused();
	findOwners = () => unused();

	private async *readChanges(since: number, until: number, select: readonly string[]): AsyncGenerator<ChangePage> {
		const numbers = [...this.changed].filter(([, { at }]) => at > since && at <= until).map(([number]) => number);
		for (let start = 0; start === 0 || start < numbers.length; start += PAGE) {
			const records = numbers.slice(start, start + PAGE).map((number) => this.record(number, select));
			yield await Promise.resolve({ records, deleted: [], full: false, ...(start + PAGE >= numbers.length ? { cursor: String(until) } : {}) });
		}
	}

	private async *readByIds(ids: readonly string[], select: readonly string[]): AsyncGenerator<readonly VersionedRecord[]> {
		for (let start = 0; start < ids.length; start += PAGE) yield await Promise.resolve(ids.slice(start, start + PAGE).map((id) => this.record(numberIn(id), select)));
	}

	private record(number: number, select: readonly string[]): VersionedRecord {
		const { values, at } = this.changed.get(number) ?? { values: {}, at: 0 };
		const all = { ...inCrm(number), ...values };
		return { entity: benchEntity.name, id: crmIdOf(number), stamp: String(at), values: Object.fromEntries(select.map((name) => [name, all[name] ?? null])) };
	}
}

/** 18 characters, as Salesforce gives them. */
export function crmIdOf(number: number): string {
	return `00QWz${String(number).padStart(10, '0')}IA0`;
}

function numberIn(crmId: string): number {
	return Number(crmId.slice(5, 15));
}

function unused(): never {
	throw new Error('a sync of linked records does not ask this');
}
