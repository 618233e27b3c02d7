import { CrmError } from '../../src/model/crmError';

test('an error that tells only what is wrong is final and blames no field', () => {
	const error = new CrmError('validation', { message: 'The name is too long.' });
	expect(error).toBeInstanceOf(Error);
	expect({ ...error, message: error.message }).toEqual({
		name: 'CrmError',
		kind: 'validation',
		message: 'The name is too long.',
		remedy: undefined,
		code: undefined,
		httpStatus: undefined,
		fields: [],
		transient: false,
		replyLost: false,
	});
});

test('an error keeps everything that is known about it', () => {
	const cause = new Error('socket hang up');
	const details = { message: 'No answer.', remedy: 'Try again.', code: 'ECONNRESET', httpStatus: 504, fields: ['Name'], transient: true, replyLost: true };
	const error = new CrmError('unavailable', { ...details, cause });
	expect(error).toMatchObject({ kind: 'unavailable', ...details });
	expect(error.cause).toBe(cause);
});
