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
 * their opposite, and given another row's outcome, as are the entries of a table of functions; elsewhere operators, branches and
 * conditions are turned round.
 */
export function mutantsOf(fileName: string, source: string): Mutant[] {
	const file = ts.createSourceFile(fileName, source, ts.ScriptTarget.ES2023, true);
	const mutants: Mutant[] = [];
	const seen = new Set<string>();
	const visit = (node: ts.Node): void => {
		if (ts.isTypeNode(node) || ts.isInterfaceDeclaration(node) || ts.isImportDeclaration(node)) return;
		for (const edit of [...rowEdits(node), ...functionTableEdits(node), ...expressionEdits(node)]) {
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

function functionTableEdits(node: ts.Node): Edit[] {
	if (!ts.isObjectLiteralExpression(node) || node.properties.length < 3) return [];
	const entries = node.properties.filter(ts.isPropertyAssignment);
	if (entries.length !== node.properties.length || !entries.every(({ initializer }) => ts.isArrowFunction(initializer))) return [];
	return entries.map(({ name, initializer }, at) => {
		const other = entries[(at + 1) % entries.length];
		return { node: initializer, text: other.initializer.getText(), words: `${name.getText()} decides like ${other.name.getText()}` };
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
		const text = `${node.condition.getText()} ? ${node.whenFalse.getText()} : ${node.whenTrue.getText()}`;
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
	if (operator === '??') return [{ node, text: `(${right} ?? ${left})`, words: `"${node.getText()}" the other way round` }];
	const other = OPERATORS[operator];
	return other ? [{ node, text: `(${left} ${other} ${right})`, words: `"${node.getText()}" with ${other}` }] : [];
}
