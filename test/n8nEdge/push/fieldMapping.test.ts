import { NodeOperationError, type IExecuteFunctions } from 'n8n-workflow';

import type { EntityDescription, FieldDescription } from '../../../src/model/entity';
import { automaticFields, matchFieldOf, readFieldMapping } from '../../../src/n8n/push/fieldMapping';
import { strictContext } from '../../n8n/strictContext';
import { description, field } from './description';

const read = (fields: unknown) =>
	readFieldMapping(strictContext<IExecuteFunctions>({ getNode: () => ({ name: 'Push', type: 'crmLeadSync', typeVersion: 1, parameters: { fields } }) }), 'fields');
const manual = (value: unknown, more: object = {}) => ({ mappingMode: 'defineBelow', value, matchingColumns: ['Email'], schema: [], ...more });

describe('readFieldMapping', () => {
	it('takes the rows as they are stored, expressions unread', () => {
		expect(read(manual({ Email: '={{ $json.mail }}', NumberOfEmployees: 0, DoNotCall: false, Phone: '1' }))).toEqual({
			kind: 'manual',
			rows: { Email: '={{ $json.mail }}', NumberOfEmployees: 0, DoNotCall: false, Phone: '1' },
			matchField: 'Email',
		});
	});

	it('leaves out rows without a value, and those that were taken out', () => {
		const schema = [{ id: 'Phone', removed: true }, { id: 'Email', removed: false }];
		expect(read(manual({ Email: 'a', Phone: '1', A: '', B: null, C: undefined, D: '=' }, { schema }))).toMatchObject({ rows: { Email: 'a' } });
		expect(Object.keys((read(manual({ Email: 'a', Phone: '1', A: '' }, { schema })) as { rows: object }).rows)).toEqual(['Email']);
	});

	it.each([undefined, {}, { mappingMode: 'defineBelow', value: null }])('reads %j, which a new node has, as no rows', (fields) => {
		expect(read(fields)).toEqual({ kind: 'manual', rows: {}, matchField: undefined });
	});

	it('reads an automatic mapping, whatever rows are left from before', () => {
		expect(read({ mappingMode: 'autoMapInputData', value: { Email: 'x' }, matchingColumns: ['Phone'] })).toEqual({ kind: 'automatic', matchField: 'Phone' });
	});

	it('refuses one expression for the whole mapping', () => {
		expect(() => read('={{ $json }}')).toThrow(NodeOperationError);
	});
});

describe('matchFieldOf', () => {
	const match = (fields: readonly FieldDescription[], matchField?: string) => matchFieldOf({ kind: 'automatic', matchField }, description(fields));

	it('takes the chosen field, else the e-mail, else what is unique', () => {
		const unique = field('Key', { unique: true });
		const email = field('Email', { type: 'email' });
		expect(match([unique, email], 'Phone')).toBe('Phone');
		expect(match([unique, email])).toBe('Email');
		expect(match([field('Name'), unique])).toBe('Key');
		expect(match([field('Name'), field('Ext', { externalId: true })])).toBe('Ext');
		expect(match([field('Name'), field('Email', { type: 'email', filterable: false })])).toBe('');
	});
});

describe('automaticFields', () => {
	const entity: EntityDescription = description([field('Email'), field('Id', { createable: false, updateable: false }), field('Locked', { createable: false, updateable: false }), field('Once', { updateable: false })]);
	const items = [{ json: { Email: 1, other: 2 } }, { json: { Once: 1, Locked: 2, Id: 3, email: 4 } }];

	it('finds the fields that any item has, and names what it cannot use', () => {
		expect(automaticFields(items, entity, { matchField: 'Email', mode: 'upsert' })).toEqual({ mapped: ['Email', 'Once'], unused: ['other', 'Locked', 'Id', 'email'] });
	});

	it('leaves out what this push cannot write', () => {
		expect(automaticFields(items, entity, { matchField: 'Email', mode: 'update' })).toEqual({ mapped: ['Email'], unused: ['other', 'Once', 'Locked', 'Id', 'email'] });
		const blob = description([field('Blob', { type: 'other' })]);
		expect(automaticFields([{ json: { Blob: 'x' } }], blob, { matchField: 'Email', mode: 'upsert' })).toEqual({ mapped: [], unused: ['Blob'] });
	});

	it('uses a read-only field to match on', () => {
		expect(automaticFields(items, entity, { matchField: 'Id', mode: 'upsert' }).mapped).toEqual(['Email', 'Once', 'Id']);
	});

	it('takes nothing from no items, and nothing inherited', () => {
		expect(automaticFields([], entity, { matchField: 'Email', mode: 'upsert' })).toEqual({ mapped: [], unused: [] });
		expect(automaticFields([{ json: {} }], description([field('toString')]), { matchField: '', mode: 'upsert' })).toEqual({ mapped: [], unused: [] });
	});
});
