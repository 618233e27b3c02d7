import { causes } from '../../src/connections/causes';
import { credentialChanged } from '../../src/connections/credentialChanged';
import type { Trying } from '../../src/connections/registry/registryTypes';
import type { SignIn } from '../../src/model/connection';
import { refusal, reasons, workedBefore } from './evidence';

const signIn = (more: Partial<SignIn> = {}): SignIn => ({
	credentialId: 'c1',
	credentialType: 'fooApi',
	credentialName: 'Foo',
	connectionId: 'x',
	userId: 'u',
	status: 'well',
	statusSince: '2026-11-01T00:00:00.000Z',
	cause: null,
	lastWellAt: '2026-11-14T00:00:00.000Z',
	unreachableSince: null,
	credentialFingerprint: 'k1:a',
	lastTriedAt: null,
	failedTries: 0,
	otherOrg: null,
	...more,
});
const trying = (fingerprint: string): Trying => ({ credentialId: 'c1', credentialType: 'fooApi', credentialName: 'Foo', fingerprint, manual: true, now: '2026-11-22T00:00:00.000Z' });
const inactive = (cause: string): SignIn => signIn({ status: 'inactive', cause: { cause, certainty: 'likely', words: 'W.', whatToDo: 'D.', code: null } });

describe('a credential that worked', () => {
	it.each<[string, SignIn, string, boolean]>([
		['is the same while its content is', signIn(), 'k1:a', false],
		['is another one when its content is', signIn(), 'k1:b', true],
		['counts as the same when the key of the fingerprints was lost', signIn(), 'k2:b', false],
		['is the same when it was found that the password was changed elsewhere', inactive('password-changed'), 'k1:a', false],
		['may be another one when it failed with what was entered last', inactive('password-refused'), 'k1:a', true],
		['is another one when it was changed after it failed', inactive('password-changed'), 'k1:b', true],
	])('%s', (_, stored, now, changed) => expect(credentialChanged(stored, trying(now))).toBe(changed));

	it('is remembered to be the same by each cause that follows from it', () => {
		const named = (known: typeof workedBefore) => reasons.map((reason) => causes.find(({ fits }) => fits(refusal({ reason, workedBefore: known })))?.cause ?? '');
		const later = named(workedBefore).filter((cause, index) => cause !== named(undefined)[index]);
		for (const cause of later) expect([cause, credentialChanged(inactive(cause), trying('k1:a'))]).toEqual([cause, false]);
		expect(later).toHaveLength(4);
	});
});
