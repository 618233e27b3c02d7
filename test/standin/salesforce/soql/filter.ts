import type { WhereClause } from '@jetstreamapp/soql-parser-js';
import type { Row, Value } from '../records/row';
import type { ObjectSpec } from '../schema/sobject';
import { comparison, literalsOf, operandFor, type Operand } from './comparison';
import { conditionTree, type Condition } from './conditions';
import { fieldPath, type FieldPath, type QueryScope } from './fieldPath';
import { invalidFilter, malformedQuery } from './SoqlError';

/** Gives the values a semi-join selects. */
export type SemiJoin = (query: unknown) => Value[];

/** A WHERE clause as a test of rows. Names, types and operators are checked before the first row is seen. */
export function rowFilter(scope: QueryScope, object: ObjectSpec, where: WhereClause | undefined, alias: string | undefined, semiJoin: SemiJoin): (row: Row) => boolean {
	if (!where) return () => true;
	return testOf(conditionTree(where), (condition) => singleTest(scope, object, condition, alias, semiJoin));
}

type Single = Extract<Condition, { kind: 'test' }>['test'];

function testOf(condition: Condition, single: (test: Single) => (row: Row) => boolean): (row: Row) => boolean {
	if (condition.kind === 'test') return single(condition.test);
	if (condition.kind === 'not') {
		const inner = testOf(condition.part, single);
		return (row) => !inner(row);
	}
	const parts = condition.parts.map((part) => testOf(part, single));
	return condition.kind === 'and' ? (row) => parts.every((part) => part(row)) : (row) => parts.some((part) => part(row));
}

function singleTest(scope: QueryScope, object: ObjectSpec, test: Single, alias: string | undefined, semiJoin: SemiJoin): (row: Row) => boolean {
	if (!('operator' in test) || !('field' in test)) throw malformedQuery('The stand-in knows no functions in conditions');
	const path = fieldPath(scope, object, test.field, alias);
	if (!path.spec.filterable) throw invalidFilter(scope.soql, path.spec.name, `field '${path.spec.name}' can not be filtered in a query call`);
	const operands = 'valueQuery' in test ? semiJoin(test.valueQuery).map((value): Operand => ({ value })) : literalsOf(test).map((literal) => operandFor(scope, path.spec, literal));
	return through(path, comparison(scope, path.spec, test.operator.toUpperCase(), operands));
}

const through = (path: FieldPath, holds: (value: Value) => boolean) => (row: Row) => holds(path.valueOf(row));
