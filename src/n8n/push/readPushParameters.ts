import type { IExecuteFunctions } from 'n8n-workflow';
import { IANAZone } from 'luxon';
import { NodeOperationError } from 'n8n-workflow';
import type { ConvertedPolicy, EmptyValuePolicy, TargetPolicy, WriteMode } from '../../sync/push/pushTypes';
import type { PushParameters } from './pushToCrm';
import { sameForAllItems } from './sameForAllItems';

interface StoredOptions {
	readonly emptyValues?: EmptyValuePolicy;
	readonly converted?: ConvertedPolicy;
	readonly target?: TargetPolicy;
	readonly runAssignmentRules?: boolean;
	readonly saveDespiteDuplicateAlert?: boolean;
	readonly failAfterwards?: boolean;
	readonly timeZone?: string;
}

/**
 * Reads the parameters of Push to CRM; what is not set means what can do no harm.
 *
 * @throws NodeOperationError for an object or time zone that cannot be one, or a parameter that differs from item to item.
 */
export async function readPushParameters(context: IExecuteFunctions): Promise<PushParameters> {
	const options = (await sameForAllItems(context, 'options', {})) as StoredOptions;
	return {
		mappingParameter: 'fields',
		failAfterwards: options.failAfterwards ?? false,
		settings: {
			entity: objectName(context, await sameForAllItems(context, 'object', '')),
			mode: (await sameForAllItems(context, 'mode', 'upsert')) as WriteMode,
			emptyValues: options.emptyValues ?? 'leave',
			converted: options.converted ?? 'needsAttention',
			target: options.target ?? 'needsAttention',
			write: {
				runAssignmentRules: options.runAssignmentRules ?? false,
				saveDespiteDuplicateAlert: options.saveDespiteDuplicateAlert ?? false,
			},
			timeZone: timeZone(context, options.timeZone),
			dryRun: (await sameForAllItems(context, 'dryRun', false)) as boolean,
		},
	};
}

function objectName(context: IExecuteFunctions, object: unknown): string {
	if (typeof object === 'string' && object.trim() !== '') return object.trim();
	throw new NodeOperationError(context.getNode(), 'No object is chosen.', { description: 'Choose what to write, such as Lead.' });
}

function timeZone(context: IExecuteFunctions, chosen = ''): string {
	const zone = chosen.trim() || context.getTimezone();
	if (IANAZone.isValidZone(zone)) return zone;
	throw new NodeOperationError(context.getNode(), `"${zone}" is not a time zone.`, {
		description: 'Write it as Europe/Paris or America/New_York, or leave it empty to use the time zone of the workflow.',
	});
}
