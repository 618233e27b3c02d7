import fc from 'fast-check';
import { columnLiteral } from '../../../src/crm/dynamics/odata/columnLiteral';
import { searchPaths } from '../../../src/crm/dynamics/odata/searchPaths';
import { parseFilter } from '../../standin/dataverse/query/parseFilter';
import { law } from '../../sync/laws/law';

const search = (literals: readonly string[]) => ({ setName: 'leads', select: ['leadid', 'emailaddress1'], names: ['emailaddress1'], literals });
const filterOf = (path: string) => new URL(path, 'https://x').searchParams.get('$filter') ?? '';

test.each<[Parameters<typeof columnLiteral>[0], Parameters<typeof columnLiteral>[1], string | undefined]>([
	["O'Brien", 'text', "'O''Brien'"],
	["x' or subject ne '", 'email', "'x'' or subject ne '''"],
	['\ud800', 'text', "'\ufffd'"],
	['a\0b', 'text', undefined],
	['', 'text', undefined],
	[null, 'text', undefined],
	['x'.repeat(4_001), 'text', undefined],
	[17, 'text', "'17'"],
	['{1F0C8A55-4A0E-4C39-9F3C-1D2E3F405162}', 'id', '1f0c8a55-4a0e-4c39-9f3c-1d2e3f405162'],
	["1f0c8a55' or 'a' eq 'a", 'reference', undefined],
	['3', 'picklist', '3'],
	['3 or 1 eq 1', 'picklist', undefined],
	['1;2', 'multipicklist', undefined],
	['TRUE', 'boolean', 'true'],
	['yes', 'boolean', undefined],
	[-3, 'integer', '-3'],
	['1.5', 'integer', undefined],
	[1.25, 'decimal', '1.25'],
	['1e5', 'decimal', undefined],
	['2026-01-31', 'date', '2026-01-31'],
	['2026-01-31 or', 'date', undefined],
	['2026-01-31T10:00:00+02:00', 'datetime', '2026-01-31T08:00:00.000Z'],
	['2026-01-31', 'datetime', undefined],
	['2026-01-31T10:00:00', 'clocktime', '2026-01-31T10:00:00Z'],
	['2026-01-31T10:00:00+02:00', 'clocktime', undefined],
	['10:00', 'time', undefined],
	['x', 'other', undefined],
])('%p in a column of %s is %p', (value, type, literal) => {
	expect(columnLiteral(value, type)).toBe(literal);
});

const texts = fc.array(fc.string({ unit: 'binary', minLength: 1, maxLength: 40 }).filter((text) => !text.includes('\0')), { minLength: 1, maxLength: 30 });

law('whatever the text, a filter compares with it and says nothing else', texts, (wanted) => {
	const literals = wanted.map((text) => columnLiteral(text, 'text') ?? '');
	const compared = searchPaths(search(literals)).flatMap((path) => {
		const filter = parseFilter(filterOf(path));
		return 'or' in filter ? filter.or : [filter];
	});
	expect(compared).toEqual(wanted.map((text) => ({ compare: 'eq', left: { path: ['emailaddress1'] }, right: { literal: { kind: 'text', value: text.toWellFormed() } } })));
});

test('many values are spread over addresses that Dataverse takes', () => {
	const literals = Array.from({ length: 1_000 }, (_, at) => `'person.${at}@example.com'`);
	const paths = searchPaths(search(literals));
	expect(paths.length).toBeLessThanOrEqual(6);
	for (const path of paths) {
		expect(path.length).toBeLessThan(20_000);
		expect(filterOf(path).split(' or ').length).toBeLessThanOrEqual(300);
	}
	expect(paths.flatMap((path) => filterOf(path).match(/'[^']*'/g))).toEqual(literals);
});

test('however short the values, and whatever is asked of each, no address has more conditions than Dataverse takes', () => {
	const literals = Array.from({ length: 1_000 }, (_, at) => `${at}`);
	const conditions = (names: readonly string[]) => searchPaths({ ...search(literals), names }).map((path) => filterOf(path).split(' or ').length);
	expect(conditions(['a'])).toEqual([300, 300, 300, 100]);
	expect(conditions(['a', 'b', 'c'])).toEqual(Array<number>(10).fill(300));
});

test('no values are no search, a long one has an address of its own, and a condition beside holds for all', () => {
	expect(searchPaths(search([]))).toEqual([]);
	expect(searchPaths(search([`'${'ä'.repeat(3_000)}'`, "'b'"]))).toHaveLength(2);
	expect(filterOf(searchPaths({ ...search(["'a'"]), names: ['x', 'y'], also: 'isdisabled eq false' })[0])).toBe("isdisabled eq false and (x eq 'a' or y eq 'a')");
});
