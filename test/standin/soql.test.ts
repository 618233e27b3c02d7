import fc from 'fast-check';
import { startStandin, type Org, type Standin } from './index';
import { runQuery } from './salesforce/soql/runQuery';

type Answered = ReadonlyArray<Record<string, unknown>>;

describe('SOQL', () => {
	let standin: Standin;
	let org: Org;
	const now = Date.parse('2026-03-10T12:00:00Z');

	const run = (soql: string, all = false) => runQuery({ org: org.context, userId: org.users[0].id, soql, all }, 'v65.0');
	const names = (where: string) => (run(`SELECT LastName FROM Lead WHERE ${where}`).records as Answered).map((record) => record.LastName);
	const failure = (soql: string) => {
		try {
			run(soql);
		} catch (error) {
			return error as { errorCode: string; message: string };
		}
		throw new Error(`${soql} was not refused`);
	};

	beforeAll(async () => {
		standin = await startStandin({ now: () => now });
		org = await standin.createOrg({ name: 'Acme' });
		const queue = org.addQueue('Web leads');
		org.insert('Lead', { LastName: 'Ada', Company: 'Analytical', Email: 'ada@x.org', Score__c: 10, Interests__c: 'Events;Product', Birthday__c: '2026-03-10', Demo_At__c: '2026-03-10T08:00:00Z', DoNotCall: true });
		org.insert('Lead', { LastName: 'Bob', Company: '50% off_', Score__c: 2.5, Interests__c: 'Newsletter', Birthday__c: '2026-03-03', Demo_At__c: '2026-03-09T23:59:59Z', OwnerId: queue });
		org.insert('Lead', { LastName: "O'Neil", Company: 'line\\back', Email: 'ONEIL@x.org' });
		org.remove('Lead', String(org.insert('Lead', { LastName: 'Gone', Company: 'Nowhere' }).Id));
	});
	afterAll(async () => await standin.close());

	it.each([
		["LastName = 'ADA'", ['Ada']],
		["Email = 'oneil@X.org'", ["O'Neil"]],
		["LastName = 'O\\'Neil'", ["O'Neil"]],
		["Company = 'line\\\\back'", ["O'Neil"]],
		["LastName != 'Ada'", ['Bob', "O'Neil"]],
		["Email != 'ada@x.org'", ['Bob', "O'Neil"]],
		['Email = null', ['Bob']],
		['Email != NULL', ['Ada', "O'Neil"]],
		["LastName IN ('ada', 'BOB')", ['Ada', 'Bob']],
		["LastName NOT IN ('ada')", ['Bob', "O'Neil"]],
		['Score__c > 2.5', ['Ada']],
		['Score__c >= 2.5 AND Score__c < 10', ['Bob']],
		['DoNotCall = true', ['Ada']],
		["Company LIKE '50\\%%'", ['Bob']],
		["Company LIKE '%off\\_'", ['Bob']],
		["LastName LIKE '_da'", ['Ada']],
		["Company LIKE '\\%'", []],
		["LastName LIKE '\\_da'", []],
		["(NOT LastName LIKE 'a%') AND Score__c != null", ['Bob']],
		["Interests__c INCLUDES ('Events;Product', 'Newsletter')", ['Ada', 'Bob']],
		["Interests__c EXCLUDES ('Events')", ['Bob', "O'Neil"]],
		['Birthday__c = TODAY', ['Ada']],
		['Birthday__c = LAST_N_DAYS:7', ['Ada', 'Bob']],
		['Birthday__c = LAST_WEEK', ['Bob']],
		['Birthday__c < 2026-03-10', ['Bob']],
		['Demo_At__c < TODAY', ['Bob']],
		['Demo_At__c >= 2026-03-10T09:00:00+01:00', ['Ada']],
		["Owner.Name = 'Web leads'", ['Bob']],
		["Full_Label__c = 'bob @ 50% off_'", ['Bob']],
		["(LastName = 'Ada' OR LastName = 'Bob') AND DoNotCall = false", ['Bob']],
		['Id IN (SELECT ConvertedContactId FROM Lead)', []],
		['SystemModstamp > 2026-03-10T12:00:00Z OR (SystemModstamp = 2026-03-10T12:00:00.000Z AND Score__c <> 10)', ['Bob', "O'Neil"]],
		["lastname = 'ada' and isdeleted = false", ['Ada']],
		["Owner.Type = 'Queue'", ['Bob']],
		["Lead.LastName = 'Ada'", ['Ada']],
	])('finds the leads WHERE %s', (where, expected) => {
		expect(names(where)).toEqual(expected);
	});

	it('takes an id in 15 characters and in any case of 18', () => {
		const id = String(org.rows('Lead')[0].Id);
		expect(names(`Id = '${id.slice(0, 15)}'`)).toEqual(['Ada']);
		expect(names(`Id = '${id.toUpperCase()}'`)).toEqual(['Ada']);
	});

	it('answers deleted rows only when all are asked for', () => {
		expect(run('SELECT COUNT() FROM Lead').totalSize).toBe(3);
		expect(run('SELECT COUNT() FROM Lead', true).totalSize).toBe(4);
	});

	it('nests parents, and shows one of several kinds as Name', () => {
		const [ada, bob] = run('SELECT Owner.Name, CreatedBy.Email, Owner.Id FROM Lead ORDER BY LastName').records as Answered;
		expect(ada).toMatchObject({ Owner: { attributes: { type: 'Name' }, Name: 'Ada Admin' }, CreatedBy: { attributes: { type: 'User' }, Email: org.users[0].email } });
		expect(bob).toMatchObject({ Owner: { Name: 'Web leads' } });
	});

	it('sorts nulls first unless told otherwise, then cuts', () => {
		const sorted = (order: string) => (run(`SELECT LastName FROM Lead ORDER BY ${order}`).records as Answered).map((record) => record.LastName);
		expect(sorted('Score__c')).toEqual(["O'Neil", 'Bob', 'Ada']);
		expect(sorted('Score__c DESC NULLS LAST')).toEqual(['Ada', 'Bob', "O'Neil"]);
		expect(sorted('LastName DESC LIMIT 1 OFFSET 1')).toEqual(['Bob']);
	});

	it('groups and counts', () => {
		expect(run('SELECT DoNotCall, COUNT(Id) n, MAX(Score__c) FROM Lead GROUP BY DoNotCall').records).toEqual([
			{ attributes: { type: 'AggregateResult' }, DoNotCall: true, n: 1, expr0: 10 },
			{ attributes: { type: 'AggregateResult' }, DoNotCall: false, n: 2, expr0: 2.5 },
		]);
	});

	it.each([
		['SELECT Id FROM Lead WHERE LastName = \'a\' AND LastName = \'b\' OR LastName = \'c\'', 'MALFORMED_QUERY', "unexpected token: 'OR'"],
		['SELECT Id FROM Lead WHERE DoNotCall = true AND NOT LastName = \'b\'', 'MALFORMED_QUERY', "unexpected token: 'NOT'"],
		['SELECT Id FROM Lead WHERE LastName = \'\\q\'', 'MALFORMED_QUERY', ''],
		['SELEC Id FROM Lead', 'MALFORMED_QUERY', "unexpected token: 'SELEC'"],
		['SELECT Id, Id FROM Lead', 'MALFORMED_QUERY', 'duplicate field selected: Id'],
		['SELECT Nope FROM Lead', 'INVALID_FIELD', "No such column 'Nope' on entity 'Lead'"],
		['SELECT Nope.Name FROM Lead', 'INVALID_FIELD', "Didn't understand relationship 'Nope' in field path"],
		['SELECT Id FROM Lead WHERE Address = \'x\'', 'INVALID_FIELD', "field 'Address' can not be filtered in a query call"],
		['SELECT Id FROM Lead WHERE Description = \'x\'', 'INVALID_FIELD', "field 'Description' can not be filtered in a query call"],
		['SELECT Id FROM Lead WHERE Score__c = \'1\'', 'INVALID_FIELD', 'must be of type double and should not be enclosed in quotes'],
		['SELECT Id FROM Lead WHERE LastName = 1', 'INVALID_FIELD', 'must be of type string and should be enclosed in quotes'],
		['SELECT Id FROM Lead WHERE Id = \'x\'', 'INVALID_QUERY_FILTER_OPERATOR', 'invalid ID field: x'],
		['SELECT Id FROM Leads', 'INVALID_TYPE', "sObject type 'Leads' is not supported"],
		['SELECT Id FROM Lead OFFSET 2001', 'NUMBER_OUTSIDE_VALID_RANGE', 'Maximum SOQL offset allowed is 2000'],
		[`SELECT Id FROM Lead WHERE LastName = '${'x'.repeat(4001)}'`, 'MALFORMED_QUERY', '4000 characters'],
		[`SELECT Id FROM Lead WHERE LastName IN (${"'x',".repeat(25_000)}'x')`, 'MALFORMED_QUERY', '100000 characters'],
	])('refuses %.60s with %s', (statement, errorCode, text) => {
		const error = failure(statement);
		expect(error.errorCode).toBe(errorCode);
		expect(error.message).toContain(text);
	});

	it('hides what field-level security hides, in SELECT and in WHERE', async () => {
		org.hideField('Lead', 'Score__c');
		expect(failure('SELECT Score__c FROM Lead').errorCode).toBe('INVALID_FIELD');
		expect(failure('SELECT Id FROM Lead WHERE Score__c = 1').errorCode).toBe('INVALID_FIELD');
		org.hideField('Lead', 'Score__c', { access: 'open' });
		expect(names('Score__c = 10')).toEqual(['Ada']);
	});

	it('finds any text again that was written with its escapes', () => {
		fc.assert(fc.property(fc.string({ minLength: 1, maxLength: 30, unit: 'binary' }).map((text) => text.trim()).filter((text) => text !== ''), (title) => {
			const id = String(org.insert('Lead', { LastName: 'Any', Company: 'Any', Title: title }).Id);
			const escaped = title.replace(/['\\]/g, '\\$&').replace(/\n/g, '\\n').replace(/\r/g, '\\r');
			const like = escaped.replace(/[%_]/g, '\\$&');
			expect(run(`SELECT Id FROM Lead WHERE Id = '${id}' AND Title = '${escaped}'`).totalSize).toBe(1);
			expect(run(`SELECT Id FROM Lead WHERE Id = '${id}' AND Title LIKE '${like}'`).totalSize).toBe(1);
			org.purge('Lead', id);
		}));
	});
});
