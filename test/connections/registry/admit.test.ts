import { admit } from '../../../src/connections/registry/admit';
import type { Connection, SignIn } from '../../../src/model/connection';
import { at, connection, inactiveSignIn, otherId, reach, signIn, start, stored, trying } from './registryRecords';

const known = (differences: Partial<Connection> = {}, of: SignIn = signIn) => ({ connection: stored({ ...connection, ...differences }), signIn: stored(of) });
const asPerson = { ...trying, manual: true };
const withoutOrg = { ...reach, orgId: undefined };

describe('admit', () => {
	it('lets a credential that nobody knows ask who and where', () => {
		expect(admit({}, reach, trying)).toEqual({ admitted: true, registered: false, probe: false });
	});

	it('lets a second credential of a known org ask too', () => {
		expect(admit({ connection: stored(connection) }, reach, trying)).toEqual({ admitted: true, registered: false, probe: false });
	});

	it('lets a registered one go on at once, with nothing to store', () => {
		expect(admit(known(), reach, trying)).toEqual({ admitted: true, registered: true, probe: false, changes: undefined });
	});

	it.each([
		['the connection was deleted', known({ deletedAt: start }), reach],
		['the tokens name no org', known(), withoutOrg],
		['another user signed in', known(), { ...reach, userId: '005000000000002AAA' }],
	])('asks again when %s', (_why, stored, reached) => expect(admit(stored, reached, trying)).toMatchObject({ admitted: true, registered: false }));

	describe('paused', () => {
		it('stops everybody, also a person, also a credential that is not registered', () => {
			for (const attempt of [trying, asPerson]) {
				expect(admit(known({ status: 'paused' }), reach, attempt)).toMatchObject({ admitted: false, reason: 'paused', changes: undefined });
				expect(admit({ connection: stored({ ...connection, status: 'paused' }) }, reach, attempt)).toMatchObject({ reason: 'paused' });
			}
		});

		it('says what is paused and what to do', () => {
			expect(admit(known({ status: 'paused' }), reach, trying)).toMatchObject({
				words: 'The connection "Foo Corp" is paused, so nothing was sent to Salesforce.',
				whatToDo: 'When it may be used again, activate it with the CRM Connection node.',
			});
		});

		it('brings a deleted connection back, still paused, so that somebody finds it', () => {
			const admission = admit(known({ status: 'paused', deletedAt: start }), reach, trying);
			expect(admission.changes?.connections).toEqual([{ value: { ...connection, status: 'paused' }, basedOn: 3 }]);
		});
	});

	it('stops only what starts by itself when it shall not run automatically', () => {
		expect(admit(known({ runAutomatically: false }), reach, trying)).toMatchObject({ reason: 'notAutomatic' });
		expect(admit(known({ runAutomatically: false }), reach, asPerson)).toMatchObject({ admitted: true });
	});

	describe('inactive', () => {
		const inactive = known({}, inactiveSignIn);
		const later = { ...trying, now: at(15) };

		it('waits for its time, and says why', () => {
			expect(admit(inactive, reach, trying)).toEqual({
				admitted: false,
				reason: 'inactive',
				words: 'The sign-in of the credential "Foo of Ada" to "Foo Corp" is inactive, so nothing was sent to Salesforce. Salesforce no longer accepts the saved sign-in.',
				whatToDo: 'Connect the account again. It is tried again by itself from time to time, and at once when you run the workflow by hand.',
				changes: undefined,
			});
		});

		it('enters the probe before it is made, so that a second run finds it taken', () => {
			const admission = admit(inactive, reach, later);
			expect(admission).toMatchObject({ admitted: true, registered: true, probe: true });
			const taken = { ...inactiveSignIn, lastTriedAt: at(15), failedTries: 1 };
			expect(admission.changes?.signIns).toEqual([{ value: taken, basedOn: 3 }]);
			expect(admit(known({}, taken), reach, later)).toMatchObject({ reason: 'inactive' });
		});

		it('is tried whenever a person asks, and that counts for nothing', () => {
			expect(admit(inactive, reach, asPerson)).toEqual({ admitted: true, registered: true, probe: true, changes: undefined });
		});

		it('is tried at once, and once, when somebody changed the credential', () => {
			const edited = { ...trying, fingerprint: 'key:two' };
			const admission = admit(inactive, reach, edited);
			expect(admission).toMatchObject({ admitted: true, probe: true });
			const taken = { ...inactiveSignIn, credentialFingerprint: 'key:two', lastTriedAt: at(5), failedTries: 0 };
			expect(admission.changes?.signIns).toEqual([{ value: taken, basedOn: 3 }]);
			expect(admit(known({}, taken), reach, edited)).toMatchObject({ reason: 'inactive' });
		});

		it('takes another key for no change of the credential', () => {
			expect(admit(inactive, reach, { ...trying, fingerprint: 'newKey:two' })).toMatchObject({ reason: 'inactive' });
		});

		it('comes back to the list when it was deleted', () => {
			const admission = admit(known({ deletedAt: start }, inactiveSignIn), reach, trying);
			expect(admission.changes?.connections).toEqual([{ value: connection, basedOn: 3 }]);
		});
	});

	describe('another org', () => {
		const elsewhere = { ...reach, orgId: otherId, instanceUrl: 'https://bar.my.salesforce.com' };

		it('stops everybody and remembers since when', () => {
			for (const attempt of [trying, asPerson]) {
				const admission = admit(known(), elsewhere, attempt);
				expect(admission).toMatchObject({ admitted: false, reason: 'otherOrg' });
				expect(admission.changes).toEqual({
					connections: [],
					signIns: [{ value: { ...signIn, otherOrg: { orgId: otherId, orgName: '', noticedAt: at(5) } }, basedOn: 3 }],
				});
			}
		});

		it('names both orgs, what happened most likely, and both remedies', () => {
			expect(admit(known(), elsewhere, trying)).toMatchObject({
				words: 'The credential "Foo of Ada" is registered for the org "Foo Corp" (00D000000000001AAA), but now reaches the org 00D000000000002AAA, so nothing is read or written. Most likely a wrong account was chosen when the credential was connected.',
				whatToDo:
					'If this is not wanted, open the credential and connect the account of "Foo Corp" (00D000000000001AAA) again. If it is, run Check Health of the CRM Connection node once with 00D000000000002AAA as the org to confirm; records of the former org have other ids.',
			});
		});

		it('says that a sandbox was refreshed when the address stayed', () => {
			const admission = admit(known({ sandbox: true }), { ...elsewhere, instanceUrl: `${connection.instanceUrl}/` }, trying);
			expect(admission).toMatchObject({ words: expect.stringContaining('Most likely the sandbox was refreshed: it then is a new org at the same address.') as string });
		});

		it('keeps the name and the time of what was noticed before', () => {
			const noted = { ...signIn, otherOrg: { orgId: otherId, orgName: 'Bar', noticedAt: start } };
			const admission = admit(known({}, noted), elsewhere, trying);
			expect(admission).toMatchObject({ reason: 'otherOrg', changes: undefined });
			expect(admission).toMatchObject({ words: expect.stringContaining('"Bar" (00D000000000002AAA)') as string });
		});

		it('comes before a pause, which is about the registered org', () => {
			expect(admit(known({ status: 'paused' }), elsewhere, trying)).toMatchObject({ reason: 'otherOrg' });
		});

		it('ends when the tokens lead back', () => {
			const noted = { ...signIn, otherOrg: { orgId: otherId, orgName: 'Bar', noticedAt: start } };
			expect(admit(known({}, noted), reach, trying)).toEqual({
				admitted: true,
				registered: true,
				probe: false,
				changes: { connections: [], signIns: [{ value: signIn, basedOn: 3 }] },
			});
		});

		it('is asked about again, where tokens name no org, only by a person or after a change', () => {
			const noted = known({}, { ...signIn, otherOrg: { orgId: otherId, orgName: 'Bar', noticedAt: start } });
			expect(admit(noted, withoutOrg, trying)).toMatchObject({ admitted: false, reason: 'otherOrg' });
			expect(admit(noted, withoutOrg, asPerson)).toMatchObject({ admitted: true, registered: false });
			expect(admit(noted, withoutOrg, { ...trying, fingerprint: 'key:two' })).toMatchObject({ admitted: true, registered: false });
		});
	});
});
