import { badQuery } from '../http/DataverseError';
import type { Column } from '../schema/column';
import type { Table } from '../schema/table';
import type { Viewer } from './readValue';
import { selectedColumns } from './showRow';

/** A related record to show inside a row. */
export interface Expand {
	readonly name: string;
	readonly column: Column;
	readonly table: Table;
	readonly select: readonly Column[] | undefined;
	readonly expand: readonly Expand[];
}

/** Splits a text at a separator that stands outside parentheses. */
export function splitOutside(text: string, separator: string): string[] {
	const parts = [''];
	let depth = 0;
	for (const letter of text) {
		if (letter === '(') depth += 1;
		if (letter === ')') depth -= 1;
		if (letter === separator && depth === 0) parts.push('');
		else parts[parts.length - 1] += letter;
	}
	return parts.map((part) => part.trim()).filter((part) => part !== '');
}

/** One part of `$expand`: a name and the options in its parentheses. */
export function expandPart(text: string): { name: string; options: Readonly<Record<string, string>> } {
	const match = /^([^(]+)(?:\((.*)\))?$/s.exec(text);
	const options = splitOutside(match?.[2] ?? '', ';').map((one) => one.split(/=(.*)/s, 2));
	return { name: match?.[1].trim() ?? '', options: Object.fromEntries(options) as Record<string, string> };
}

/** Reads `$expand` for single-valued navigation properties. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/query/join-tables */
export function parseExpand(viewer: Viewer, table: Table, text: string | undefined): Expand[] {
	return splitOutside(text ?? '', ',').map((part) => {
		const { name, options } = expandPart(part);
		const navigation = viewer.env.schema.navigation(table, name);
		if (!navigation) throw badQuery(`Could not find a property named '${name}' on type 'Microsoft.Dynamics.CRM.${table.name}'.`);
		const target = viewer.env.schema.required(navigation.target);
		return {
			name,
			column: navigation.column,
			table: target,
			select: selectedColumns(viewer, target, options.$select),
			expand: parseExpand(viewer, target, options.$expand),
		};
	});
}
