import { badQuery } from '../http/DataverseError';
import { fold } from './fold';
import type { Comparison, Filter, Literal, Operand } from './parseFilter';

/** What a property is to a filter. */
export type Kind = Literal['kind'] | 'any';

/** How a filter reads one property of its subjects. */
export interface Property<T> {
	readonly kind: Kind;
	/** True where texts are compared letter by letter, as in metadata. */
	readonly exact?: boolean;
	readonly read: (subject: T) => unknown;
}

/** Finds a property by its path; throws when there is none. */
export type FindProperty<T> = (path: readonly string[]) => Property<T>;

/** Turns a filter into a test of one subject. Unknown properties and kinds that do not fit throw at once. */
export function compileFilter<T>(filter: Filter, find: FindProperty<T>): (subject: T) => boolean {
	if ('and' in filter) return all(filter.and.map((one) => compileFilter(one, find)));
	if ('or' in filter) return any(filter.or.map((one) => compileFilter(one, find)));
	if ('not' in filter) {
		const inner = compileFilter(filter.not, find);
		return (subject) => !inner(subject);
	}
	if ('compare' in filter) return comparison(filter, find);
	if ('call' in filter) return textFunction(filter, find);
	return dataverseFunction(filter, find);
}

const all =
	<T>(tests: Array<(subject: T) => boolean>) =>
	(subject: T): boolean =>
		tests.every((test) => test(subject));
const any =
	<T>(tests: Array<(subject: T) => boolean>) =>
	(subject: T): boolean =>
		tests.some((test) => test(subject));

const operators: Record<Comparison, (order: number) => boolean> = {
	eq: (order) => order === 0,
	ne: (order) => order !== 0,
	gt: (order) => order > 0,
	ge: (order) => order >= 0,
	lt: (order) => order < 0,
	le: (order) => order <= 0,
};

// An id may be written with or without quotes, a date only without.
const fits: Record<Kind, readonly Kind[]> = {
	any: ['text', 'number', 'boolean', 'guid', 'date', 'null', 'any'],
	text: ['text'],
	number: ['number'],
	boolean: ['boolean'],
	guid: ['guid', 'text'],
	date: ['date'],
	null: ['text', 'number', 'boolean', 'guid', 'date', 'null', 'any'],
};
const edm: Record<Kind, string> = {
	any: 'Edm.Untyped',
	text: 'Edm.String',
	number: 'Edm.Int32',
	boolean: 'Edm.Boolean',
	guid: 'Edm.Guid',
	date: 'Edm.DateTimeOffset',
	null: 'Edm.Null',
};
const operatorNames: Record<Comparison, string> = {
	eq: 'Equal',
	ne: 'NotEqual',
	gt: 'GreaterThan',
	ge: 'GreaterThanOrEqual',
	lt: 'LessThan',
	le: 'LessThanOrEqual',
};

function comparison<T>({ compare, left, right }: Extract<Filter, { compare: Comparison }>, find: FindProperty<T>): (subject: T) => boolean {
	const [one, other] = [property(left, find), property(right, find)];
	if (other.kind !== 'null' && other.kind !== 'any' && !fits[one.kind].includes(other.kind)) {
		throw badQuery(
			`A binary operator with incompatible types was detected. Found operand types '${edm[one.kind]}' and '${edm[other.kind]}' for operator kind '${operatorNames[compare]}'.`,
		);
	}
	const exact = one.exact === true || other.exact === true;
	return (subject) => {
		const [first, second] = [one.read(subject) ?? null, other.read(subject) ?? null];
		if (first === null || second === null) return compare === 'eq' ? first === second : compare === 'ne' && first !== second;
		return operators[compare](compareValues(first, second, exact));
	};
}

function property<T>(operand: Operand, find: FindProperty<T>): Property<T> {
	if ('path' in operand) return find(operand.path);
	const { kind, value } = operand.literal;
	return { kind, read: () => value };
}

const dated = /^\d{4}-\d{2}-\d{2}(T|$)/;

/** Negative, zero or positive, as the database orders two values that are there. */
export function compareValues(left: unknown, right: unknown, exact = false): number {
	if (typeof left === 'number' && typeof right === 'number') return left - right;
	if (typeof left === 'boolean' && typeof right === 'boolean') return Number(left) - Number(right);
	const [first, second] = [String(left), String(right)];
	if (dated.test(first) && dated.test(second)) return Date.parse(first) - Date.parse(second);
	if (exact) return first === second ? 0 : first < second ? -1 : 1;
	const [one, other] = [fold(first), fold(second)];
	return one === other ? 0 : one < other ? -1 : 1;
}

/** A pattern of the database: `%` any text, `_` one letter, `[…]` one of several. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/wildcard-characters */
function likePattern(text: string): string {
	return fold(`${text}\u0001`)
		.slice(0, -1)
		.replace(/\[[^\]]+\]|[\s\S]/gu, (part) => {
			if (part === '%') return '[\\s\\S]*';
			if (part === '_') return '[\\s\\S]';
			if (part.length > 1 && part.startsWith('[')) return `[${part.slice(1, -1).replace(/[\\\]]/g, '\\$&')}]`;
			return part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
		});
}

function textFunction<T>({ call, operands }: Extract<Filter, { call: string }>, find: FindProperty<T>): (subject: T) => boolean {
	const [of, wanted] = operands;
	if (operands.length !== 2 || !('literal' in wanted))
		throw badQuery(`No function signature for the function with name '${call}' matches the specified arguments.`);
	const { kind, read } = property(of, find);
	if (kind !== 'text' && kind !== 'any')
		throw badQuery(
			`No function signature for the function with name '${call}' matches the specified arguments. The function signatures considered are: ${call}(Edm.String Nullable=true, Edm.String Nullable=true).`,
		);
	const like = likePattern(String(wanted.literal.value));
	const pattern = new RegExp(`${call === 'startswith' ? '^' : ''}${like}${call === 'endswith' ? '$' : ''}`, 'u');
	return (subject) => {
		const value = read(subject) ?? null;
		return value !== null && pattern.test(fold(String(value)));
	};
}

function dataverseFunction<T>(filter: Extract<Filter, { function: string }>, find: FindProperty<T>): (subject: T) => boolean {
	const { read, exact = false } = find(filter.property);
	const test = functions[filter.function];
	if (!test) throw badQuery(`The stand-in does not know the query function Microsoft.Dynamics.CRM.${filter.function}.`);
	return (subject) =>
		test(
			read(subject) ?? null,
			filter.values,
			(left, right) => compareValues(typeof left === 'number' || typeof left === 'boolean' ? String(left) : left, right, exact),
			read(subject),
		);
}

type Test = (value: unknown, wanted: readonly string[], compare: (left: unknown, right: unknown) => number, raw: unknown) => boolean;

const numbersIn = (value: unknown): string[] => String(value).split(',');
const between: Test = (value, [low, high]) => value !== null && compareValues(value, like(value, low)) >= 0 && compareValues(value, like(value, high)) <= 0;
const like = (value: unknown, text: string): unknown => (typeof value === 'number' ? Number(text) : text);
const dayOf = (value: unknown): string => String(value).slice(0, 10);

// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/queryfunctionindex
const functions: Readonly<Record<string, Test>> = {
	In: (value, wanted, compare) => value !== null && wanted.some((one) => compare(value, one) === 0),
	NotIn: (value, wanted, compare) => value === null || !wanted.some((one) => compare(value, one) === 0),
	Between: between,
	NotBetween: (...given) => !between(...given),
	ContainValues: (value, wanted) => value !== null && wanted.some((one) => numbersIn(value).includes(one)),
	DoesNotContainValues: (value, wanted) => value === null || !wanted.some((one) => numbersIn(value).includes(one)),
	On: (value, [wanted]) => value !== null && dayOf(value) === dayOf(wanted),
	OnOrAfter: (value, [wanted]) => value !== null && dayOf(value) >= dayOf(wanted),
	OnOrBefore: (value, [wanted]) => value !== null && dayOf(value) <= dayOf(wanted),
};
