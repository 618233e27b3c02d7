import type { IDataObject, IExecuteFunctions } from 'n8n-workflow';
import { NodeOperationError } from 'n8n-workflow';

import type { OpenRun } from '../../../src/n8n/runs/inRun';
import { CrmError } from '../../../src/model/crmError';
import { describeObject } from '../../../src/n8n/push/describeObject';
import { pushToCrm } from '../../../src/n8n/push/pushToCrm';
import { readPushParameters } from '../../../src/n8n/push/readPushParameters';
import { refuseAll } from '../../../src/n8n/push/refuseAll';
import { strictContext } from '../../n8n/strictContext';

const defaults = { object: 'Lead', mode: 'upsert', dryRun: false, options: {} };

function contextOf(parameters: IDataObject = {}, more: object = {}): IExecuteFunctions {
	const given: IDataObject = { ...defaults, ...parameters };
	return strictContext<IExecuteFunctions>({
		getNode: () => ({ name: 'Push', type: 'crmLeadSync', typeVersion: 1, parameters: given, ...more }),
		getNodeParameter: (name: string, _item: number, fallback?: unknown) => (name in given ? given[name] : fallback),
		getTimezone: () => 'Europe/Paris',
		getInputData: () => [{ json: { a: 1 } }],
		isToolExecution: () => false,
	});
}

describe('readPushParameters', () => {
	it('means by what is not set what can do no harm', async () => {
		expect(await readPushParameters(contextOf())).toEqual({
			mappingParameter: 'fields',
			failAfterwards: false,
			settings: {
				entity: 'Lead',
				mode: 'upsert',
				emptyValues: 'leave',
				converted: 'needsAttention',
				target: 'needsAttention',
				write: { runAssignmentRules: false, saveDespiteDuplicateAlert: false },
				timeZone: 'Europe/Paris',
				dryRun: false,
			},
		});
	});

	it('reads every option', async () => {
		const options = { emptyValues: 'clear', converted: 'updateTarget', target: 'skip', runAssignmentRules: true, saveDespiteDuplicateAlert: true, failAfterwards: true, timeZone: ' America/New_York ' };
		const { settings, failAfterwards } = await readPushParameters(contextOf({ object: ' Contact ', mode: 'create', dryRun: true, options }));
		expect(failAfterwards).toBe(true);
		expect(settings).toEqual({ entity: 'Contact', mode: 'create', emptyValues: 'clear', converted: 'updateTarget', target: 'skip', write: { runAssignmentRules: true, saveDespiteDuplicateAlert: true }, timeZone: 'America/New_York', dryRun: true });
	});

	it('understands yes and no in words, as expressions give them', async () => {
		const { settings, failAfterwards } = await readPushParameters(contextOf({ dryRun: 'True', options: { runAssignmentRules: 'false', failAfterwards: ' true ' } }));
		expect([settings.dryRun, settings.write.runAssignmentRules, failAfterwards]).toEqual([true, false, true]);
	});

	it.each<[IDataObject, string]>([
		[{ dryRun: 'maybe' }, 'Dry Run cannot be "maybe".'],
		[{ dryRun: 0 }, 'Dry Run cannot be "0".'],
		[{ dryRun: null }, 'Dry Run cannot be "null".'],
		[{ mode: 'delete' }, 'What to Do cannot be "delete".'],
		[{ options: { emptyValues: 'Clear' } }, 'Empty Values cannot be "Clear".'],
		[{ options: { emptyValues: undefined } }, 'Empty Values cannot be empty.'],
		[{ options: { target: 'toString' } }, 'When the E-Mail Belongs to a Contact cannot be "toString".'],
		[{ options: { converted: 'create' } }, 'When the Lead Was Converted (Qualified) cannot be "create".'],
		[{ options: { runAssignmentRules: 'no' } }, 'Run Assignment Rules cannot be "no".'],
		[{ options: { timeZone: 5 } }, '"5" is not a time zone.'],
	])('takes nothing for a setting that it cannot understand: %j', async (parameters, message) => {
		await expect(readPushParameters(contextOf(parameters))).rejects.toThrow(message);
	});

	it.each([[{ object: ' ' }, 'No object is chosen.'], [{ object: 5 }, 'No object is chosen.'], [{ options: { timeZone: 'CEST' } }, '"CEST" is not a time zone.']])('refuses %j', async (parameters, message) => {
		await expect(readPushParameters(contextOf(parameters))).rejects.toThrow(message);
	});
});

describe('pushToCrm', () => {
	it('asks the CRM nothing without items', async () => {
		const context = strictContext<IExecuteFunctions>({ getInputData: () => [] });
		expect(await pushToCrm(context, strictContext<OpenRun>({}), await readPushParameters(contextOf()))).toEqual([[], []]);
	});
});

describe('describeObject', () => {
	const failing = (error: Error) => describeObject({ describe: async () => await Promise.reject(error) }, 'Nothing__c');

	it('names the object that does not exist, and keeps the CRM\'s code', async () => {
		await expect(failing(new CrmError('notFound', { message: 'No.', code: 'NOT_FOUND', httpStatus: 404 }))).rejects.toMatchObject({ kind: 'notFound', code: 'NOT_FOUND', message: expect.stringContaining('"Nothing__c"') });
	});

	it('leaves every other failure as it is', async () => {
		const error = new CrmError('permission', { message: 'No.' });
		await expect(failing(error)).rejects.toBe(error);
	});
});

describe('refuseAll', () => {
	const error = new NodeOperationError({ id: '1', name: 'Push', type: 'crmLeadSync', typeVersion: 1, position: [0, 0], parameters: {} }, 'No.', { description: 'Do this.' });
	const details = { result: 'refused', problems: [{ field: null, reason: 'No.', code: null, remedy: 'Do this.' }], input: { a: 1 } };

	it('puts every item on Needs Attention', () => {
		expect(refuseAll(contextOf(), error)).toEqual([[], [{ json: { error: 'No.', message: 'Not written: No.', ...details }, pairedItem: { item: 0 } }]]);
	});

	it('forms the items so that n8n moves them, where there is an error output', () => {
		expect(refuseAll(contextOf({}, { onError: 'continueErrorOutput' }), error)[1]).toEqual([{ json: { error: 'No.', message: 'Not written: No.', details }, pairedItem: { item: 0 } }]);
	});

	it('puts them on the first output for an AI agent', () => {
		expect(refuseAll(contextOf({}, { type: 'crmLeadSyncTool' }), error)[1]).toEqual([]);
	});
});
