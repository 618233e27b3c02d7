import type { IExecuteFunctions } from 'n8n-workflow';
import { IANAZone } from 'luxon';
import { NodeOperationError } from 'n8n-workflow';
import type { ConvertedPolicy, EmptyValuePolicy, TargetPolicy, WriteMode } from '../../sync/push/pushTypes';
import type { PushParameters } from './pushToCrm';
import { sameForAllItems } from './sameForAllItems';
import { oneOf, yesOrNo } from './settingValue';

/** An option that is not set counts as its default; one whose expression gives nothing is a mistake all the same. */
type Options = Readonly<Record<string, unknown>>;

const modes: readonly WriteMode[] = ['upsert', 'create', 'update'];
const emptyValues: readonly EmptyValuePolicy[] = ['leave', 'clear'];
const targets: readonly TargetPolicy[] = ['needsAttention', 'create', 'skip', 'updateTarget'];
const converted: readonly ConvertedPolicy[] = ['needsAttention', 'updateTarget'];

/**
 * Reads the parameters of Push to CRM; what is not set means what can do no harm.
 *
 * @throws NodeOperationError for a parameter that cannot be what an expression made of it, or that differs from item to item.
 */
export async function readPushParameters(context: IExecuteFunctions): Promise<PushParameters> {
	const options = (await sameForAllItems(context, 'options', {})) as Options;
	const option = (name: string, label: string, fallback: unknown) => ({ label, value: Object.hasOwn(options, name) ? options[name] : fallback });
	return {
		mappingParameter: 'fields',
		failAfterwards: yesOrNo(context, option('failAfterwards', 'Fail Afterwards', false)),
		settings: {
			entity: objectName(context, await sameForAllItems(context, 'object', '')),
			mode: oneOf(context, { label: 'What to Do', value: await sameForAllItems(context, 'mode', 'upsert') }, modes),
			emptyValues: oneOf(context, option('emptyValues', 'Empty Values', 'leave'), emptyValues),
			converted: oneOf(context, option('converted', 'When the Lead Was Converted (Qualified)', 'needsAttention'), converted),
			target: oneOf(context, option('target', 'When the E-Mail Belongs to a Contact', 'needsAttention'), targets),
			write: {
				runAssignmentRules: yesOrNo(context, option('runAssignmentRules', 'Run Assignment Rules', false)),
				saveDespiteDuplicateAlert: yesOrNo(context, option('saveDespiteDuplicateAlert', 'Save Despite Duplicate Rules', false)),
			},
			timeZone: timeZone(context, options.timeZone),
			dryRun: yesOrNo(context, { label: 'Dry Run', value: await sameForAllItems(context, 'dryRun', false) }),
		},
	};
}

function objectName(context: IExecuteFunctions, object: unknown): string {
	if (typeof object === 'string' && object.trim() !== '') return object.trim();
	throw new NodeOperationError(context.getNode(), 'No object is chosen.', { description: 'Choose what to write, such as Lead.' });
}

function timeZone(context: IExecuteFunctions, chosen: unknown): string {
	const zone = String(chosen ?? '').trim() || context.getTimezone();
	if (IANAZone.isValidZone(zone)) return zone;
	throw new NodeOperationError(context.getNode(), `"${zone}" is not a time zone.`, {
		description: 'Write it as Europe/Paris or America/New_York, or leave it empty to use the time zone of the workflow.',
	});
}
