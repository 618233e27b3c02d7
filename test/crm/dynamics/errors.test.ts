import { failureIn } from '../../../src/crm/dynamics/errors/dataverseFailure';
import { requestError, wasUndone } from '../../../src/crm/dynamics/errors/toCrmError';

const body = (code: string, message = 'said so') => ({ error: { code, message } });
const error = (status: number, given: unknown, headers: Record<string, string> = {}) => requestError({ status, headers, body: given, origin: 'https://acme.crm4.dynamics.com' });

test.each<[number, string, object]>([
	[403, '0x80072560', { kind: 'auth', reason: 'no-run-as-user', remedy: expect.stringContaining('Application users') }],
	[403, '0x80040225', { kind: 'auth', reason: 'user-inactive' }],
	[403, '0x8004D24B', { kind: 'auth', reason: 'user-inactive', code: '0x8004d24b' }],
	[403, '0x8004a104', { kind: 'unavailable', reason: 'maintenance', transient: false }],
	[403, '0x80095ffe', { kind: 'auth', reason: 'ip-restricted' }],
	[403, '0x80040220', { kind: 'permission', remedy: expect.stringContaining('security role') }],
	[403, '0x8004f507', { kind: 'permission' }],
	[429, '0x80072322', { kind: 'throttled', transient: true }],
	[429, '-2147015902', { kind: 'throttled', code: '0x80072322' }],
	[429, '0x80072321', { kind: 'throttled' }],
	[429, '0x80072326', { kind: 'throttled' }],
	[404, '0x80040217', { kind: 'notFound' }],
	[404, '0x80060891', { kind: 'notFound' }],
	[404, '0x80060888', { kind: 'notFound' }],
	[400, '0x80060888', { kind: 'validation' }],
	[412, '0x80060882', { kind: 'conflict', message: expect.stringContaining('changed in Dynamics 365 in the meantime') }],
	[412, '0x80040333', { kind: 'conflict' }],
	[500, '0x80040333', { kind: 'conflict', replyLost: false }],
	[412, '0x80060892', { kind: 'conflict' }],
	[400, '0x80040265', { kind: 'validation', message: expect.stringContaining('said so') }],
	[500, '0x80040224', { kind: 'validation', transient: false, replyLost: false, message: expect.stringMatching(/plug-in.*said so/) }],
	[500, '0x80044150', { kind: 'validation', transient: false, message: expect.stringContaining('The database of Dynamics 365 refused the record. It said: said so') }],
	[500, '0x80044151', { kind: 'unavailable', transient: true }],
	[400, '0x80044352', { kind: 'validation', remedy: 'Read everything once.' }],
	[400, '0x80072491', { kind: 'validation', message: expect.stringContaining('Change tracking is off') }],
	[500, '0x80040216', { kind: 'unavailable', transient: true, replyLost: false }],
	[500, '0x80048d19', { kind: 'unavailable', transient: true }],
	[400, '0x12345678', { kind: 'validation', message: expect.stringContaining('said so') }],
	[503, '0x12345678', { kind: 'unavailable', replyLost: false }],
	[403, 'nonsense', { kind: 'permission', code: 'nonsense' }],
])('%i with %s is told in words', (status, code, expected) => {
	expect(error(status, body(code))).toMatchObject({ name: 'CrmError', httpStatus: status, ...expected });
});

test.each<[number, unknown, object]>([
	[401, undefined, { kind: 'auth', reason: 'token-refused', message: expect.stringContaining('another environment') }],
	[302, '', { kind: 'unavailable', message: expect.stringContaining('renamed or moved') }],
	[404, '<!DOCTYPE html><html>', { kind: 'unavailable', remedy: expect.stringContaining('address of the environment') }],
	[403, '<html><body>Forbidden</body></html>', { kind: 'unavailable' }],
	[404, undefined, { kind: 'notFound' }],
	[502, '<html>Bad Gateway</html>', { kind: 'unavailable', replyLost: true, transient: true }],
	[504, undefined, { kind: 'unavailable', replyLost: true }],
	[500, { Message: 'An error has occurred.' }, { kind: 'unavailable', replyLost: true }],
	[400, { Message: 'The request is invalid.' }, { kind: 'validation', message: expect.stringContaining('The request is invalid.') }],
	[400, 'plain words', { kind: 'validation', message: expect.stringContaining('plain words') }],
	[400, [], { kind: 'validation' }],
	[413, '<html>', { kind: 'validation' }],
	[504, body('GatewayTimeout'), { kind: 'unavailable', code: 'GatewayTimeout', replyLost: true, transient: true }],
	[500, body(''), { kind: 'unavailable', replyLost: true }],
	[408, { error: { code: 408, message: 'late' } }, { kind: 'unavailable', replyLost: true }],
	[501, body('', 'not implemented'), { kind: 'validation', replyLost: false }],
	[418, null, { kind: 'validation' }],
])('%i with %p is told in words', (status, given, expected) => {
	expect(error(status, given)).toMatchObject({ name: 'CrmError', ...expected });
});

test('a refusal that names another address blames the address', () => {
	const refused = (resource: string) => error(401, undefined, { 'www-authenticate': `Bearer authorization_uri=https://login.microsoftonline.com/t/oauth2/authorize, resource_id=${resource}` }).reason;
	expect([refused('https://acme.crm4.dynamics.com/'), refused('https://other.crm4.dynamics.com/'), refused('nonsense')]).toEqual(['token-refused', 'audience-refused', 'token-refused']);
});

test.each<[string | undefined, object]>([
	['7', { retryAfterMs: 7_000, transient: true }],
	['60', { retryAfterMs: 60_000, transient: true }],
	['61', { retryAfterMs: 61_000, transient: false }],
	['99999999', { retryAfterMs: undefined, transient: true }],
	['soon', { retryAfterMs: undefined, transient: true }],
	['-1', { retryAfterMs: undefined, transient: true }],
	[undefined, { retryAfterMs: undefined, transient: true }],
])('Retry-After %p', (given, expected) => {
	const { retryAfterMs, transient } = error(429, body('0x80072322'), given === undefined ? {} : { 'retry-after': given });
	expect({ retryAfterMs, transient }).toEqual(expected);
});

test('who is to wait for long is told how long', () => {
	expect(error(429, body('0x80072322'), { 'retry-after': '181' }).message).toMatch(/ It asks to wait for 4 minutes\.$/);
	expect(error(429, body('0x80072322'), { 'retry-after': '5' }).message).not.toContain('wait');
});

test.each([
	["A validation error occurred.  The length of the 'jobtitle' attribute of the 'lead' entity exceeded the maximum allowed length of '100'.", ['jobtitle']],
	["A validation error occurred. The value 99 of 'leadsourcecode' on record of type 'lead' is outside the valid range.", ['leadsourcecode']],
	["Attribute 'new_badge' of entity 'lead' cannot be set to NULL.", ['new_badge']],
	["The property 'x' does not exist on type 'Microsoft.Dynamics.CRM.lead'.", ['x']],
	['Something else.', []],
])('%s blames %p', (message, fields) => {
	expect(failureIn(body('0x80040203', message))?.fields).toEqual(fields);
});

test('a closed record is a conflict, other bad arguments are not', () => {
	expect(error(400, body('0x80040203', "You can't update this lead because it is read-only. Reactivate it first."))).toMatchObject({ kind: 'conflict', remedy: expect.stringContaining('Reactivate') });
	expect(error(400, body('0x80040203', 'You should specify a parent contact or account.'))).toMatchObject({ kind: 'validation' });
});

test.each<[string, object]>([
	['Generic SQL error. Sql Number: 1205', { kind: 'conflict', transient: true, replyLost: false }],
	['Transaction was deadlocked on lock resources', { kind: 'conflict', transient: true }],
	['Generic SQL error. Sql Number: 12050', { kind: 'validation', transient: false }],
	['Generic SQL error. Sql Number: 547', { kind: 'validation', transient: false, replyLost: false }],
	['Generic SQL error. Sql Number: 10054', { kind: 'unavailable', transient: true, replyLost: true }],
	['Generic SQL error. Sql Number: -2', { kind: 'unavailable', replyLost: true }],
])('of the failures of the database, %s is told apart', (message, expected) => {
	expect(error(500, body('0x80044150', message))).toMatchObject(expected);
});

test('only what Dataverse itself undid counts as undone', () => {
	expect([error(500, body('0x80044150')), error(500, body('0x80040333')), error(500, body('0x80044150', 'Sql Number: 10054')), error(500, body('0x80040216')), error(500, '<html>')].map(wasUndone)).toEqual([true, true, false, false, false]);
});

test('no token, no markup and no endless text reach a message', () => {
	const { message } = error(400, body('0x80040265', `<b>no</b> eyJhbGciOi.eyJhdWQiOi.c2lnbmF0dXJl ${'x'.repeat(900)}\n`));
	expect(message).not.toMatch(/eyJ|<b>|\n/);
	expect(message.length).toBeLessThan(700);
});
