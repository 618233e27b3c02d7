import type { IExecuteFunctions, INodeExecutionData, INodeProperties } from 'n8n-workflow';
import { objectProperties } from '../../../src/n8n/entityOptions';
import { pushItems } from '../../../src/n8n/push/pushItems';
import { pushOptions } from './pushOptions';

const show = { operation: ['push'] };

/** What is asked for beside the credential. */
export const description: INodeProperties[] = [
	...objectProperties('What to write: leads, contacts, or any other standard or custom object', 'getObjects', show),
	{
		displayName: 'What to Do',
		name: 'mode',
		type: 'options',
		noDataExpression: true,
		options: [
			{ name: 'Create or Update', value: 'upsert', description: 'Create a new record, or update the current one if it already exists (upsert)' },
			{ name: 'Create Only', value: 'create', description: 'Create where none is found; a record that is already there is left alone and reported' },
			{ name: 'Update Only', value: 'update', description: 'Update the record that is found; an item without one is reported' },
		],
		default: 'upsert',
		displayOptions: { show },
	},
	{
		displayName: 'Fields',
		name: 'fields',
		type: 'resourceMapper',
		noDataExpression: true,
		default: { mappingMode: 'defineBelow', value: null },
		required: true,
		typeOptions: {
			loadOptionsDependsOn: ['connectWith', 'object'],
			resourceMapper: {
				resourceMapperMethod: 'getMappingFields',
				mode: 'upsert',
				valuesLabel: 'Values to Send',
				fieldWords: { singular: 'field', plural: 'fields' },
				addAllFields: true,
				multiKeyMatch: false,
				supportAutoMap: true,
				allowEmptyValues: true,
				matchingFieldsLabels: {
					title: 'Field to Match On',
					description: 'The field that finds a record which is already in the CRM. Spaces around it make no difference, and neither do capital letters unless the field itself is case-sensitive.',
					hint: 'The email for most forms',
				},
				noFieldsError: 'The fields could not be read. Run CRM Connection → Check Health with the same credential and object: it says whether the sign-in, the object or a right is missing.',
			},
		},
		displayOptions: { show },
	},
	{
		displayName: 'Dry Run',
		name: 'dryRun',
		type: 'boolean',
		default: false,
		displayOptions: { show },
		description: 'Whether to only show what would happen: everything is read, checked and decided, but nothing is written',
	},
	{ ...pushOptions, displayOptions: { show } },
];

/** Pushes all input items at once, because one request carries a thousand of them. */
export async function execute(context: IExecuteFunctions): Promise<INodeExecutionData[][]> {
	return await pushItems(context);
}
