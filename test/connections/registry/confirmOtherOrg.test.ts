import { admitConfirmation, confirmOtherOrg } from '../../../src/connections/registry/confirmOtherOrg';
import type { Connection } from '../../../src/model/connection';
import { arrival, at, connection, identity, inactiveSignIn, otherId, prodId, reach, refusedPassword, signIn, start, stored, trying } from './registryRecords';

const other: Connection = { ...connection, id: 'c2', orgId: otherId, name: 'Bar', orgName: 'Bar' };
const stray = { ...signIn, otherOrg: { orgId: otherId, orgName: 'Bar', noticedAt: start } };
const known = { signIn: stored(stray), connection: stored(connection) };
const there = { ...arrival, identity: { ...identity, orgId: otherId, orgName: 'Bar' }, trying: { ...trying, manual: true } };
const elsewhere = { ...reach, orgId: otherId, trying: there.trying };
const withoutOrg = { ...elsewhere, orgId: undefined };

describe('admitConfirmation', () => {
	it('lets the CRM be asked when the tokens name the confirmed org, or none', () => {
		for (const reached of [elsewhere, withoutOrg]) expect(admitConfirmation(known, otherId, reached)).toEqual({ admitted: true, registered: false, probe: false });
	});

	it('stops when the tokens name yet another org', () => {
		expect(admitConfirmation(known, '00D000000000003AAA', elsewhere)).toMatchObject({ admitted: false, reason: 'otherOrg' });
	});

	it('has nothing to confirm when the credential is where it belongs, or belongs nowhere yet', () => {
		expect(admitConfirmation(known, otherId, { ...elsewhere, orgId: prodId })).toMatchObject({ admitted: true, registered: true });
		expect(admitConfirmation(known, prodId, elsewhere)).toMatchObject({ admitted: false, reason: 'otherOrg' });
		expect(admitConfirmation({}, otherId, elsewhere)).toEqual({ admitted: true, registered: false, probe: false });
	});

	it('sends nothing to a paused org, which comes back to the list', () => {
		const ofOrg = stored({ ...other, status: 'paused' as const, deletedAt: start });
		const admission = admitConfirmation({ ...known, ofOrg }, otherId, elsewhere);
		expect(admission).toMatchObject({ reason: 'paused', words: expect.stringContaining('"Bar" is paused') as string });
		expect(admission.changes?.connections?.[0]?.value.deletedAt).toBeNull();
	});

	it('sends nothing that may reach the former org while that is paused', () => {
		const paused = { ...known, connection: stored({ ...connection, status: 'paused' as const }) };
		expect(admitConfirmation(paused, otherId, withoutOrg)).toMatchObject({ reason: 'paused' });
		expect(admitConfirmation(paused, otherId, elsewhere)).toMatchObject({ admitted: true });
	});

	it('sends no refused password by itself', () => {
		const refused = { ...inactiveSignIn, otherOrg: stray.otherOrg, cause: { ...refusedPassword, code: null } };
		const inactive = { ...known, signIn: stored(refused) };
		expect(admitConfirmation(inactive, otherId, elsewhere)).toMatchObject({ admitted: true, probe: true });
		expect(admitConfirmation(inactive, otherId, { ...elsewhere, trying })).toMatchObject({ admitted: false, reason: 'inactive' });
	});
});

describe('confirmOtherOrg', () => {
	it('moves the sign-in to the connection of that org and leaves the former one as it is', () => {
		const moved = { ...signIn, connectionId: 'c2', statusSince: at(5), lastWellAt: at(5) };
		expect(confirmOtherOrg({ ...known, ofOrg: stored(other) }, otherId, there)).toEqual({
			admitted: true,
			connectionId: 'c2',
			changes: { connections: [], signIns: [{ value: moved, basedOn: 3 }] },
		});
	});

	it('makes a connection where the org has none', () => {
		const registration = confirmOtherOrg(known, otherId, there);
		expect(registration).toMatchObject({ admitted: true, connectionId: 'new' });
		expect(registration.changes?.connections).toEqual([{ value: { ...other, id: 'new', statusSince: at(5), registeredAt: at(5) }, basedOn: 0 }]);
		expect(registration.changes?.signIns).toMatchObject([{ value: { connectionId: 'new', otherOrg: null }, basedOn: 3 }]);
	});

	it('brings that of the org back when it was deleted, paused if it was', () => {
		const gone = stored({ ...other, status: 'paused' as const, deletedAt: start });
		const registration = confirmOtherOrg({ ...known, ofOrg: gone }, otherId, there);
		expect(registration).toMatchObject({ admitted: false, reason: 'paused', changes: { connections: [{ value: { deletedAt: null } }], signIns: [{ value: { connectionId: 'c2' } }] } });
	});

	it('confirms that very org only', () => {
		const third = { ...there, identity: { ...identity, orgId: '00D000000000003AAA', orgName: 'Baz' } };
		const registration = confirmOtherOrg(known, otherId, third);
		expect(registration).toMatchObject({ admitted: false, reason: 'otherOrg', words: expect.stringContaining('"Baz" (00D000000000003AAA)') as string });
		expect(registration.changes?.signIns?.[0]?.value).toMatchObject({ connectionId: 'c1', otherOrg: { orgId: '00D000000000003AAA' } });
	});

	it('has nothing to move when the account was switched back', () => {
		const registration = confirmOtherOrg(known, otherId, { ...there, identity });
		expect(registration).toMatchObject({ admitted: true, connectionId: 'c1' });
		expect(registration.changes?.signIns?.[0]?.value).toMatchObject({ connectionId: 'c1', otherOrg: null });
	});
});
