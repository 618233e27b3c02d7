import type { Row, Value } from './row';

type Index = Map<string, Set<string>>;

/** The rows of one org by object and id, deleted ones included; a failed piece of work can be undone. */
export class Tables {
	private readonly tables = new Map<string, Map<string, Row>>();
	private readonly indexes = new Map<string, Map<string, Index>>();
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

	/** The ids whose field has this value; `keyOf` folds case where the field does. */
	idsWith(object: string, field: string, key: string, keyOf: (value: Value) => string): string[] {
		const ofObject = this.indexes.get(object) ?? new Map<string, Index>();
		this.indexes.set(object, ofObject);
		let index = ofObject.get(field);
		if (!index) {
			index = new Map();
			for (const row of this.all(object)) addTo(index, keyOf(row[field] ?? null), String(row.Id));
			ofObject.set(field, index);
			this.keys.set(`${object}.${field}`, keyOf);
		}
		return [...(index.get(key) ?? [])];
	}

	/** Runs `work`; when it answers false to `keep`, everything it wrote is taken back. */
	atomically<T>(work: () => T, keep: (result: T) => boolean): T {
		const outer = this.journal;
		const mine: Array<() => void> = [];
		this.journal = mine;
		try {
			const result = work();
			if (!keep(result)) for (const undo of mine.reverse()) undo();
			else outer?.push(...mine);
			return result;
		} finally {
			this.journal = outer;
		}
	}

	private readonly keys = new Map<string, (value: Value) => string>();

	private write(object: string, id: string, row: Row | undefined): void {
		const table = this.tables.get(object) ?? new Map<string, Row>();
		this.tables.set(object, table);
		this.reindex(object, id, table.get(id), row);
		if (row) table.set(id, Object.freeze({ ...row }));
		else table.delete(id);
	}

	private reindex(object: string, id: string, before: Row | undefined, after: Row | undefined): void {
		for (const [field, index] of this.indexes.get(object) ?? []) {
			const keyOf = this.keys.get(`${object}.${field}`);
			if (!keyOf) continue;
			if (before) index.get(keyOf(before[field] ?? null))?.delete(id);
			if (after) addTo(index, keyOf(after[field] ?? null), id);
		}
	}
}

function addTo(index: Index, key: string, id: string): void {
	const ids = index.get(key);
	if (ids) ids.add(id);
	else index.set(key, new Set([id]));
}
