import { parseQuery } from '@jetstreamapp/soql-parser-js';
import fc from 'fast-check';
import { fieldLiteral } from '../../../src/crm/salesforce/soql/fieldLiteral';
import { statementsOf, soqlOf, halved } from '../../../src/crm/salesforce/soql/searchStatement';
import { soqlLiteral } from '../../../src/crm/salesforce/soql/soqlLiteral';

/** Undoes the escapes that Salesforce documents, independent of how they were made. */
function unescaped(literal: string): string {
	const named: Record<string, string> = { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f' };
	return literal.slice(1, -1).replace(/\\(?:u([0-9a-fA-F]{4})|(.))/gs, (_, code: string | undefined, letter: string) => (code === undefined ? (named[letter] ?? letter) : String.fromCharCode(parseInt(code, 16))));
}

function literalsParsed(soql: string): unknown {
	const where = parseQuery(soql).where;
	return where && 'value' in where.left! ? where.left.value : undefined;
}

const hard = ["O'Brien", '100%', 'a_b', 'back\\slash', "\\' OR Name != '", 'line\r\nbreak', '\u2028', 'Zoë 学 🎈', '"', "')--", '\u0000\u001f', 'tab\t', "' OR Id IN (SELECT Id FROM User) OR Email = '"];

describe('soqlLiteral', () => {
	it.each(hard)('keeps %j one literal of the same value', (text) => {
		expect(literalsParsed(`SELECT Id FROM Lead WHERE Email IN (${soqlLiteral(text)},'end')`)).toEqual([soqlLiteral(text), "'end'"]);
		expect(unescaped(soqlLiteral(text))).toBe(text);
	});

	it('leaves nothing that a composite request would take for a reference', () => {
		expect(soqlLiteral('a@{part0.id}')).toBe("'a@\\u007bpart0.id}'");
		expect(unescaped(soqlLiteral('a@{part0.id}{'))).toBe('a@{part0.id}{');
	});

	it('keeps any text one literal of the same value', () => {
		const text = fc.oneof(fc.string({ unit: 'binary' }), fc.string({ unit: fc.constantFrom(...`\\'"\n\r()%_,;uU0`) }));
		fc.assert(
			fc.property(text, (value) => {
				expect(unescaped(soqlLiteral(value))).toBe(value.toWellFormed());
				expect(soqlLiteral(value)).toMatch(/^'(?:[^'\\\n\r]|\\.)*'$/u);
				expect(literalsParsed(`SELECT Id FROM Lead WHERE Email IN (${soqlLiteral(value)})`)).toEqual([soqlLiteral(value)]);
			}),
		);
	});
});

describe('fieldLiteral', () => {
	it.each([
		['text', 5, "'5'"],
		['date', '2026-01-31', '2026-01-31'],
		['date', "2026-01-31' OR", undefined],
		['datetime', '2013-05-07T22:07:19.000+0000', '2013-05-07T22:07:19.000Z'],
		['datetime', '2013-05-07T22:07:19+02:00', '2013-05-07T20:07:19.000Z'],
		['datetime', 'yesterday', undefined],
		['integer', '12', '12'],
		['decimal', '1.50', '1.50'],
		['decimal', '1 OR 1=1', undefined],
		['decimal', NaN, undefined],
		['boolean', 'TRUE', 'true'],
		['boolean', 'maybe', undefined],
		['id', 'a00D0000008pQRA', "'a00D0000008pQRAIA2'"],
		['id', 'no id', undefined],
		['text', null, undefined],
		['text', '', undefined],
		['text', 'x'.repeat(4000), undefined],
	] as const)('as %s writes %j as %s', (type, value, literal) => {
		expect(fieldLiteral(value, type)).toBe(literal);
	});
});

describe('statementsOf', () => {
	it('leaves out nothing, repeats nothing and stays within the length', () => {
		const write = (list: string) => `SELECT Id FROM Lead WHERE Email IN ${list}`;
		fc.assert(
			fc.property(fc.array(fc.string({ maxLength: 1200 }), { maxLength: 80 }), (values) => {
				const literals = values.map(soqlLiteral);
				const statements = statementsOf({ write }, literals);
				expect(statements.flatMap((statement) => statement.literals)).toEqual(literals);
				for (const statement of statements) {
					expect(statement.literals.length).toBeGreaterThan(0);
					if (statement.literals.length > 1) expect(encodeURIComponent(soqlOf(statement)).length).toBeLessThanOrEqual(15_000);
					expect(halved(statement).flatMap((half) => half.literals)).toEqual(statement.literals.length > 1 ? statement.literals : []);
				}
			}),
		);
	});
});
