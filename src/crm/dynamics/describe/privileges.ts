import type { Reach, Right } from '../../../model/entity';
import { isObject, listOf, textOf, type Json } from '../../json';
import type { Table } from './Table';

/** By the name or the number of the type. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/privilegetype */
const rights: ReadonlyMap<unknown, Right> = new Map<unknown, Right>([
	['Create', 'create'],
	[1, 'create'],
	['Read', 'read'],
	[2, 'read'],
	['Write', 'edit'],
	[3, 'edit'],
]);

/**
 * The names of a table's privileges out of its definition: they cannot be made up from that of the table, those of a note are called
 * after `Note` and those of a task after `Activity`.
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/securityprivilegemetadata
 */
export function privilegesIn({ Privileges }: Json): Table['privileges'] {
	return Object.fromEntries(listOf(Privileges).filter(isObject).flatMap(({ PrivilegeType, Name }) => {
		const right = rights.get(PrivilegeType);
		const name = textOf(Name);
		return right === undefined || name === undefined ? [] : [[right, name] as const];
	}));
}

/** From the smallest to the largest, by the name or the number. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/privilegedepth */
const depths: ReadonlyArray<readonly [name: string, number: number, reach: Reach]> = [
	['RecordFilter', 4, 'some'],
	['Basic', 0, 'own'],
	['Local', 1, 'unit'],
	['Deep', 2, 'unitAndBelow'],
	['Global', 3, 'all'],
];

/** How far a privilege reaches that came at these depths, of one role or of several; one of a kind that is not known reaches some records. */
export function reachOf(given: readonly unknown[]): Reach {
	if (given.length === 0) return 'none';
	return depths.findLast(([name, number]) => given.some((depth) => depth === name || depth === number))?.[2] ?? 'some';
}
