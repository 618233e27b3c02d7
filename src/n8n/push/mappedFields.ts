import type { IExecuteFunctions, INodeExecutionData } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';
import type { EntityDescription } from '../../model/entity';
import type { PushSettings } from '../../sync/push/pushTypes';
import { htmlText } from '../htmlText';
import { automaticFields, type FieldMapping } from './fieldMapping';

const SHOWN_NAMES = 10;

/**
 * The fields that the items give values to. An automatic mapping tells in a hint which properties of the items it cannot use.
 *
 * @throws NodeOperationError when an automatic mapping misses the match field by its spelling alone.
 */
export function mappedFields(
	context: IExecuteFunctions,
	items: readonly INodeExecutionData[],
	mapping: FieldMapping,
	settings: PushSettings,
	description: EntityDescription,
): readonly string[] {
	if (mapping.kind === 'manual') return Object.keys(mapping.rows);
	const { mapped, unused } = automaticFields(items, description, settings);
	const near = mapped.includes(settings.matchField) ? undefined : unused.find((name) => folded(name) === folded(settings.matchField));
	if (near !== undefined) {
		throw new NodeOperationError(context.getNode(), `The items have no ${settings.matchField}, the field to match on, but ${near}.`, {
			description: `Automatic mapping takes a property only under the exact name of the CRM's field: rename ${near} to ${settings.matchField}, or map each field by hand.`,
		});
	}
	if (unused.length > 0) context.addExecutionHints({ message: htmlText(unusedMessage(unused, description)), type: 'info', location: 'outputPane' });
	return mapped;
}

function unusedMessage(unused: readonly string[], { label }: EntityDescription): string {
	return `Not sent, because ${label} has no field of that name that can be written: ${unused.slice(0, SHOWN_NAMES).join(', ')}${unused.length > SHOWN_NAMES ? ' …' : ''}`;
}

function folded(name: string): string {
	return name.toLowerCase().replace(/[^a-z0-9]/g, '');
}
