import type { ChangePage, ChangeQuery, ChangeReader, VersionedRecord } from '../../../src/model/changeReader';
import type { CrmAdapter, CrmCapabilities, MatchQuery, RecordPage } from '../../../src/model/crmAdapter';
import { CrmError } from '../../../src/model/crmError';
import type { EntityDescription } from '../../../src/model/entity';
import type { MutationOutcome } from '../../../src/model/mutationOutcome';
import type { CrmValue, Mutation, MutationBatch } from '../../../src/model/record';
import { lead } from '../entities';
import { normalised, stampOf, type CrmRow } from './CrmRow';
import type { Step } from './MemorySyncState';
import { broken, refusal, unknown, unused } from './outcomes';

/** What goes wrong with one write. `lost…`: no answer; `failed…`: a failure of the CRM's own; before or after the commit. `lostLater`: a create is committed only minutes later. */
export type WriteFault = 'refused' | 'duplicate' | 'lostBefore' | 'lostAfter' | 'lostLater' | 'failedBefore' | 'failedAfter' | 'throttled';

/** How long after its lost reply a create is committed. */
const LATER_MS = 5 * 60_000;

/** Records with this name are refused, with this one the CRM breaks down. */
export const REFUSED_NAME = 'Refused';
export const POISON_NAME = 'Poison';

/** A CRM in memory: late commits, tombstones with a memory of some days, normalising, refusals, lost replies, a quota. */
export class ModelCrm implements CrmAdapter {
	readonly kind = 'salesforce';
	readonly host = 'https://model.example';
	readonly rows: CrmRow[] = [];
	readonly description: EntityDescription = lead;
	/** Calls made, by name. */
	readonly calls: string[] = [];
	readonly written: Mutation[] = [];
	step: Step = () => undefined;
	/** Asked before each single write. */
	fault: (mutation: Mutation) => WriteFault | undefined = () => undefined;
	/** Calls that the CRM still takes. */
	callsLeft = Infinity;
	/** Fields that the user may not see. */
	readonly hidden = new Set<string>();
	/** Every page of changes comes twice. */
	repeats = false;
	/** Who is signed in. */
	user = 'sync user';
	pageSize = 3;
	lookbackMs = 10 * 60_000;
	memoryMs = 15 * 86_400_000;
	/** Compares stamps in the moment of writing. */
	compareAndSet = false;
	/** Called just before stamps are compared: a user may be faster. What comes between check and write, no CRM without compare-and-set can see. */
	beforeCheck: () => void = () => undefined;
	/** Told what a read shows, and of late edits when their time has come. */
	shows: (id: string, values: Record<string, CrmValue>) => void = () => undefined;
	appeared: (id: string, values: Record<string, CrmValue>, former: Record<string, CrmValue>) => void = () => undefined;
	/** A write of ours is about to change a record that showed this. */
	takes: (id: string, values: Readonly<Record<string, CrmValue>>, former: Readonly<Record<string, CrmValue>>) => void = () => undefined;
	private lastId = 0;
	private readonly later: { readonly values: Record<string, CrmValue>; readonly at: number }[] = [];

	constructor(private readonly now: () => number) {}

	get capabilities(): CrmCapabilities {
		return { compareAndSet: this.compareAndSet, assignmentRules: false, dailyUsage: false };
	}

	readonly changes: ChangeReader = {
		tellsDeletions: true,
		upperBound: async () => String(this.now()),
		readChanges: (query) => this.readChanges(query),
		readByIds: ({ ids, select }) => this.readByIds(ids, select),
	};

	/** A user creates a record. */
	add(values: Record<string, CrmValue>, { by = 'user', delayMs = 0 }: { readonly by?: string; readonly delayMs?: number } = {}): CrmRow {
		const row: CrmRow = { id: `L-${++this.lastId}`, values: {}, at: this.now(), version: 1, changedBy: by, visibleAt: delayMs > 0 ? this.now() + delayMs : 0 };
		this.rows.push(row);
		this.set(row, { LastName: `Name ${row.id}`, Company: 'Acme', Email: null, Phone: null, Description: null, NumberOfEmployees: null, IsConverted: false, ConvertedContactId: null, ...values });
		return row;
	}

	edit(id: string, values: Record<string, CrmValue>, by = 'user'): void {
		const row = this.live(id);
		if (!row) return;
		this.set(row, values);
		row.changedBy = by;
	}

	/** Stamped now, to be seen only later. */
	editLate(id: string, values: Record<string, CrmValue>, delayMs: number): void {
		const row = this.live(id);
		if (row && !row.late) row.late = { values, at: this.now(), visibleAt: this.now() + delayMs };
	}

	remove(id: string, mergedInto?: string): void {
		const row = this.live(id);
		if (row) Object.assign(row, { deletedAt: this.now(), mergedInto, late: undefined });
	}

	/** Stamped now, to be seen only later. */
	removeLate(id: string, delayMs: number): void {
		const row = this.live(id);
		if (row) row.lateRemoval ??= { at: this.now(), visibleAt: this.now() + delayMs };
	}

	restore(id: string): void {
		const row = this.rows.find((candidate) => candidate.id === id && candidate.deletedAt !== undefined && candidate.mergedInto === undefined);
		if (row) Object.assign(row, { deletedAt: undefined, at: this.now(), version: row.version + 1 });
	}

	live(id: string): CrmRow | undefined {
		this.settle();
		return this.rows.find((row) => row.id === id && row.deletedAt === undefined);
	}

	get alive(): readonly CrmRow[] {
		this.settle();
		return this.rows.filter(({ deletedAt }) => deletedAt === undefined);
	}

	async *match(queries: readonly MatchQuery[]): AsyncGenerator<RecordPage> {
		this.call('match');
		const [{ field, values, select }] = queries;
		const wanted = new Set(values.map((value) => String(value).toLowerCase()));
		const found = this.visible().filter((row) => wanted.has(String(row.values[field]).toLowerCase()));
		yield { query: 0, records: found.map((row) => ({ entity: 'Lead', id: row.id, values: this.shown(row, [field, ...select]) })) };
	}

	async write({ mutations }: MutationBatch): Promise<readonly MutationOutcome[]> {
		this.step('before write');
		if (this.compareAndSet) this.beforeCheck();
		const quota = this.quota('write');
		const ids = mutations.flatMap((mutation) => (mutation.kind === 'update' ? [mutation.id] : []));
		if (new Set(ids).size < ids.length) throw new Error('a batch names one record twice');
		const breaks = mutations.some(({ values }) => values.LastName === POISON_NAME);
		const outcomes = mutations.map((mutation): MutationOutcome => (quota ? { status: 'refused', error: quota } : breaks ? broken : this.writeOne(mutation)));
		this.step('after write');
		return outcomes;
	}

	canonicalId = (text: string) => (/^L-\d+$/.test(text) ? text : undefined);
	recordUrl = (entity: string, id: string) => `https://model.example/${entity}/${id}`;
	usage = () => ({ callsMade: this.calls.length });
	describe = async () => this.description;
	identify = () => unused();
	listEntities = () => unused();
	findOwners = () => unused();

	private async *readChanges({ since, until, select }: ChangeQuery): AsyncGenerator<ChangePage> {
		this.call('changes');
		const to = Number(until);
		const full = since === undefined || to - Number(since) > this.memoryMs;
		const from = full ? -Infinity : Number(since) - this.lookbackMs;
		const records = this.visible().filter(({ at }) => at > from && at <= to);
		const deleted = full ? [] : this.rows.filter(({ deletedAt }) => deletedAt !== undefined && deletedAt > from && deletedAt <= to);
		const pages = Math.max(1, Math.ceil(Math.max(records.length, deleted.length) / this.pageSize));
		for (let page = 0; page < pages; page++) {
			if (page > 0) this.call('changes');
			const piece = <T>(list: readonly T[]) => list.slice(page * this.pageSize, (page + 1) * this.pageSize);
			const shown: ChangePage = {
				records: piece(records).map((row) => this.versioned(row, select)),
				deleted: piece(deleted).map(({ id, deletedAt, mergedInto }) => ({ id, deletedAt: new Date(deletedAt!).toISOString(), mergedInto })),
				full,
			};
			if (this.repeats) yield shown;
			yield page === pages - 1 ? { ...shown, cursor: until } : shown;
		}
	}

	private async *readByIds(ids: readonly string[], select: readonly string[]): AsyncGenerator<readonly VersionedRecord[]> {
		if (ids.length === 0) return;
		if (select.length === 0 && !this.compareAndSet) this.beforeCheck();
		this.call('read');
		const wanted = new Set(ids);
		yield this.visible()
			.filter(({ id }) => wanted.has(id))
			.map((row) => this.versioned(row, select));
	}

	private versioned(row: CrmRow, select: readonly string[]): VersionedRecord {
		const { id, at, changedBy } = row;
		return { entity: 'Lead', id, stamp: stampOf(row), changedAt: new Date(at).toISOString(), changedBy, values: this.shown(row, select) };
	}

	private shown(row: CrmRow, select: readonly string[]): Record<string, CrmValue> {
		const values = Object.fromEntries(select.filter((field) => !this.hidden.has(field)).map((field) => [field, field === 'Id' ? row.id : (row.values[field] ?? null)]));
		this.shows(row.id, values);
		return values;
	}

	private visible(): readonly CrmRow[] {
		return this.alive.filter(({ visibleAt }) => visibleAt <= this.now());
	}

	/** Late edits whose time has come keep the stamp of when they began. */
	settle(): void {
		for (const { values } of this.later.splice(0).filter((one) => one.at <= this.now() || !this.later.push(one))) this.add(values, { by: this.user });
		for (const row of this.rows) {
			const { late, lateRemoval } = row;
			if (lateRemoval && lateRemoval.visibleAt <= this.now()) Object.assign(row, { lateRemoval: undefined, deletedAt: row.deletedAt ?? lateRemoval.at });
			if (!late || late.visibleAt > this.now()) continue;
			row.late = undefined;
			const { at, values: former } = { ...row, values: { ...row.values } };
			this.set(row, late.values);
			row.changedBy = 'user';
			row.at = Math.max(at, late.at);
			this.appeared(row.id, late.values, former);
		}
	}

	private set(row: CrmRow, values: Record<string, CrmValue>): void {
		for (const [field, value] of Object.entries(values)) row.values[field] = normalised(field, value);
		Object.assign(row, { at: this.now(), version: row.version + 1 });
	}

	private writeOne(mutation: Mutation): MutationOutcome {
		const fault = this.fault(mutation);
		if (fault === 'throttled') return { status: 'refused', error: new CrmError('throttled', { message: 'The daily limit is reached.', code: 'LIMIT' }) };
		if (fault === 'refused' || mutation.values.LastName === REFUSED_NAME) return refusal('RULE');
		if (fault === 'duplicate') return { status: 'refused', error: new CrmError('conflict', { message: 'Another record is like it.', code: 'DUPLICATE' }) };
		if (fault === 'lostBefore' || fault === 'failedBefore') return unknown(fault === 'failedBefore');
		if (fault === 'lostLater' && mutation.kind === 'create') return this.saveLater(mutation);
		const outcome = this.save(mutation);
		return outcome.status === 'refused' || fault === undefined ? outcome : unknown(fault === 'failedAfter');
	}

	private saveLater({ values }: Mutation): MutationOutcome {
		this.later.push({ values, at: this.now() + LATER_MS });
		return unknown(false);
	}

	private save(mutation: Mutation): MutationOutcome {
		const { values } = mutation;
		if (mutation.kind === 'create') {
			if (!values.LastName || !values.Company) return refusal('REQUIRED_FIELD_MISSING');
			this.written.push(mutation);
			return { status: 'applied', id: this.add(values, { by: this.user }).id };
		}
		const row = this.live(mutation.id);
		if (!row || row.visibleAt > this.now()) return { status: 'refused', error: new CrmError('notFound', { message: 'The record is gone.', code: 'ENTITY_IS_DELETED' }) };
		if (this.compareAndSet && mutation.expectedStamp !== stampOf(row)) return { status: 'refused', error: new CrmError('conflict', { message: 'The record was changed in the meantime.', code: 'STALE' }) };
		if (row.values.IsConverted === true) return refusal('CANNOT_UPDATE_CONVERTED_LEAD');
		if ('LastName' in values && !values.LastName) return refusal('REQUIRED_FIELD_MISSING');
		this.written.push(mutation);
		this.takes(row.id, values, { ...row.values });
		this.edit(row.id, values, this.user);
		return { status: 'applied', id: row.id };
	}

	private call(name: string): void {
		const quota = this.quota(name);
		if (quota) throw quota;
	}

	private quota(name: string): CrmError | undefined {
		this.calls.push(name);
		if (this.callsLeft <= 0) return new CrmError('throttled', { message: 'The daily limit is reached.', code: 'LIMIT' });
		this.callsLeft -= 1;
		return undefined;
	}
}
