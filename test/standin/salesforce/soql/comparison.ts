import type { Condition as ParsedCondition } from '@jetstreamapp/soql-parser-js';
import { canonicalId } from '../ids';
import type { Value } from '../records/row';
import type { FieldSpec } from '../schema/field';
import { parseDateTime, toWireDateTime } from '../time';
import { periodOf, type Period } from './dateLiterals';
import type { QueryScope } from './fieldPath';
import { charactersOf, likePattern, type Character } from './literals';
import { invalidFilter, malformedQuery } from './SoqlError';

/** A literal in the form in which the field's values compare: text folded, ids in 18 characters, datetimes on the wire. */
export type Operand = { readonly value: Value; readonly characters?: readonly Character[]; readonly period?: Period };

interface Literal {
	readonly text: string;
	readonly type: string;
}

const numeric = ['int', 'double', 'currency', 'percent'];

/** The literals of a condition, one or a list. */
export function literalsOf(condition: ParsedCondition): Literal[] {
	if (!('value' in condition)) return [];
	const texts = [condition.value].flat();
	const types = [condition.literalType ?? 'STRING'].flat();
	return texts.map((text, index) => ({ text, type: types[index] ?? types[0] }));
}

/** Reads one literal for a field, or refuses it as the org does when quotes or type do not fit. */
export function operandFor(scope: QueryScope, spec: FieldSpec, literal: Literal): Operand {
	if (literal.type === 'NULL') return { value: null };
	if (literal.type === 'STRING') return textOperand(scope, spec, literal);
	if (literal.type.startsWith('DATE')) return dateOperand(scope, spec, literal);
	if (literal.type === 'BOOLEAN') {
		if (spec.type !== 'boolean') throw mismatch(scope, spec);
		return { value: literal.text.toUpperCase() === 'TRUE' };
	}
	if (!numeric.includes(spec.type)) throw mismatch(scope, spec);
	return { value: Number(literal.text.replace(/^[A-Za-z]{3}/, '')) };
}

/** The form in which a field's value compares. */
export function comparable(spec: FieldSpec, value: Value): Value {
	if (typeof value !== 'string' || spec.caseSensitive || ['id', 'reference', 'date', 'datetime'].includes(spec.type)) return value;
	return value.toLowerCase();
}

function textOperand(scope: QueryScope, spec: FieldSpec, literal: Literal): Operand {
	if (spec.type === 'boolean' || numeric.includes(spec.type) || spec.type === 'date' || spec.type === 'datetime') throw mismatch(scope, spec);
	const characters = charactersOf(literal.text);
	if (!characters) throw malformedQuery(`Illegal string literal: ${literal.text}`);
	const text = characters.map((character) => character.text).join('');
	if (text.length > 4000) throw malformedQuery('SOQL statements cannot have string literals longer than 4000 characters');
	if (spec.type !== 'id' && spec.type !== 'reference') return { value: text === '' ? null : comparable(spec, text), characters };
	if (text === '') return { value: null };
	const id = canonicalId(text);
	if (!id) throw invalidFilter(scope.soql, spec.name, `invalid ID field: ${text}`, 'INVALID_QUERY_FILTER_OPERATOR');
	return { value: id };
}

function dateOperand(scope: QueryScope, spec: FieldSpec, { text, type }: Literal): Operand {
	if (spec.type !== 'date' && spec.type !== 'datetime') throw mismatch(scope, spec);
	if (type === 'DATETIME') {
		const milliseconds = spec.type === 'datetime' ? parseDateTime(text) : undefined;
		if (milliseconds === undefined) throw mismatch(scope, spec);
		return { value: toWireDateTime(milliseconds) };
	}
	if (type === 'DATE') {
		if (spec.type !== 'date') throw mismatch(scope, spec);
		return { value: text };
	}
	const period = periodOf(text, scope.org.clock());
	if (!period) throw malformedQuery(`The stand-in does not know the date literal ${text}`);
	return { value: null, period };
}

function mismatch(scope: QueryScope, spec: FieldSpec): Error {
	const kinds: Partial<Record<string, string>> = { datetime: 'dateTime', currency: 'double', percent: 'double' };
	const quoted = !numeric.includes(spec.type) && !['boolean', 'date', 'datetime'].includes(spec.type);
	const kind = quoted ? 'string' : (kinds[spec.type] ?? spec.type);
	const quotes = quoted ? 'should be enclosed in quotes' : 'should not be enclosed in quotes';
	return invalidFilter(scope.soql, spec.name, `value of filter criterion for field '${spec.name}' must be of type ${kind} and ${quotes}`);
}

/** A test of one value; see the SOQL comparison operators. https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_comparisonoperators.htm */
export function comparison(scope: QueryScope, spec: FieldSpec, operator: string, operands: readonly Operand[]): (value: Value) => boolean {
	const [first] = operands;
	if (first?.period) return periodTest(spec, operator, first.period);
	switch (operator) {
		case '=':
			return (value) => comparable(spec, value) === first.value;
		case '!=':
		case '<>':
			return (value) => comparable(spec, value) !== first.value;
		case 'IN':
		case 'NOT IN': {
			const wanted = new Set(operands.map((operand) => operand.value));
			return (value) => wanted.has(comparable(spec, value)) === (operator === 'IN');
		}
		case 'LIKE':
			return likeTest(scope, spec, first);
		case 'INCLUDES':
		case 'EXCLUDES':
			return choiceTest(scope, spec, operator, operands);
		default:
			return orderTest(spec, operator, first.value);
	}
}

function likeTest(scope: QueryScope, spec: FieldSpec, { characters }: Operand): (value: Value) => boolean {
	if (!characters) throw invalidFilter(scope.soql, spec.name, 'invalid operator on id field', 'INVALID_QUERY_FILTER_OPERATOR');
	const pattern = likePattern(characters);
	return (value) => typeof value === 'string' && pattern.test(value);
}

function choiceTest(scope: QueryScope, spec: FieldSpec, operator: string, operands: readonly Operand[]): (value: Value) => boolean {
	if (spec.type !== 'multipicklist') throw invalidFilter(scope.soql, spec.name, 'includes and excludes operators only valid on multi-select picklist fields', 'INVALID_QUERY_FILTER_OPERATOR');
	const groups = operands.map((operand) => String(operand.value).split(';'));
	return (value) => {
		const chosen = typeof value === 'string' ? value.toLowerCase().split(';') : [];
		return groups.some((group) => group.every((one) => chosen.includes(one))) === (operator === 'INCLUDES');
	};
}

function orderTest(spec: FieldSpec, operator: string, limit: Value): (value: Value) => boolean {
	const holds: Record<string, (left: string | number, right: string | number) => boolean> = {
		'<': (left, right) => left < right, '<=': (left, right) => left <= right, '>': (left, right) => left > right, '>=': (left, right) => left >= right,
	};
	return (value) => {
		const left = comparable(spec, value);
		return left !== null && limit !== null && holds[operator](left as string | number, limit as string | number);
	};
}

function periodTest(spec: FieldSpec, operator: string, period: Period): (value: Value) => boolean {
	const tests: Record<string, (at: number) => boolean> = {
		'=': (at) => at >= period.from && at < period.to, '!=': (at) => at < period.from || at >= period.to, '<>': (at) => at < period.from || at >= period.to,
		'<': (at) => at < period.from, '<=': (at) => at < period.to, '>': (at) => at >= period.to, '>=': (at) => at >= period.from,
	};
	return (value) => {
		if (typeof value !== 'string') return operator === '!=' || operator === '<>';
		const at = spec.type === 'date' ? Date.parse(value) : parseDateTime(value);
		return at !== undefined && (tests[operator]?.(at) ?? false);
	};
}
