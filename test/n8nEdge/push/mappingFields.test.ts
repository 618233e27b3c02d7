import type { FieldDescription, FieldType } from '../../../src/model/entity';
import { mappingFields } from '../../../src/n8n/push/mappingFields';
import { description, field } from './description';

const shown = (fields: readonly FieldDescription[]) => mappingFields(description(fields)).fields;
const one = (more: Partial<FieldDescription>) => shown([field('Foo', more)])[0];

describe('mappingFields', () => {
	it.each<[FieldType, string]>([
		['text', 'string'],
		['email', 'string'],
		['picklist', 'options'],
		['multipicklist', 'string'],
		['boolean', 'boolean'],
		['integer', 'number'],
		['decimal', 'number'],
		['date', 'string'],
		['datetime', 'dateTime'],
		['clocktime', 'string'],
		['time', 'string'],
		['reference', 'string'],
		['id', 'string'],
	])('shows %s as %s', (type, expected) => {
		expect(one({ type }).type).toBe(expected);
	});

	it('shows nothing that can never be written', () => {
		expect(shown([field('Blob', { type: 'other' })])).toEqual([]);
	});

	it('puts required fields first, then the match field, then the usual ones; read-only ones last and locked', () => {
		const fields = shown([field('Zip'), field('Sum', { createable: false, updateable: false, calculated: true }), field('Phone'), field('Email', { type: 'email' }), field('Must', { required: true }), field('Also', { required: true })]);
		expect(fields.map(({ id, removed, readOnly }) => `${id}${removed ? ' removed' : ''}${readOnly ? ' locked' : ''}`)).toEqual(['Also', 'Must', 'Email', 'Phone', 'Zip removed', 'Sum removed locked']);
	});

	it.each<[string, Partial<FieldDescription>, string]>([
		['that it is required', { required: true }, 'Foo (required)'],
		['the API name, where the label tells less', { label: 'Bar' }, 'Bar (Foo)'],
		['no API name that only repeats the label', { label: 'F oo' }, 'F oo'],
		['that it is read-only', { createable: false, updateable: false }, 'Foo (read-only)'],
		['that it is calculated', { createable: false, updateable: false, calculated: true }, 'Foo (read-only, calculated)'],
		['how an owner is named', { namedBy: 'owner' }, 'Foo (name, user name, e-mail, queue or ID)'],
		['that teams own, where they do', { namedBy: 'owner', ownedBy: 'team' }, 'Foo (name, user name, e-mail, team or ID)'],
		['how a record type is named', { namedBy: 'recordType' }, 'Foo (name or ID)'],
		['how a day is written', { type: 'date' }, 'Foo (YYYY-MM-DD)'],
		['how a time of every clock is written', { type: 'clocktime' }, 'Foo (YYYY-MM-DDTHH:MM, the same in every time zone)'],
		['the choices by label, where there may be several', { type: 'multipicklist', picklist: [{ value: '100000000', label: 'Hot' }, { value: '100000001', label: 'Cold' }] }, 'Foo (several of: Hot; Cold)'],
		['the values of choices whose labels do not tell them', { type: 'multipicklist', picklist: [{ value: '1', label: 'A; B' }, { value: '2', label: 'C' }, { value: '3', label: 'C' }] }, 'Foo (several of: 1; 2; 3)'],
	])('tells in the name %s', (_, more, displayName) => {
		expect(one(more).displayName).toBe(displayName);
	});

	it('gives the choices of a picklist by label, with the value to send', () => {
		expect(one({ type: 'picklist', picklist: [{ value: 'h', label: 'Hot' }] }).options).toEqual([{ name: 'Hot', value: 'h' }]);
		expect(one({}).options).toBeUndefined();
	});

	it('offers to match on what tells records apart', () => {
		const can = (more: Partial<FieldDescription>) => one(more).canBeUsedToMatch;
		expect([can({}), can({ type: 'email' }), can({ type: 'integer' }), can({ type: 'id', createable: false, updateable: false })]).toEqual([true, true, true, true]);
		expect([can({ filterable: false }), can({ type: 'boolean' }), can({ type: 'picklist' }), can({ type: 'datetime' })]).toEqual([false, false, false, false]);
	});

	it('proposes the e-mail to match on, else what is unique, never the id, which a new record cannot be given', () => {
		const proposed = (...fields: FieldDescription[]) => shown(fields).filter(({ defaultMatch }) => defaultMatch).map(({ id }) => id);
		const id = field('Id', { type: 'id', createable: false, updateable: false, unique: true });
		expect(proposed(id, field('Key', { externalId: true }), field('Email', { type: 'email' }), field('Mail', { type: 'email' }))).toEqual(['Email']);
		expect(proposed(id, field('Key', { externalId: true }))).toEqual(['Key']);
		expect(proposed(field('Name'), id)).toEqual([]);
	});
});
