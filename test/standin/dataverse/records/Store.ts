import { fold } from '../query/fold';
import { isReference, type Row, type Value } from './row';

/** What change tracking remembers of a deleted record. */
export interface Deletion {
	readonly table: string;
	readonly id: string;
	readonly version: number;
	/** Milliseconds since 1970. */
	readonly at: number;
}

interface Undo {
	readonly table: string;
	readonly id: string;
	readonly before: Row | undefined;
}

interface Index {
	readonly columns: readonly string[];
	readonly ids: Map<string, Set<string>>;
}

const textOf = (value: Value): string => (isReference(value) ? value.id : typeof value === 'string' ? fold(value) : String(value));
const entryOf = (columns: readonly string[], row: Row): string => columns.map((name) => textOf(row[name] ?? null)).join('\u0000');

const firstVersion = 468_000;

/** The rows of one environment, and what was deleted. Every write moves the row version, which is one count for all tables. */
export class Store {
	private readonly tables = new Map<string, Map<string, Row>>();
	private readonly indexes = new Map<string, Index[]>();
	private readonly gone: Deletion[] = [];
	private journal: Undo[] | undefined;
	private last = firstVersion;

	/** The newest row version. */
	get version(): number {
		return this.last;
	}

	nextVersion(): number {
		this.last += 1;
		return this.last;
	}

	/** Every row of a table, in the order of creation. */
	all(table: string): Row[] {
		return [...(this.tables.get(table)?.values() ?? [])];
	}

	get(table: string, id: string): Row | undefined {
		return this.tables.get(table)?.get(id.toLowerCase());
	}

	/** The rows whose columns have these values, texts compared as the database does. */
	find(table: string, columns: readonly string[], values: readonly Value[]): Row[] {
		const ids = this.index(table, columns).ids.get(values.map(textOf).join('\u0000')) ?? [];
		return [...ids].map((id) => this.get(table, id)).filter((row) => row !== undefined);
	}

	put(table: string, id: string, row: Row): void {
		this.journal?.push({ table, id, before: this.get(table, id) });
		this.set(table, id, row);
	}

	/** Removes a row and remembers the deletion. */
	delete(table: string, id: string, at: number): void {
		this.journal?.push({ table, id, before: this.get(table, id) });
		this.set(table, id, undefined);
		this.gone.push({ table, id, version: this.nextVersion(), at });
	}

	/** What was deleted of a table after a row version, oldest first. */
	deletionsAfter(table: string, version: number): Deletion[] {
		return this.gone.filter((one) => one.table === table && one.version > version);
	}

	/** Runs a piece of work whose writes stay only when it does not throw. */
	transaction<T>(work: () => T): T {
		const outer = this.journal;
		const journal: Undo[] = [];
		const deletions = this.gone.length;
		this.journal = journal;
		try {
			const result = work();
			outer?.push(...journal);
			return result;
		} catch (error) {
			for (const { table, id, before } of journal.reverse()) this.set(table, id, before);
			this.gone.length = deletions;
			throw error;
		} finally {
			this.journal = outer;
		}
	}

	private set(table: string, id: string, row: Row | undefined): void {
		const rows = this.tables.get(table) ?? new Map<string, Row>();
		this.tables.set(table, rows);
		const before = rows.get(id);
		for (const { columns, ids } of this.indexes.get(table) ?? []) {
			if (before) ids.get(entryOf(columns, before))?.delete(id);
			if (row) addTo(ids, entryOf(columns, row), id);
		}
		if (row) rows.set(id, row);
		else rows.delete(id);
	}

	private index(table: string, columns: readonly string[]): Index {
		const indexes = this.indexes.get(table) ?? [];
		this.indexes.set(table, indexes);
		const known = indexes.find((one) => one.columns.join() === columns.join());
		if (known) return known;
		const made: Index = { columns, ids: new Map() };
		for (const [id, row] of this.tables.get(table) ?? []) addTo(made.ids, entryOf(columns, row), id);
		indexes.push(made);
		return made;
	}
}

function addTo(ids: Map<string, Set<string>>, entry: string, id: string): void {
	const known = ids.get(entry);
	if (known) known.add(id);
	else ids.set(entry, new Set([id]));
}
