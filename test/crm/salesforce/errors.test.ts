import fc from 'fast-check';
import { CrmError } from '../../../src/model/crmError';
import { recordError, requestError, signInError } from '../../../src/crm/salesforce/errors/toCrmError';
import { leadId } from './ScriptedHttp';

/** Every row of the tables of codes: kind, whether another try may help within seconds, and what the message must show. */
const rows: ReadonlyArray<readonly [code: string, message: string, fields: readonly string[], kind: string, transient: boolean, shown: string]> = [
	['REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName]', ['LastName'], 'validation', false, 'LastName'],
	['REQUIRED_FIELD_MISSING', 'Required fields are missing: [LastName, Company]', [], 'validation', false, 'LastName, Company'],
	['FIELD_CUSTOM_VALIDATION_EXCEPTION', 'Give a phone, please!', ['Phone'], 'validation', false, 'Give a phone, please!'],
	['INVALID_FIELD', "No such column 'Foo__c' on sobject of type Lead", [], 'validation', false, 'Foo__c'],
	['INVALID_FIELD_FOR_INSERT_UPDATE', 'Unable to create/update fields: Name.', ['Name'], 'validation', false, 'Name'],
	['INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST', 'bad value for restricted picklist field: Gold', ['Level__c'], 'validation', false, 'Level__c'],
	['STRING_TOO_LONG', 'First Name: data value too large: x (max length=40)', ['FirstName'], 'validation', false, 'FirstName'],
	['NUMBER_OUTSIDE_VALID_RANGE', 'too big', ['Score__c'], 'validation', false, 'Score__c'],
	['INVALID_EMAIL_ADDRESS', 'Email: invalid email address: x', ['Email'], 'validation', false, 'Email'],
	['DUPLICATE_VALUE', `duplicate value found: Ext__c duplicates value on record with id: ${leadId(7)}`, ['Ext__c'], 'conflict', false, leadId(7)],
	['DUPLICATES_DETECTED', 'Use one of these records?', [], 'conflict', false, 'Use one of these records?'],
	['DUPLICATE_EXTERNAL_ID', 'found more than one', [], 'conflict', false, 'several records'],
	['UNABLE_TO_LOCK_ROW', 'unable to obtain exclusive access to this record', [], 'conflict', true, 'saving'],
	['ENTITY_IS_LOCKED', 'entity is locked', [], 'conflict', false, 'approval'],
	['ENTITY_IS_DELETED', 'entity is deleted', [], 'notFound', false, 'recycle bin'],
	['CANNOT_UPDATE_CONVERTED_LEAD', 'cannot reference converted lead', [], 'conflict', false, 'converted'],
	['CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', 'LeadTrigger: execution of BeforeInsert\n\ncaused by: System.NullPointerException', [], 'validation', false, 'caused by: System.NullPointerException'],
	['INSUFFICIENT_ACCESS_OR_READONLY', 'insufficient access rights on object id', [], 'permission', false, 'may not save'],
	['INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY', 'insufficient access rights on cross-reference id', ['OwnerId'], 'permission', false, 'OwnerId'],
	['INVALID_CROSS_REFERENCE_KEY', 'invalid cross reference id', ['OwnerId'], 'notFound', false, 'OwnerId'],
	['MALFORMED_ID', 'Owner ID: id value of incorrect type: x', ['OwnerId'], 'validation', false, 'OwnerId'],
	['STORAGE_LIMIT_EXCEEDED', 'storage limit exceeded', [], 'permission', false, 'full'],
	['DELETE_FAILED', 'Your attempt to delete X could not be completed', [], 'conflict', false, 'refers to it'],
	['INACTIVE_OWNER_OR_USER', 'operation performed with inactive user', [], 'validation', false, 'deactivated'],
	['SERVER_UNAVAILABLE', 'busy', [], 'unavailable', true, 'busy'],
	['UNKNOWN_EXCEPTION', 'ErrorId 123', [], 'unavailable', true, 'ErrorId 123'],
	['QUERY_TIMEOUT', 'Your query request was running for too long.', [], 'unavailable', true, 'too long'],
];

describe('failures of one record', () => {
	it.each(rows)('%s (%s)', (statusCode, message, fields, kind, transient, shown) => {
		const error = recordError({ success: false, errors: [{ statusCode, message, fields }] });
		expect(error).toMatchObject({ kind, transient, code: statusCode });
		expect(error.message).toContain(shown);
		expect(error.message).not.toMatch(/[{}\n]/);
		for (const field of fields) expect(error.fields).toContain(field);
	});

	it.each(['duplicateResult', 'duplicateResut'])('names the records that a duplicate rule found, spelled %s', (key) => {
		const matchRecords = [1, 2].map((at) => ({ record: { attributes: {}, Id: leadId(at).slice(0, 15) } }));
		const error = recordError({ success: false, errors: [{ statusCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?', fields: [], [key]: { matchResults: [{ matchRecords }] } }] });
		expect(error.message).toBe(`A duplicate rule of your Salesforce org found records like this one: ${leadId(1)}, ${leadId(2)}. It says: Use one of these records?`);
		expect(error.existingIds).toEqual([leadId(1), leadId(2)]);
	});

	it('names no record where a duplicate rule shows none, and says nothing twice', () => {
		const error = recordError({ success: false, errors: [{ statusCode: 'DUPLICATES_DETECTED', message: 'Use one of these records?', fields: [] }] });
		expect(error.message).toBe('A duplicate rule of your Salesforce org found records like this one. It says: Use one of these records?');
		expect(error.existingIds).toBeUndefined();
	});

	const duplicates = `duplicate value found: Ext__c duplicates value on record with id: ${leadId(7).slice(0, 15)}`;
	it.each([
		[duplicates, ['Ext__c'], `Another record already has this value in Ext__c, which must be unique. Existing record: ${leadId(7)}.`, [leadId(7)]],
		[duplicates, [], `Another record already has this value. Existing record: ${leadId(7)}.`, [leadId(7)]],
		['duplicate value found: <unknown> duplicates value on record with id: <unknown>', [], 'Another record already has this value. Salesforce said: duplicate value found: duplicates value on record with id:', undefined],
	])('words the unique value of %j %j', (message, fields, words, existingIds) => {
		expect(recordError({ success: false, errors: [{ statusCode: 'DUPLICATE_VALUE', message, fields }] })).toMatchObject({ message: words, existingIds });
	});

	it.each(rows.map(([code]) => code))('words %s without a field, a text or anything', (statusCode) => {
		for (const said of ['', 'Said so.']) {
			const { message } = recordError({ errors: [{ statusCode, message: said, fields: [] }] });
			expect(message).not.toMatch(/[[\]{}|]|no field|\(\)|undefined| [.:,]|\s$/);
			expect(message.split('Said so.').length).toBeLessThanOrEqual(2);
		}
	});

	it('takes the id in the text of an automation for no record that stands in the way', () => {
		expect(recordError({ errors: [{ statusCode: 'CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY', message: duplicates, fields: [] }] }).existingIds).toBeUndefined();
	});

	it("shows Salesforce's own words for a code that nobody knows", () => {
		expect(recordError({ errors: [{ statusCode: 'NEW_IN_2027', message: 'Something new.' }] })).toMatchObject({ kind: 'validation', code: 'NEW_IN_2027', message: 'Salesforce refused the record: Something new.' });
	});
});

describe('failures of a request', () => {
	it.each([
		[401, 'INVALID_SESSION_ID', 'Session expired or invalid', 'auth', false, /sign in again/i],
		[401, 'INVALID_SESSION_ID', 'This session is not valid for use with the REST API', 'auth', false, /signing in again does not help/],
		[403, 'REQUEST_LIMIT_EXCEEDED', 'TotalRequests Limit exceeded.', 'throttled', false, /wait/i],
		[403, 'REQUEST_LIMIT_EXCEEDED', 'ConcurrentRequests (Concurrent API Requests) Limit exceeded.', 'throttled', true, /fewer workflows/],
		[403, 'API_DISABLED_FOR_ORG', 'The REST API is not enabled for this Organization.', 'permission', false, /edition.*"API Enabled"/],
		[404, 'NOT_FOUND', 'The requested resource does not exist', 'notFound', false, /access/],
		[410, 'UNSUPPORTED_API_VERSION', 'gone', 'validation', false, /update the package/i],
		[400, 'INVALID_TYPE', "sObject type 'X' is not supported.", 'notFound', false, /object/],
		[503, 'SERVER_UNAVAILABLE', 'busy', 'unavailable', true, /later/],
		[500, 'APEX_ERROR', 'System.NullPointerException', 'unavailable', true, /later/],
	] as const)('%i %s (%s) is %s', (status, errorCode, message, kind, transient, remedy) => {
		const error = requestError(status, [{ errorCode, message }]);
		expect(error).toMatchObject({ kind, transient, code: errorCode, httpStatus: status });
		expect(error.remedy).toMatch(remedy);
	});

	it.each([
		[300, 'conflict', false],
		[401, 'auth', false],
		[403, 'permission', false],
		[404, 'notFound', false],
		[412, 'conflict', false],
		[429, 'throttled', true],
		[500, 'unavailable', true],
		[502, 'unavailable', true],
		[503, 'unavailable', true],
		[504, 'unavailable', true],
		[400, 'validation', false],
		[418, 'validation', false],
		[302, 'unavailable', false],
	])('%i without a code is %s', (status, kind, transient) => {
		const error = requestError(status, '<!DOCTYPE html><html><body>secret stack</body></html>');
		expect(error).toMatchObject({ kind, transient, httpStatus: status });
		expect(error.message).not.toMatch(/<|html|stack/);
	});

	it('knows the bare code of userinfo as a refused sign-in', () => {
		expect(requestError(403, 'Bad_OAuth_Token')).toMatchObject({ kind: 'auth', httpStatus: 403, code: 'Bad_OAuth_Token' });
	});

	it('shows no token, whatever the text says', () => {
		const error = requestError(400, [{ errorCode: 'X', message: 'with 00Dx0000000BV7z!AR8AQAxo9UfVkh8AlV0Gomt9Czx9LjHnSSpwBMmbRcgKFmxOtvxjTrKW19ye6PE3Ds1eQz3z8jr3W7_VbWmEu4Q8TVGSTHxs in it' }]);
		expect(error.message).not.toContain('AR8AQ');
	});

	it('is a CrmError for any body', () => {
		fc.assert(
			fc.property(fc.integer({ min: 300, max: 599 }), fc.oneof(fc.anything(), fc.jsonValue()), (status, body) => {
				expect(requestError(status, body)).toBeInstanceOf(CrmError);
				expect(recordError(body)).toBeInstanceOf(CrmError);
			}),
		);
	});
});

describe('failures of the sign-in', () => {
	it.each([
		['invalid_grant', 'expired access/refresh token', /sign in again/i],
		['invalid_grant', 'inactive user', /activated/],
		['invalid_grant', 'ip restricted', /IP range/],
		['invalid_grant', "user hasn't approved this consumer", /pre-authorize/],
		['invalid_client_id', 'client identifier invalid', /consumer key/],
		['invalid_client', 'invalid client credentials', /consumer secret/],
		['brand_new', 'whatever', undefined],
	])('%s: %s', (code, description, remedy) => {
		const error = signInError(code, description);
		expect(error).toMatchObject({ kind: 'auth', code });
		if (remedy) expect(error.remedy).toMatch(remedy);
	});
});
