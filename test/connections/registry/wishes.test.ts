import { activate, pause, remove, update } from '../../../src/connections/registry/wishes';
import type { ConnectionSettings } from '../../../src/connections/registry/registryTypes';
import type { Connection } from '../../../src/model/connection';
import { at, connection, start, stored } from './registryRecords';

const becomes = (value: Partial<Connection>) => ({ done: true, changes: { connections: [{ value: { ...connection, ...value }, basedOn: 3 }], signIns: [] } });
const updated = (settings: Partial<ConnectionSettings>) => update(stored(connection), settings);

describe('pause and activate', () => {
	it('pauses since now', () => expect(pause(stored(connection), at(5))).toEqual(becomes({ status: 'paused', statusSince: at(5) })));
	it('activates since now', () => expect(activate(stored({ ...connection, status: 'paused' }), at(5))).toEqual(becomes({ statusSince: at(5) })));
	it('leaves alone what is so already', () => {
		expect(pause(stored({ ...connection, status: 'paused' }), at(5))).toEqual({ done: true });
		expect(activate(stored(connection), at(5))).toEqual({ done: true });
	});
});

describe('remove', () => {
	it('keeps everything but the place in the list', () => expect(remove(stored(connection), at(5))).toEqual(becomes({ deletedAt: at(5) })));
	it('keeps a pause', () => expect(remove(stored({ ...connection, status: 'paused' }), at(5))).toEqual(becomes({ status: 'paused', deletedAt: at(5) })));
	it('keeps when it was deleted first', () => expect(remove(stored({ ...connection, deletedAt: start }), at(5))).toEqual({ done: true }));
});

describe('update', () => {
	it('changes what is given', () => {
		expect(updated({ name: '  Main \n org ', description: ' Ours\nalone ' })).toEqual(becomes({ name: 'Main org', description: 'Ours\nalone' }));
		expect(updated({ runAutomatically: false, apiBudgetPercent: 20 })).toEqual(becomes({ runAutomatically: false, apiBudgetPercent: 20 }));
		expect(update(stored({ ...connection, apiBudgetPercent: 20 }), { apiBudgetPercent: null })).toEqual(becomes({}));
	});

	it('stores nothing when nothing changes', () => {
		expect(updated({})).toEqual({ done: true });
		expect(updated({ name: 'Foo Corp', description: '', runAutomatically: true, apiBudgetPercent: null })).toEqual({ done: true });
	});

	it.each([['x'.repeat(100)], ['1'], ['&'], ['株式会社'], ['🙂']])('takes the name %j', (name) => expect(updated({ name })).toEqual(becomes({ name })));

	it.each([[''], [' \n '], ['\u200B'], ['x'.repeat(101)], ['a\u0000b'], ['a\u202Eb']])('refuses the name %j', (name) => {
		expect(updated({ name, runAutomatically: false })).toMatchObject({ done: false, words: expect.stringContaining('The name of the connection') as string });
	});

	it.each([['x'.repeat(1001)], ['a\u0007b']])('refuses a description that is too long or cannot be shown', (description) => {
		expect(updated({ description })).toMatchObject({ done: false, words: expect.stringContaining('The description of the connection') as string });
	});

	it.each([1, 100, null])('takes the budget %j', (apiBudgetPercent) => expect(updated({ apiBudgetPercent })).toMatchObject({ done: true }));

	it.each([0, 101, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses the budget %d and says what it is', (apiBudgetPercent) => {
		expect(updated({ apiBudgetPercent })).toEqual({
			done: false,
			words: `The API budget is ${apiBudgetPercent}, but it is a whole percentage from 1 to 100 of the calls that the CRM allows in a day.`,
			whatToDo: 'Give a number from 1 to 100, or none for no limit.',
		});
	});
});
