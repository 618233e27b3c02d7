import { badQuery } from '../http/DataverseError';
import { isGuid } from '../guids';

/** A value in a filter; dates and ids without quotes keep their kind. */
export interface Literal {
	readonly kind: 'text' | 'number' | 'boolean' | 'null' | 'guid' | 'date';
	readonly value: string | number | boolean | null;
}

/** One side of a comparison: a property, by its path, or a value. */
export type Operand = { readonly path: readonly string[] } | { readonly literal: Literal };

/** The operators of a comparison. */
export type Comparison = 'eq' | 'ne' | 'gt' | 'ge' | 'lt' | 'le';

/** A filter as a tree. */
export type Filter =
	| { readonly and: readonly Filter[] }
	| { readonly or: readonly Filter[] }
	| { readonly not: Filter }
	| { readonly compare: Comparison; readonly left: Operand; readonly right: Operand }
	| { readonly call: string; readonly operands: readonly Operand[] }
	| { readonly function: string; readonly property: readonly string[]; readonly values: readonly string[] };

type Aliases = Readonly<Record<string, string>>;

const token = /\s*('(?:[^']|'')*'|[()[\],=]|"(?:[^"\\]|\\.)*"|@\w+|[^\s()[\],='"]+)/y;

function tokenize(text: string): string[] {
	const tokens: string[] = [];
	token.lastIndex = 0;
	for (let end = 0; text.slice(end).trim() !== ''; end = token.lastIndex) {
		token.lastIndex = end;
		const match = token.exec(text);
		if (!match) throw badQuery(`There is an unterminated literal at position ${text.length} in '${text}'.`);
		tokens.push(match[1]);
	}
	return tokens;
}

/** Reads a `$filter`; `aliases` are the `@p` of the address. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/query/filter-rows */
export function parseFilter(text: string, aliases: Aliases = {}): Filter {
	const expanded = tokenize(text).flatMap((one) => (one.startsWith('@') && aliases[one] !== undefined ? tokenize(aliases[one]) : [one]));
	const reader = new Reader(expanded, text);
	const filter = reader.or();
	reader.end();
	return filter;
}

const comparisons: readonly string[] = ['eq', 'ne', 'gt', 'ge', 'lt', 'le'];
const textFunctions = ['contains', 'startswith', 'endswith'];

class Reader {
	private at = 0;

	constructor(
		private readonly tokens: readonly string[],
		private readonly text: string,
	) {}

	or(): Filter {
		const parts = [this.and()];
		while (this.take('or')) parts.push(this.and());
		return parts.length === 1 ? parts[0] : { or: parts };
	}

	end(): void {
		if (this.at < this.tokens.length) throw this.mistake();
	}

	private and(): Filter {
		const parts = [this.term()];
		while (this.take('and')) parts.push(this.term());
		return parts.length === 1 ? parts[0] : { and: parts };
	}

	private term(): Filter {
		if (this.take('not')) return { not: this.term() };
		if (this.take('(')) {
			const inner = this.or();
			this.expect(')');
			return inner;
		}
		const word = this.next();
		if (textFunctions.includes(word) && this.take('(')) return { call: word, operands: this.operands() };
		if (word.startsWith('Microsoft.Dynamics.CRM.') && this.take('(')) return this.dataverseFunction(word.slice('Microsoft.Dynamics.CRM.'.length));
		const left = operand(word);
		const operator = this.next();
		if (!comparisons.includes(operator)) throw this.mistake();
		return { compare: operator as Comparison, left, right: operand(this.next()) };
	}

	private operands(): Operand[] {
		const found = [operand(this.next())];
		while (this.take(',')) found.push(operand(this.next()));
		this.expect(')');
		return found;
	}

	private dataverseFunction(name: string): Filter {
		let property = '';
		const values: string[] = [];
		do {
			const parameter = this.next();
			this.expect('=');
			if (parameter === 'PropertyName') property = unquoted(this.next());
			else if (this.take('[')) values.push(...this.list());
			else values.push(unquoted(this.next()));
		} while (this.take(','));
		this.expect(')');
		return { function: name, property: property.split('/'), values };
	}

	private list(): string[] {
		const values: string[] = [];
		if (this.take(']')) return values;
		do values.push(unquoted(this.next()));
		while (this.take(','));
		this.expect(']');
		return values;
	}

	private take(expected: string): boolean {
		if (this.tokens[this.at] !== expected) return false;
		this.at += 1;
		return true;
	}

	private expect(expected: string): void {
		if (!this.take(expected)) throw this.mistake();
	}

	private next(): string {
		const word = this.tokens[this.at];
		if (word === undefined) throw this.mistake();
		this.at += 1;
		return word;
	}

	private mistake(): Error {
		return badQuery(`Syntax error at position ${this.tokens.slice(0, this.at).join(' ').length} in '${this.text}'.`);
	}
}

function unquoted(word: string): string {
	if (word.startsWith("'")) return word.slice(1, -1).replaceAll("''", "'");
	return word.startsWith('"') ? String(JSON.parse(word)) : word;
}

function operand(word: string): Operand {
	const literal = literalOf(word);
	if (literal) return { literal };
	if (!/^[A-Za-z_][\w.]*(\/[A-Za-z_][\w.]*)*$/.test(word)) throw badQuery(`Syntax error: the expression '${word}' is not valid.`);
	return { path: word.split('/') };
}

function literalOf(word: string): Literal | undefined {
	if (word.startsWith("'")) return { kind: 'text', value: unquoted(word) };
	if (word === 'null') return { kind: 'null', value: null };
	if (word === 'true' || word === 'false') return { kind: 'boolean', value: word === 'true' };
	if (isGuid(word)) return { kind: 'guid', value: word.toLowerCase() };
	if (/^-?\d+(\.\d+)?(e[+-]?\d+)?$/i.test(word)) return { kind: 'number', value: Number(word) };
	if (/^\d{4}-\d{2}-\d{2}(T.*)?$/.test(word)) return { kind: 'date', value: word };
	return undefined;
}
