import type { StateStoreError } from '../../src/model/stateStoreError';
import { toPostgresError } from '../../src/store/postgres/postgresErrors';
import { Undo } from '../../src/store/sql/undo';

function told(code: string | undefined, message = 'secret detail'): StateStoreError {
	return toPostgresError(Object.assign(new Error(message), { code })) as StateStoreError;
}

it.each([
	['53100', 'full'],
	['53300', 'unreachable'],
	['57P01', 'unreachable'],
	['08006', 'unreachable'],
	['57014', 'locked'],
	['55P03', 'locked'],
	['40P01', 'locked'],
	['28P01', 'misconfigured'],
	['3D000', 'misconfigured'],
	['42501', 'misconfigured'],
	['XX001', 'corrupt'],
	['42P01', 'failed'],
	['ECONNREFUSED', 'unreachable'],
	['ENOTFOUND', 'unreachable'],
	['ERR_INVALID_URL', 'misconfigured'],
	['SELF_SIGNED_CERT_IN_CHAIN', 'misconfigured'],
])('tells %s as %s, with the code', (code, failure) => {
	expect(told(code)).toMatchObject({
		name: 'StateStoreError',
		failure,
		message: expect.stringContaining(code),
		remedy: expect.stringMatching(/\.$/),
	});
});

it.each([
	['Connection terminated unexpectedly', 'unreachable'],
	['timeout exceeded when trying to connect', 'unreachable'],
	['Query read timeout', 'unreachable'],
	['The server does not support SSL connections', 'misconfigured'],
	['URI malformed', 'misconfigured'],
	['something else', 'failed'],
])('tells "%s" as %s', (message, failure) => {
	expect(told(undefined, message)).toMatchObject({ failure });
});

it('hands on what a server says about a statement, never about a user, and never the original error', () => {
	expect(told('42P01', 'relation "crm_sync.runs" does not exist').message).toContain('relation "crm_sync.runs" does not exist');
	const refused = told('28P01', 'password authentication failed for user "bob"');
	expect(refused.message).not.toContain('bob');
	expect(refused.cause).toBeUndefined();
});

it('takes an entry that is there already for somebody who was faster', () => {
	expect(toPostgresError(Object.assign(new Error(), { code: '23505' }))).toBeInstanceOf(Undo);
});
