import type { ConditionWithValueQuery, WhereClause } from '@jetstreamapp/soql-parser-js';
import { malformedQuery } from './SoqlError';

/** A WHERE clause as a tree. */
export type Condition =
	| { readonly kind: 'and' | 'or'; readonly parts: readonly Condition[] }
	| { readonly kind: 'not'; readonly part: Condition }
	| { readonly kind: 'test'; readonly test: ConditionWithValueQuery };

type Token = '(' | ')' | 'AND' | 'OR' | 'NOT' | ConditionWithValueQuery;

/** Builds the tree from the parser's flat chain, with SOQL's rule that AND, OR and NOT are never mixed without parentheses. https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_select_conditionexpression.htm */
export function conditionTree(where: WhereClause): Condition {
	const tokens = tokensOf(where);
	const tree = readGroup(tokens);
	if (tokens.length > 0) throw unexpected(tokens[0]);
	return tree;
}

function tokensOf(where: WhereClause): Token[] {
	const tokens: Token[] = [];
	for (let clause: WhereClause | undefined = where; clause; clause = 'right' in clause ? clause.right : undefined) {
		const { left } = clause;
		for (let open = left?.openParen ?? 0; open > 0; open--) tokens.push('(');
		if (left && 'operator' in left) tokens.push(left);
		if (left && 'closeParen' in left) for (let close = left.closeParen ?? 0; close > 0; close--) tokens.push(')');
		if ('operator' in clause) tokens.push(clause.operator);
	}
	return tokens;
}

function readGroup(tokens: Token[]): Condition {
	if (tokens[0] === 'NOT') {
		tokens.shift();
		return { kind: 'not', part: readOne(tokens) };
	}
	const first = readOne(tokens);
	const operator = tokens[0];
	if (operator !== 'AND' && operator !== 'OR') return first;
	const parts = [first];
	while (tokens[0] === operator) {
		tokens.shift();
		parts.push(readOne(tokens));
	}
	return { kind: operator === 'AND' ? 'and' : 'or', parts };
}

function readOne(tokens: Token[]): Condition {
	const token = tokens.shift();
	if (token === '(') {
		const group = readGroup(tokens);
		if (tokens[0] !== ')') throw unexpected(tokens[0]);
		tokens.shift();
		return group;
	}
	if (token === undefined || typeof token === 'string') throw unexpected(token);
	return { kind: 'test', test: token };
}

const unexpected = (token: Token | undefined) => malformedQuery(`unexpected token: ${typeof token === 'string' ? `'${token}'` : '<EOF>'}`);
