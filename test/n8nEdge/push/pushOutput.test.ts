import { needsAttention, pushMessage, pushOutputItem, summary } from '../../../src/n8n/push/pushOutput';
import { pushResult } from '../../../src/sync/push/pushResult';
import type { PushStatus } from '../../../src/sync/push/pushTypes';

const context = { adapter: { recordUrl: (entity: string, id: string) => `https://crm/${entity}/${id}` }, entityLabel: 'Interessent', entity: 'Lead', dryRun: false };
const input = { json: { Email: 'a@foo.example' } };
const statuses: PushStatus[] = ['created', 'updated', 'unchanged', 'skipped', 'refused', 'needsAttention', 'uncertain'];

describe('pushOutputItem', () => {
	it('links to the record and is paired with its input item', () => {
		const item = pushOutputItem(pushResult(7, 'updated', { record: { entity: 'Lead', id: '1' }, changedFields: ['Phone'], leftOutFields: ['Fax'] }), input, context);
		expect(item).toEqual({
			json: { result: 'updated', message: 'Updated the Interessent.', object: 'Lead', recordId: '1', recordUrl: 'https://crm/Lead/1', changedFields: ['Phone'], dryRun: false, leftOutFields: ['Fax'] },
			pairedItem: { item: 7 },
		});
	});

	it('brings along the input, every problem with its code, and every candidate with its link, where somebody must look', () => {
		const problems = [{ field: 'Email', reason: 'Email is odd.', remedy: 'Mend it.', code: 'ODD' }, { reason: 'And so on.' }];
		const candidates = [{ entity: 'Contact', id: '2' }, { entity: 'Lead', id: '3' }];
		expect(pushOutputItem(pushResult(0, 'needsAttention', { problems, candidates }), input, context).json).toEqual({
			result: 'needsAttention',
			message: 'Needs a decision. Email is odd. And so on.',
			object: 'Lead',
			recordId: null,
			recordUrl: null,
			changedFields: [],
			dryRun: false,
			problems: [problems[0], { field: null, reason: 'And so on.', code: null, remedy: null }],
			candidates: [
				{ object: 'Contact', recordId: '2', recordUrl: 'https://crm/Contact/2' },
				{ object: 'Lead', recordId: '3', recordUrl: 'https://crm/Lead/3' },
			],
			input: input.json,
		});
	});

	it('keeps the input to itself where all is well', () => {
		const kept = statuses.map((status) => 'input' in pushOutputItem(pushResult(0, status), input, context).json);
		expect(kept).toEqual(statuses.map((status) => needsAttention(pushResult(0, status))));
		expect(statuses.filter((status) => needsAttention(pushResult(0, status)))).toEqual(['refused', 'needsAttention', 'uncertain']);
	});

	it('names a contact that was written instead', () => {
		expect(pushMessage(pushResult(0, 'updated', { record: { entity: 'Contact', id: '1' } }), context)).toBe('Updated the Contact.');
	});

	it('says in a dry run what would happen', () => {
		const dry = statuses.map((status) => pushMessage(pushResult(0, status), { ...context, dryRun: true }));
		expect(dry.slice(0, 3)).toEqual(['Would create an Interessent.', 'Would update the Interessent.', 'The Interessent is already up to date.']);
	});
});

describe('summary', () => {
	it('counts what there is, most telling first', () => {
		const results = (['refused', 'created', 'needsAttention', 'created', 'uncertain', 'unchanged', 'skipped', 'updated'] as const).map((status, index) => pushResult(index, status));
		expect(summary(results)).toBe('2 created, 1 updated, 1 unchanged, 1 skipped, 1 waiting for a decision, 1 refused, 1 uncertain');
		expect(summary(Array.from({ length: 1_200 }, (_, index) => pushResult(index, 'created')))).toBe('1,200 created');
		expect(summary([])).toBe('');
	});
});
