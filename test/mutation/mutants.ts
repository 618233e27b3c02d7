import ts from 'typescript';

/** One small mistake, put into a source file. */
export interface Mutant {
	/** What was broken, in words: the row or the expression, and how. */
	readonly words: string;
	/** From 1. */
	readonly line: number;
	/** The whole file with the mistake in it. */
	readonly source: string;
}

interface Edit {
	readonly node: ts.Node;
	/** What replaces the node's text. */
	readonly text: string;
	readonly words: string;
}

/**
 * All mistakes that are tried in a file. Rows of decision tables (objects in a list, with `when` and `then`) are taken out, turned into
 * their opposite, and given another row's outcome; rows of words, the last of which is the outcome, are taken out, given another one, and
 * made to fit anything in each place; the entries of a table of functions or texts are given their neighbour's. Elsewhere operators,
 * branches and conditions are turned round.
 */
export function mutantsOf(fileName: string, source: string): Mutant[] {
	const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.ES2023, true);
	const mutants: Mutant[] = [];
	const seen = new Set<string>();
	const visit = (node: ts.Node): void => {
		if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isImportDeclaration(node)) return;
		for (const edit of [...rowEdits(node), ...wordRowEdits(node), ...entryEdits(node), ...expressionEdits(node)]) {
			const start = edit.node.getStart(file);
			const mutated = source.slice(0, start) + edit.text + source.slice(edit.node.getEnd());
			if (mutated === source || seen.has(mutated)) continue;
			seen.add(mutated);
			mutants.push({ words: edit.words, line: file.getLineAndCharacterOfPosition(start).line + 1, source: mutated });
		}
		ts.forEachChild(node, visit);
	};
	visit(file);
	return mutants;
}

function property(row: ts.Expression, name: string): ts.Expression | undefined {
	if (!ts.isObjectLiteralExpression(row)) return undefined;
	return row.properties.filter(ts.isPropertyAssignment).find((candidate) => candidate.name.getText() === name)?.initializer;
}

function rowEdits(node: ts.Node): Edit[] {
	if (!ts.isArrayLiteralExpression(node) || !node.elements.some((row) => property(row, 'when'))) return [];
	const rows = node.elements;
	const texts = rows.map((row) => row.getText());
	const outcomes = [...new Set(rows.map((row) => property(row, 'then')!.getText()))];
	const table = (changed: readonly string[]) => `[${changed.join(', ')}]`;
	return rows.flatMap((row, at): Edit[] => {
		const [when, then] = [property(row, 'when')!, property(row, 'then')!];
		const name = `row ${at + 1} (${when.getText()})`;
		const next = outcomes[(outcomes.indexOf(then.getText()) + 1) % outcomes.length];
		return [
			{ node, text: table(texts.filter((_, place) => place !== at)), words: `${name} taken out` },
			{ node: when, text: `(...facts) => !(${when.getText()})(...facts)`, words: `${name} turned round` },
			{ node: then, text: next, words: `${name} with the outcome ${next}` },
		];
	});
}

const ANYTHING = "'*'";

/** Rows such as `['open', '*', 'new', 'createInCrm']`. */
function wordRowEdits(node: ts.Node): Edit[] {
	if (!ts.isArrayLiteralExpression(node) || node.elements.length < 2) return [];
	const rows = node.elements.filter(ts.isArrayLiteralExpression).filter((row) => row.elements.length > 2 && row.elements.every((cell) => ts.isStringLiteral(cell)));
	if (rows.length < node.elements.length) return [];
	const outcomes = [...new Set(rows.map((row) => row.elements.at(-1)!.getText()))];
	const mayBeAnything = (column: number) => rows.some((row) => row.elements[column].getText() === ANYTHING);
	return rows.flatMap((row, at): Edit[] => {
		const then = row.elements.at(-1)!;
		const name = `row ${at + 1} (${row.getText()})`;
		const next = outcomes[(outcomes.indexOf(then.getText()) + 1) % outcomes.length];
		const others = rows.filter((other) => other !== row).map((other) => other.getText());
		const cells = row.elements.slice(0, -1).filter((cell, column) => cell.getText() !== ANYTHING && mayBeAnything(column));
		return [
			{ node, text: `[${others.join(', ')}]`, words: `${name} taken out` },
			{ node: then, text: next, words: `${name} with the outcome ${next}` },
			...cells.map((cell) => ({ node: cell, text: ANYTHING, words: `${name} whatever is in the place of ${cell.getText()}` })),
		];
	});
}

/** Objects that hold functions only, or texts only. */
function entryEdits(node: ts.Node): Edit[] {
	if (!ts.isObjectLiteralExpression(node) || node.properties.length < 3) return [];
	const entries = node.properties.filter(ts.isPropertyAssignment);
	const values = entries.map(({ initializer }) => initializer);
	const areFunctions = values.every((value) => ts.isArrowFunction(value) || ts.isIdentifier(value)) && values.some(ts.isArrowFunction);
	if (entries.length !== node.properties.length || !(areFunctions || values.every((value) => ts.isStringLiteral(value)))) return [];
	const texts = [...new Set(values.map((value) => value.getText()))];
	return entries.map(({ name, initializer }) => {
		const text = texts[(texts.indexOf(initializer.getText()) + 1) % texts.length];
		const other = entries.find((entry) => entry.initializer.getText() === text)!;
		return { node: initializer, text, words: `${name.getText()} decides like ${other.name.getText()}` };
	});
}

const OPERATORS: Readonly<Record<string, string>> = {
	'===': '!==',
	'!==': '===',
	'&&': '||',
	'||': '&&',
	'>': '>=',
	'>=': '>',
	'<': '<=',
	'<=': '<',
	'+': '-',
	'-': '+',
	'*': '/',
	'&': '|',
	'|': '&',
};

function expressionEdits(node: ts.Node): Edit[] {
	if (ts.isBinaryExpression(node)) return operatorEdits(node);
	if (ts.isConditionalExpression(node)) {
		const text = `((${node.condition.getText()}) ? (${node.whenFalse.getText()}) : (${node.whenTrue.getText()}))`;
		return [{ node, text, words: `branches of "${node.condition.getText()} ?" exchanged` }];
	}
	if (ts.isIfStatement(node)) {
		const condition = node.expression.getText();
		return [
			{ node: node.expression, text: 'false', words: `"if (${condition})" never` },
			{ node: node.expression, text: 'true', words: `"if (${condition})" always` },
		];
	}
	if (ts.isPrefixUnaryExpression(node) && node.operator === ts.SyntaxKind.ExclamationToken) {
		return [{ node, text: `!!${node.operand.getText()}`, words: `"${node.getText()}" without its not` }];
	}
	if (node.kind === ts.SyntaxKind.TrueKeyword || node.kind === ts.SyntaxKind.FalseKeyword) {
		const flipped = node.kind === ts.SyntaxKind.TrueKeyword ? 'false' : 'true';
		return [{ node, text: flipped, words: `${node.getText()} became ${flipped}` }];
	}
	return [];
}

function operatorEdits(node: ts.BinaryExpression): Edit[] {
	const operator = node.operatorToken.getText();
	const [left, right] = [node.left.getText(), node.right.getText()];
	if (operator === '??') return [{ node, text: `((${right}) ?? (${left}))`, words: `"${node.getText()}" the other way round` }];
	const other = OPERATORS[operator];
	return other ? [{ node, text: `((${left}) ${other} (${right}))`, words: `"${node.getText()}" with ${other}` }] : [];
}
