import { column, isLookup, navigationName, wireName, type Column, type NewColumn } from './column';
import { completeKey, table, type NewKey, type NewTable, type Table } from './table';

/** A column as a navigation property sees it: where it leads. */
export interface Navigation {
	readonly column: Column;
	readonly target: string;
}

/** The tables of one environment. Names are case-sensitive, as in the Web API. */
export class Schema {
	private readonly tables = new Map<string, Table>();

	/** `version` gives the row version of now, by which changes to the schema are remembered. */
	constructor(private readonly version: () => number) {}

	/** Every table, by name. */
	all(): Table[] {
		return [...this.tables.values()].sort((left, right) => (left.name < right.name ? -1 : 1));
	}

	table(name: string): Table | undefined {
		return this.tables.get(name);
	}

	bySet(setName: string): Table | undefined {
		return this.all().find((one) => one.setName === setName);
	}

	/** The table, for callers that name one that must exist. */
	required(name: string): Table {
		const found = this.tables.get(name);
		if (!found) throw new Error(`The stand-in environment has no table ${name}`);
		return found;
	}

	add(wanted: NewTable): Table {
		const made = table({ objectTypeCode: 10_000 + this.tables.size, ...wanted });
		made.changedAt = this.version();
		this.tables.set(made.name, made);
		return made;
	}

	addColumn(tableName: string, wanted: NewColumn): void {
		const { columns } = this.required(tableName);
		const old = columns.findIndex((one) => one.name === wanted.name);
		columns.splice(old < 0 ? columns.length : old, old < 0 ? 0 : 1, column(wanted));
		this.touch(tableName);
	}

	addKey(tableName: string, key: NewKey): void {
		const { keys } = this.required(tableName);
		const old = keys.findIndex((one) => one.name === key.name);
		keys.splice(old < 0 ? keys.length : old, old < 0 ? 0 : 1, completeKey(key));
		this.touch(tableName);
	}

	/** Notes that a table's metadata changed. */
	touch(tableName: string): void {
		this.required(tableName).changedAt = this.version();
	}

	column(of: Table, name: string): Column | undefined {
		return of.columns.find((one) => one.name === name);
	}

	/** The column a row shows under this name, `_x_value` for lookups. */
	byWireName(of: Table, name: string): Column | undefined {
		return of.columns.find((one) => wireName(one) === name);
	}

	/** Where a single-valued navigation property leads. */
	navigation(of: Table, name: string): Navigation | undefined {
		for (const one of of.columns.filter(isLookup)) {
			for (const target of one.targets) if (navigationName(one, target) === name && this.tables.has(target)) return { column: one, target };
		}
		return undefined;
	}
}
