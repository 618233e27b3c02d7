import { recordFailure, recordSuccess } from '../../../src/connections/registry/recordOutcome';
import type { SignIn } from '../../../src/model/connection';
import { at, cause, ended, inactiveSignIn, noAnswer, notAllowed, refusedPassword, signIn, start, stored, trying } from './registryRecords';

const afterSuccess = (of: SignIn, attempt = trying) => recordSuccess({ signIn: stored(of) }, attempt)?.signIns?.[0]?.value;
const afterFailure = (of: SignIn, failure = ended, attempt = trying) => recordFailure({ signIn: stored(of) }, failure, attempt)?.signIns?.[0]?.value;

describe('recordSuccess', () => {
	it('stores nothing about a credential that is not registered', () => expect(recordSuccess({}, trying)).toBeUndefined());

	it('stores that all is well once an hour', () => {
		expect(afterSuccess(signIn, { ...trying, now: at(59) })).toBeUndefined();
		expect(afterSuccess(signIn, { ...trying, now: at(60) })).toEqual({ ...signIn, lastWellAt: at(60) });
	});

	it('stores at once what else is new', () => {
		expect(afterSuccess(signIn, { ...trying, credentialName: 'Renamed' })).toEqual({ ...signIn, credentialName: 'Renamed', lastWellAt: at(5) });
		expect(afterSuccess({ ...signIn, unreachableSince: start })).toEqual({ ...signIn, lastWellAt: at(5) });
		expect(afterSuccess(signIn, { ...trying, fingerprint: 'other:one' })).toMatchObject({ credentialFingerprint: 'other:one' });
	});

	it('makes an inactive sign-in well', () => {
		const tired = { ...inactiveSignIn, failedTries: 4 };
		expect(afterSuccess(tired)).toEqual({ ...signIn, statusSince: at(5), lastWellAt: at(5) });
	});

	it('does not undo what happened after the try began', () => {
		const refusedMeanwhile = { ...inactiveSignIn, statusSince: at(6) };
		expect(afterSuccess(refusedMeanwhile)).toBeUndefined();
		const editedMeanwhile = { ...inactiveSignIn, credentialFingerprint: 'key:two', lastTriedAt: at(6) };
		expect(afterSuccess(editedMeanwhile)).toBeUndefined();
	});

	it('takes no notice of times from a clock that was wrong', () => {
		const future = '2036-01-01T00:00:00.000Z';
		expect(afterSuccess({ ...inactiveSignIn, statusSince: future, lastWellAt: future })).toEqual({ ...signIn, statusSince: at(5), lastWellAt: at(5) });
		expect(afterSuccess({ ...signIn, lastWellAt: future })).toMatchObject({ lastWellAt: at(5) });
	});

	it('leaves a confirmation that is due', () => {
		const otherOrg = { orgId: 'x', orgName: '', noticedAt: start };
		expect(afterSuccess({ ...signIn, otherOrg, unreachableSince: start })).toMatchObject({ otherOrg });
	});
});

describe('recordFailure', () => {
	it('makes a refused sign-in inactive, with the cause', () => {
		expect(afterFailure(signIn)).toEqual({ ...inactiveSignIn, statusSince: at(5), lastTriedAt: at(5), cause });
		expect(afterFailure(signIn, refusedPassword)?.cause).toEqual({
			cause: 'password-refused',
			certainty: 'likely',
			words: refusedPassword.words,
			whatToDo: refusedPassword.whatToDo,
			code: null,
		});
	});

	it('keeps since when it is inactive, and how often it was probed', () => {
		const tired = { ...inactiveSignIn, failedTries: 2, lastTriedAt: at(5) };
		expect(afterFailure(tired)).toBeUndefined();
		expect(afterFailure(tired, refusedPassword)).toMatchObject({ statusSince: start, failedTries: 2, cause: { cause: 'password-refused' } });
		expect(afterFailure(tired, ended, { ...trying, fingerprint: 'key:two' })).toMatchObject({ failedTries: 0, credentialFingerprint: 'key:two' });
	});

	it('never makes a sign-in inactive because nobody answered, and keeps the first time', () => {
		expect(afterFailure(signIn, noAnswer)).toEqual({ ...signIn, unreachableSince: at(5) });
		expect(afterFailure({ ...signIn, unreachableSince: start }, noAnswer)).toBeUndefined();
	});

	it('takes any answer for an answer', () => {
		const unreachable = { ...signIn, unreachableSince: start };
		expect(afterFailure(unreachable, notAllowed)).toEqual(signIn);
		expect(afterFailure(unreachable, { ...notAllowed, kind: 'throttled' })).toEqual(signIn);
		expect(afterFailure(unreachable)).toMatchObject({ status: 'inactive', unreachableSince: null });
		expect(afterFailure(unreachable, { ...notAllowed, kind: 'cancelled' })).toBeUndefined();
	});

	it.each(['permission', 'throttled', 'validation', 'notFound', 'conflict', 'cancelled'] as const)('learns nothing about the sign-in from %s', (kind) => {
		expect(afterFailure(signIn, { ...notAllowed, kind })).toBeUndefined();
		expect(afterFailure(inactiveSignIn, { ...notAllowed, kind })).toBeUndefined();
	});

	it('does not blame a sign-in that became well after the try began', () => {
		expect(afterFailure({ ...signIn, statusSince: at(6) })).toBeUndefined();
		expect(afterFailure({ ...signIn, credentialFingerprint: 'key:two', lastWellAt: at(6) })).toBeUndefined();
	});

	describe('with a credential that cannot be read', () => {
		const unreadable = { ...ended, cause: 'credential-unreadable' };
		const attempt = { ...trying, fingerprint: 'key:nothing', unusable: true };

		it('keeps what was tried last, so that the credential does not look changed when it can be read again', () => {
			expect(afterFailure(signIn, unreadable, attempt)).toMatchObject({ status: 'inactive', cause: { cause: 'credential-unreadable' }, credentialFingerprint: 'key:one' });
		});

		it('counts anew once the CRM refuses it', () => {
			const probed = { ...inactiveSignIn, cause: { ...cause, cause: 'credential-unreadable' }, failedTries: 1 };
			expect(afterFailure(probed)).toMatchObject({ failedTries: 0, cause });
		});

		it('keeps what the CRM refused before', () => {
			expect(afterFailure({ ...inactiveSignIn, cause: { ...cause, cause: 'password-refused' } }, unreadable, attempt)).toBeUndefined();
		});
	});

	it('follows the table of causes, not the kind', () => {
		expect(afterFailure(signIn, { ...notAllowed, cause: 'api-disabled' })).toMatchObject({ status: 'inactive' });
		expect(afterFailure(signIn, { ...ended, cause: 'refusal-passed' })).toBeUndefined();
		expect(afterFailure({ ...signIn, unreachableSince: start }, { ...noAnswer, cause: 'nobody knows it' })).toBeUndefined();
	});

	it('stores nothing about a credential that is not registered', () => expect(recordFailure({}, ended, trying)).toBeUndefined());
});
