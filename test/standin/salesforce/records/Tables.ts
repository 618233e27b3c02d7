import { DeleteLog } from './DeleteLog';
import type { Row, Value } from './row';

/** A field that rows are found by, with or without regard to case. */
export interface IndexedField {
	readonly field: string;
	readonly exact: boolean;
}

interface Index extends IndexedField {
	readonly ids: Map<string, Set<string>>;
}

/** The text under which a value is found; nothing is the empty text. */
export const keyOfValue = (exact: boolean) => (value: Value): string => (value === null ? '' : exact ? String(value) : String(value).toLowerCase());

/** The rows of one org by object and id, deleted ones included; a failed piece of work can be undone. */
export class Tables {
	readonly deleteLog = new DeleteLog();
	private readonly tables = new Map<string, Map<string, Row>>();
	private readonly indexes = new Map<string, Index[]>();
	private journal: Array<() => void> | undefined;

	get(object: string, id: string): Row | undefined {
		return this.tables.get(object)?.get(id);
	}

	/** All rows of an object in the order they were created. */
	all(object: string): Row[] {
		return [...(this.tables.get(object)?.values() ?? [])];
	}

	put(object: string, row: Row): void {
		const id = String(row.Id);
		const before = this.get(object, id);
		this.write(object, id, row);
		this.journal?.push(() => this.write(object, id, before));
	}

	/** Takes a row away for good, as emptying the recycle bin does. */
	purge(object: string, id: string): void {
		const before = this.get(object, id);
		this.write(object, id, undefined);
		this.journal?.push(() => this.write(object, id, before));
	}

	/** The ids whose field has this key, as `keyOfValue` makes it. */
	idsWith(object: string, { field, exact }: IndexedField, key: string): string[] {
		const ofObject = this.indexes.get(object) ?? [];
		this.indexes.set(object, ofObject);
		let index = ofObject.find((one) => one.field === field && one.exact === exact);
		if (!index) {
			index = { field, exact, ids: new Map() };
			for (const row of this.all(object)) addTo(index, row);
			ofObject.push(index);
		}
		return [...(index.ids.get(key) ?? [])];
	}

	/** How many rows an object has, deleted ones included. */
	count(object: string): number {
		return this.tables.get(object)?.size ?? 0;
	}

	/** Runs `work`; when it throws or `keep` says no, everything it wrote is taken back. */
	atomically<T>(work: () => T, keep: (result: T) => boolean): T {
		const outer = this.journal;
		const mine: Array<() => void> = [];
		this.journal = mine;
		let kept = false;
		try {
			const result = work();
			kept = keep(result);
			return result;
		} finally {
			this.journal = outer;
			if (kept) outer?.push(...mine);
			else for (const undo of mine.reverse()) undo();
		}
	}

	private write(object: string, id: string, row: Row | undefined): void {
		const table = this.tables.get(object) ?? new Map<string, Row>();
		this.tables.set(object, table);
		this.reindex(object, id, table.get(id), row);
		this.logDeletion(object, table.get(id), row);
		if (row) table.set(id, Object.freeze({ ...row }));
		else table.delete(id);
	}

	/** A row that is taken away whole was logged when it went into the recycle bin. */
	private logDeletion(object: string, before: Row | undefined, after: Row | undefined): void {
		if (!after || before?.IsDeleted === after.IsDeleted) return;
		if (after.IsDeleted === true) this.deleteLog.note(object, { id: String(after.Id), deletedDate: String(after.SystemModstamp) });
		else this.deleteLog.forget(object, String(after.Id));
	}

	private reindex(object: string, id: string, before: Row | undefined, after: Row | undefined): void {
		for (const index of this.indexes.get(object) ?? []) {
			if (before) index.ids.get(keyOfValue(index.exact)(before[index.field] ?? null))?.delete(id);
			if (after) addTo(index, after);
		}
	}
}

function addTo({ field, exact, ids }: Index, row: Row): void {
	const key = keyOfValue(exact)(row[field] ?? null);
	const same = ids.get(key);
	if (same) same.add(String(row.Id));
	else ids.set(key, new Set([String(row.Id)]));
}
