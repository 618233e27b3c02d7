import type { IDataObject, IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { EntityDescription } from '../../model/entity';
import { isWritable } from '../../sync/push/fieldUse';
import type { PushSettings } from '../../sync/push/pushTypes';
import { defaultMatchField } from './matchField';

/** The mapping as the person made it, before any item is looked at. */
export type FieldMapping =
	| { readonly kind: 'manual'; readonly rows: Readonly<Record<string, unknown>>; readonly matchField?: string }
	| { readonly kind: 'automatic'; readonly matchField?: string };

interface StoredMapping {
	readonly mappingMode?: string;
	readonly value?: IDataObject | null;
	readonly matchingColumns?: readonly string[];
	readonly schema?: ReadonlyArray<{ readonly id: string; readonly removed?: boolean }>;
}

/**
 * Reads the resource mapper's stored parameter. The stored text is used, not n8n's evaluation of it, which turns an empty text on a
 * number into 0 and drops `null`. A row that was left empty is not mapped; only an expression can mean "empty".
 *
 * @throws NodeOperationError when the whole mapping is one expression, which would differ from item to item.
 */
export function readFieldMapping(context: IExecuteFunctions, parameter: string): FieldMapping {
	const stored = context.getNode().parameters[parameter] as StoredMapping | string | undefined;
	if (typeof stored === 'string') {
		throw new NodeOperationError(context.getNode(), 'The field mapping cannot be one expression.', {
			description: 'Switch the Fields parameter back to Fixed and give each field its own value or expression.',
		});
	}
	const matchField = stored?.matchingColumns?.[0];
	if (stored?.mappingMode === 'autoMapInputData') return { kind: 'automatic', matchField };
	const removed = new Set((stored?.schema ?? []).filter((field) => field.removed === true).map(({ id }) => id));
	const rows = Object.entries(stored?.value ?? {}).filter(([name, raw]) => !removed.has(name) && isMapped(raw));
	return { kind: 'manual', rows: Object.fromEntries(rows), matchField };
}

function isMapped(raw: unknown): boolean {
	return raw !== undefined && raw !== null && raw !== '' && raw !== '=';
}

/** The field to match on: the chosen one, or the usual one of the entity; empty where there is none. */
export function matchFieldOf(mapping: FieldMapping, description: EntityDescription): string {
	return mapping.matchField ?? defaultMatchField(description) ?? '';
}

/**
 * The fields of the entity that an automatic mapping finds in the items, and the item properties that it has no field for. Properties
 * that name a field which this push cannot write count as unused, but the match field only has to be found by.
 */
export function automaticFields(
	items: readonly INodeExecutionData[],
	{ fields }: EntityDescription,
	{ matchField, mode }: Pick<PushSettings, 'matchField' | 'mode'>,
): { readonly mapped: string[]; readonly unused: string[] } {
	const used = new Set(fields.filter((field) => isWritable(field, mode) || field.name === matchField).map(({ name }) => name));
	const names = new Set(items.flatMap(({ json }) => Object.keys(json)));
	return { mapped: [...names].filter((name) => used.has(name)), unused: [...names].filter((name) => !used.has(name)) };
}
