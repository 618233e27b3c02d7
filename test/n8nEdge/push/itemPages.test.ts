import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';

import type { FieldMapping } from '../../../src/n8n/push/fieldMapping';
import { itemPages } from '../../../src/n8n/push/itemPages';
import type { PushItem } from '../../../src/sync/push/pushTypes';
import { UnreadableValue } from '../../../src/sync/values/unreadableValue';
import { strictContext } from '../../n8n/strictContext';
import { n8nValue } from './n8nExpression';

/** The pages of the items, and how many expressions n8n had to evaluate. */
async function pagesOf(jsons: readonly IDataObject[], mapping: FieldMapping, mapped?: readonly string[]): Promise<{ pages: Array<readonly PushItem[]>; evaluated: number }> {
	let evaluated = 0;
	const context = strictContext<IExecuteFunctions>({
		evaluateExpression: (expression: string, index: number) => {
			evaluated += 1;
			return n8nValue(`=${expression}`, jsons[index]);
		},
	});
	const pages = [];
	for await (const page of itemPages(context, jsons.map((json) => ({ json })), mapping, mapped ?? Object.keys((mapping as { rows?: object }).rows ?? {}))) pages.push(page);
	return { pages, evaluated };
}
const manual = (rows: Record<string, unknown>): FieldMapping => ({ kind: 'manual', rows });
const numbered = (count: number): IDataObject[] => Array.from({ length: count }, (_, n) => ({ n, name: `Name ${n}` }));

describe('itemPages', () => {
	it('keeps the order and the place of every item, in pages of a thousand', async () => {
		const { pages } = await pagesOf(numbered(2_001), manual({ N: '={{ $json.n }}' }));
		expect(pages.map(({ length }) => length)).toEqual([1_000, 1_000, 1]);
		expect(pages.flat().every(({ index, values }, at) => index === at && values.N === at)).toBe(true);
		expect((await pagesOf([], manual({ N: 1 }))).pages).toEqual([]);
	});

	it('asks n8n only for what is more than a name', async () => {
		const rows = { A: '={{ $json.name }}', B: 'fixed', C: 5, D: false, E: '={{ $json.name.length }}', F: '={{ $json.n + 1 }}' };
		const { pages, evaluated } = await pagesOf([{ n: 1, name: 'abc' }], manual(rows));
		expect(pages).toEqual([[{ index: 0, values: { A: 'abc', B: 'fixed', C: 5, D: false, E: 3, F: 2 } }]]);
		expect(evaluated).toBe(2);
	});

	it('makes an expression that fails the problem of its item alone', async () => {
		const { pages } = await pagesOf([{ when: '2026-01-01' }, { when: 'never' }, { when: '2026-01-03' }], manual({ Day: '={{ $json.when.toDateTime().day }}' }));
		const days = pages.flat().map(({ values }) => values.Day);
		expect(days).toEqual([1, expect.any(UnreadableValue), 3]);
		expect((days[1] as UnreadableValue).reason).toContain('its expression failed: cannot convert');
	});

	it('takes of an automatic mapping what the item itself has', async () => {
		const { pages, evaluated } = await pagesOf([{ A: null, B: '={{ 1 }}' }, { C: 1 }], { kind: 'automatic' }, ['A', 'B', 'toString']);
		expect(pages).toEqual([[{ index: 0, values: { A: null, B: '={{ 1 }}', toString: undefined } }, { index: 1, values: { A: undefined, B: undefined, toString: undefined } }]]);
		expect(evaluated).toBe(0);
	});

	it('lets others have their turn while it works out thousands of expressions', async () => {
		let turns = 0;
		let over = false;
		const turn = (): void => {
			turns += 1;
			if (!over) setImmediate(turn);
		};
		setImmediate(turn);
		const { evaluated } = await pagesOf(numbered(3_000), manual({ A: '={{ $json.name.toUpperCase() }}', B: '={{ $json.n + 1 }}' }));
		over = true;
		expect(evaluated).toBe(6_000);
		expect(turns).toBeGreaterThan(3);
	}, 60_000);
});
