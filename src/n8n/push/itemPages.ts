import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import type { PushItem } from '../../sync/push/pushTypes';
import type { FieldMapping } from './fieldMapping';
import { UnreadableValue } from '../../sync/values/unreadableValue';
import { followPath, itemPathOf } from './plainExpression';
import { takingTurns } from './turns';

/** Items matched and written together: 1,000 fill one composite request of five collections. */
const ITEMS_PER_PAGE = 1_000;

type ReadValue = (item: INodeExecutionData, itemIndex: number) => unknown;

/**
 * Turns input items into push items, page by page, resolving the mapping's expressions as it goes. n8n's evaluation is slow and
 * blocks the whole instance, so plain references are resolved here and the others in slices that yield to the event loop.
 */
export async function* itemPages(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	mapping: FieldMapping,
	mapped: readonly string[],
): AsyncGenerator<readonly PushItem[]> {
	const readers = readersOf(context, mapping, mapped);
	const letOthers = takingTurns();
	for (let start = 0; start < items.length; start += ITEMS_PER_PAGE) {
		const page: PushItem[] = [];
		for (let index = start; index < Math.min(items.length, start + ITEMS_PER_PAGE); index++) {
			page.push({ index, values: readItem(readers, items[index], index) });
			await letOthers();
		}
		yield page;
	}
}

function readItem(readers: ReadonlyMap<string, ReadValue>, item: INodeExecutionData, index: number): Record<string, unknown> {
	const values: Record<string, unknown> = {};
	for (const [name, read] of readers) values[name] = read(item, index);
	return values;
}

function readersOf(context: IExecuteFunctions, mapping: FieldMapping, mapped: readonly string[]): Map<string, ReadValue> {
	if (mapping.kind === 'automatic') return new Map(mapped.map((name) => [name, ({ json }) => (Object.hasOwn(json, name) ? json[name] : undefined)]));
	return new Map(mapped.map((name) => [name, readerOf(context, mapping.rows[name])]));
}

function readerOf(context: IExecuteFunctions, raw: unknown): ReadValue {
	if (typeof raw !== 'string' || !raw.startsWith('=')) return () => raw;
	const path = itemPathOf(raw);
	const evaluate: ReadValue = (_item, index) => evaluated(context, raw.slice(1), index);
	if (!path) return evaluate;
	return (item, index) => {
		const found = followPath(item.json, path);
		return found === 'elsewhere' ? evaluate(item, index) : found.value;
	};
}

/** An expression that fails for one item is that item's problem alone. */
function evaluated(context: IExecuteFunctions, expression: string, index: number): unknown {
	try {
		return context.evaluateExpression(expression, index);
	} catch (error) {
		return new UnreadableValue(`its expression failed: ${error instanceof Error ? error.message : String(error)}`);
	}
}
