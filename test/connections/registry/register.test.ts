import { register } from '../../../src/connections/registry/register';
import type { Connection } from '../../../src/model/connection';
import { arrival, at, connection, identity, inactiveSignIn, otherId, signIn, start, stored, trying } from './registryRecords';

const arrive = (differences: Partial<typeof identity>) => ({ ...arrival, identity: { ...identity, ...differences } });
const paused: Connection = { ...connection, status: 'paused', description: 'Ours', name: 'Main', apiBudgetPercent: 20, deletedAt: start };

describe('register', () => {
	it('makes a connection and a sign-in of the first use', () => {
		expect(register({}, arrival)).toEqual({
			admitted: true,
			connectionId: 'new',
			changes: {
				connections: [{ value: { ...connection, id: 'new', statusSince: at(5), registeredAt: at(5) }, basedOn: 0 }],
				signIns: [{ value: { ...signIn, connectionId: 'new', statusSince: at(5), lastWellAt: at(5) }, basedOn: 0 }],
			},
		});
	});

	it('makes a second sign-in of a second credential, and no second connection', () => {
		const second = { ...arrival, trying: { ...trying, credentialId: 'k2' } };
		expect(register({ connection: stored(connection) }, second)).toMatchObject({ admitted: true, connectionId: 'c1', changes: { connections: [], signIns: [{ basedOn: 0 }] } });
		expect(register({ ofOrg: stored(connection) }, second)).toMatchObject({ admitted: true, connectionId: 'c1', changes: { connections: [] } });
	});

	it('stores nothing when nothing is new', () => {
		expect(register({ connection: stored(connection), signIn: stored(signIn) }, arrival)).toEqual({ admitted: true, connectionId: 'c1', changes: undefined });
	});

	it('brings a deleted connection back with its settings', () => {
		const deleted = { ...connection, name: 'Main', description: 'Ours', apiBudgetPercent: 20, deletedAt: start };
		const registration = register({ connection: stored(deleted), signIn: stored(signIn) }, arrival);
		expect(registration.changes?.connections).toEqual([{ value: { ...deleted, deletedAt: null }, basedOn: 3 }]);
	});

	it('enters the sign-in, and sends nothing more, when the org it came to is paused', () => {
		const registration = register({ ofOrg: stored(paused) }, arrival);
		expect(registration).toMatchObject({ admitted: false, reason: 'paused', changes: { signIns: [{ basedOn: 0 }] } });
		expect(registration.changes?.connections).toEqual([{ value: { ...paused, deletedAt: null }, basedOn: 3 }]);
	});

	it('follows what the CRM says of the org, its name only as long as nobody gave another', () => {
		const facts = { orgName: 'Foo & Co', edition: 'Unlimited Edition', sandbox: true, instanceUrl: 'https://foo.my.salesforce.com' };
		const followed = register({ connection: stored(connection), signIn: stored(signIn) }, arrive(facts));
		expect(followed.changes?.connections?.[0]?.value).toEqual({ ...connection, ...facts, name: 'Foo & Co' });
		const named = register({ connection: stored({ ...connection, name: 'Main' }), signIn: stored(signIn) }, arrive(facts));
		expect(named.changes?.connections?.[0]?.value).toMatchObject({ name: 'Main', orgName: 'Foo & Co' });
	});

	it('makes the sign-in well, as the user who is signed in', () => {
		const unwell = { ...inactiveSignIn, unreachableSince: start, otherOrg: { orgId: otherId, orgName: 'Bar', noticedAt: start } };
		const registration = register({ connection: stored(connection), signIn: stored(unwell) }, arrive({ user: { ...identity.user, id: '005000000000009AAA' } }));
		expect(registration.changes?.signIns?.[0]?.value).toEqual({ ...signIn, userId: '005000000000009AAA', statusSince: at(5), lastWellAt: at(5) });
	});

	describe('at another org than the registered one', () => {
		const known = { connection: stored(connection), signIn: stored(signIn), ofOrg: stored({ ...connection, id: 'c2', orgId: otherId }) };
		const elsewhere = arrive({ orgId: otherId, orgName: 'Bar', instanceUrl: 'https://bar.my.salesforce.com' });

		it('stops, names it, and changes no connection', () => {
			const registration = register(known, elsewhere);
			expect(registration).toMatchObject({ admitted: false, reason: 'otherOrg', words: expect.stringContaining('reaches the org "Bar" (00D000000000002AAA)') as string });
			expect(registration.changes).toEqual({
				connections: [],
				signIns: [{ value: { ...signIn, otherOrg: { orgId: otherId, orgName: 'Bar', noticedAt: at(5) } }, basedOn: 3 }],
			});
		});

		it.each([
			[true, true, 'the sandbox was refreshed'],
			[true, false, 'a wrong account was chosen'],
			[false, true, 'a wrong account was chosen'],
			[false, false, 'a wrong account was chosen'],
		])('with sandboxes %j → %j at one address says that most likely %s', (before, now, likely) => {
			const there = arrive({ orgId: otherId, orgName: 'Bar', sandbox: now });
			const registration = register({ ...known, connection: stored({ ...connection, sandbox: before }) }, there);
			expect(registration).toMatchObject({ words: expect.stringContaining(`Most likely ${likely}`) as string });
		});
	});

	it('says environment where the CRM does', () => {
		const environment = { ...connection, crm: 'dynamics' as const };
		const registration = register({ connection: stored(environment), signIn: stored(signIn) }, { ...arrive({ orgId: otherId }), crm: 'dynamics' });
		expect(registration).toMatchObject({ words: expect.stringContaining('is registered for the environment "Foo Corp"') as string });
	});

	it('does not undo what happened to the sign-in after the try began', () => {
		const refusedMeanwhile = { ...inactiveSignIn, statusSince: at(6) };
		expect(register({ connection: stored(connection), signIn: stored(refusedMeanwhile) }, arrival).changes).toBeUndefined();
		const noted = register({ connection: stored(connection), signIn: stored(refusedMeanwhile) }, arrive({ orgId: otherId }));
		expect(noted.changes?.signIns?.[0]?.value).toEqual({ ...refusedMeanwhile, otherOrg: { orgId: otherId, orgName: 'Foo Corp', noticedAt: at(5) } });
	});

	it('keeps orgs of two CRMs apart, whatever their ids', () => {
		const registration = register({ ofOrg: stored({ ...connection, crm: 'dynamics' }) }, arrival);
		expect(registration).toMatchObject({ connectionId: 'new', changes: { connections: [{ basedOn: 0 }] } });
	});
});
