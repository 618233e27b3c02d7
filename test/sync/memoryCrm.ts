import type { CrmAdapter, MatchQuery, OwnerCandidate, RecordPage } from '../../src/model/crmAdapter';
import { CrmError, type CrmErrorKind } from '../../src/model/crmError';
import type { EntityDescription } from '../../src/model/entity';
import type { MutationOutcome } from '../../src/model/mutationOutcome';
import type { CrmRecord, CrmValue, Mutation, MutationBatch } from '../../src/model/record';
import { contact, lead } from './entities';
import { afterSaving, violation } from './memoryRules';

/**
 * What goes wrong with one write. `lost…`: no answer, before or after the commit; `failed…`: the CRM answers with a failure of its own.
 */
export type Fault = 'refused' | 'lostBefore' | 'lostAfter' | 'failedBefore' | 'failedAfter' | 'throttled' | 'auth' | 'down';

export interface Row {
	readonly entity: string;
	readonly id: string;
	values: Record<string, CrmValue>;
}

const REFUSALS: Partial<Record<Fault, CrmErrorKind>> = { refused: 'validation', throttled: 'throttled', auth: 'auth', down: 'unavailable' };

/** With what the ids of an entity begin. */
const PREFIXES: Readonly<Record<string, string | undefined>> = { User: '005', Group: '00G', RecordType: '012', Lead: '00Q', Contact: '003' };

/** A CRM in memory: as strict and as normalising as a real one, with faults where the test wants them. */
export class MemoryCrm implements CrmAdapter {
	readonly kind = 'salesforce';
	readonly host = 'https://memory.example';
	readonly rows: Row[] = [];
	/** What was asked, in order: `describe`, `match`, `owners`, `write`. */
	readonly calls: string[] = [];
	readonly batches: (readonly Mutation[])[] = [];
	readonly owners = new Map<string, readonly OwnerCandidate[]>();
	/** Asked before each single mutation. */
	fault: (mutation: Mutation) => Fault | undefined = () => undefined;
	/** Asked before each search, with its number from 1. */
	matchFault: (call: number) => CrmError | undefined = () => undefined;
	/** Records that searches do not show. */
	hidden: (row: Row) => boolean = () => false;
	private lastId = 0;

	constructor(private readonly entities: readonly EntityDescription[] = [lead, contact]) {}

	/** Puts a record in, past all rules. */
	add(entity: string, values: Record<string, CrmValue>): Row {
		const row = { entity, id: this.nextId(entity), values: { ...this.blank(entity), ...values } };
		this.rows.push(row);
		return row;
	}

	count(call: string): number {
		return this.calls.filter((made) => made === call).length;
	}

	async *match(queries: readonly MatchQuery[]): AsyncGenerator<RecordPage> {
		this.calls.push('match');
		const error = this.matchFault(this.count('match'));
		if (error) throw error;
		for (const [query, asked] of queries.entries()) {
			const records = this.found(asked);
			for (let start = 0; start < records.length; start += 3) yield { query, records: records.slice(start, start + 3) };
		}
	}

	write({ mutations }: MutationBatch): Promise<readonly MutationOutcome[]> {
		this.calls.push('write');
		this.batches.push(mutations);
		const ids = mutations.flatMap((mutation) => (mutation.kind === 'update' ? [mutation.id] : []));
		if (new Set(ids).size < ids.length) throw new Error('a batch names one record twice');
		return Promise.resolve(mutations.map((mutation) => this.writeOne(mutation)));
	}

	describe(name: string): Promise<EntityDescription> {
		this.calls.push('describe');
		return Promise.resolve(this.entity(name));
	}

	findOwners(_entity: string, names: readonly string[]): Promise<ReadonlyMap<string, readonly OwnerCandidate[]>> {
		this.calls.push('owners');
		return Promise.resolve(new Map(names.flatMap((name) => (this.owners.has(name) ? [[name, this.owners.get(name)!] as const] : []))));
	}

	canonicalId(text: string, entities: readonly string[] = []): string | undefined {
		const mayBe = entities.length === 0 || entities.some((entity) => text.startsWith(PREFIXES[entity] ?? ''));
		return mayBe && /^[0-9A-Za-z]{15}(AAA)?$/.test(text) ? `${text.slice(0, 15)}AAA` : undefined;
	}

	recordUrl(entity: string, id: string): string {
		return `https://crm.example/${entity}/${id}`;
	}

	identify = () => this.unused();
	listEntities = () => this.unused();
	usage = () => ({ callsMade: this.calls.length });

	private unused(): never {
		throw new Error('a push does not ask this');
	}

	private writeOne(mutation: Mutation): MutationOutcome {
		const fault = this.fault(mutation);
		const refusal = fault && REFUSALS[fault];
		if (refusal) return { status: 'refused', error: new CrmError(refusal, { message: `Refused: ${fault}.`, code: fault.toUpperCase() }) };
		const late = fault === 'lostAfter' || fault === 'failedAfter';
		const outcome: MutationOutcome = fault && !late ? { status: 'applied', id: '' } : this.save(mutation);
		if (!fault || outcome.status === 'refused') return outcome;
		const settled = fault === 'failedBefore' || fault === 'failedAfter';
		return { status: 'unknown', error: new CrmError('unavailable', { message: 'No usable answer.', replyLost: !settled }), settled };
	}

	private save(mutation: Mutation): MutationOutcome {
		const entity = this.entity(mutation.entity);
		const row = mutation.kind === 'update' ? this.rows.find(({ id }) => id === mutation.id) : undefined;
		const error = violation(mutation, entity, row, this.rows);
		if (error) return { status: 'refused', error };
		const values = afterSaving(mutation.values, entity);
		if (row) Object.assign(row.values, values);
		const id = row?.id ?? this.nextId(mutation.entity);
		if (!row) this.rows.push({ entity: mutation.entity, id, values: { ...this.blank(mutation.entity), ...values } });
		return { status: 'applied', id };
	}

	private found({ entity, field, values, select }: MatchQuery): CrmRecord[] {
		const { fields } = this.entity(entity);
		for (const name of [field, ...select]) if (!fields.some((known) => known.name === name)) throw new CrmError('validation', { message: `No field ${name}.` });
		const fold = (value: unknown) => (fields.find(({ name }) => name === field)!.caseSensitive ? String(value) : String(value).toLowerCase());
		const wanted = new Set(values.map(fold));
		const hits = this.rows.filter((row) => row.entity === entity && !this.hidden(row) && wanted.has(fold(field === 'Id' ? row.id : row.values[field])));
		return hits.map(({ id, values: shown }) => ({ entity, id, values: Object.fromEntries([...new Set([field, ...select])].map((name) => [name, name === 'Id' ? id : shown[name]])) }));
	}

	private entity(name: string): EntityDescription {
		const found = this.entities.find((candidate) => candidate.name === name);
		if (!found) throw new CrmError('notFound', { message: `No entity ${name}.` });
		return found;
	}

	private blank(name: string): Record<string, CrmValue> {
		const { fields } = this.entity(name);
		return Object.fromEntries(fields.map((field) => [field.name, field.type === 'boolean' ? false : field.name === 'Status' ? 'Open' : null]));
	}

	private nextId(entity: string): string {
		return `${entity === 'Lead' ? '00Q' : '003'}${String(++this.lastId).padStart(12, '0')}AAA`;
	}
}
