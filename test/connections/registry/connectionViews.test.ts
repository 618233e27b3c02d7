import { connectionDetails, connectionSummary } from '../../../src/connections/registry/connectionViews';
import type { SignIn } from '../../../src/model/connection';
import { cause, connection, inactiveSignIn, otherId, signIn, start } from './registryRecords';

const stray: SignIn = { ...signIn, otherOrg: { orgId: otherId, orgName: '', noticedAt: start } };
const unreachable: SignIn = { ...signIn, unreachableSince: start };

describe('connectionSummary', () => {
	it('shows names and status, and nothing else', () => {
		expect(connectionSummary(connection, [signIn])).toEqual({ name: 'Foo Corp', crm: 'Salesforce', status: 'active', health: 'well' });
		expect(connectionSummary({ ...connection, crm: 'dynamics', status: 'paused' }, [])).toEqual({ name: 'Foo Corp', crm: 'Dynamics 365', status: 'paused', health: 'unknown' });
	});

	it.each<[string, SignIn[]]>([
		['unknown', []],
		['well', [signIn, signIn]],
		['unreachable', [signIn, unreachable]],
		['inactive', [unreachable, inactiveSignIn, signIn]],
		['inactive', [signIn, stray]],
	])('shows the worst: %s', (health, signIns) => expect(connectionSummary(connection, signIns).health).toBe(health));
});

describe('connectionDetails', () => {
	it('shows everything of a connection that is well', () => {
		expect(connectionDetails(connection, [signIn])).toEqual({
			id: 'c1',
			name: 'Foo Corp',
			crm: 'Salesforce',
			status: 'active',
			health: 'well',
			description: '',
			statusSince: start,
			orgId: connection.orgId,
			orgName: 'Foo Corp',
			edition: 'Enterprise Edition',
			type: 'production',
			instanceUrl: connection.instanceUrl,
			runAutomatically: true,
			apiBudgetPercent: null,
			registeredAt: start,
			deletedAt: null,
			signIns: [
				{
					credentialId: 'k1',
					credentialName: 'Foo of Ada',
					credentialType: 'crmSalesforceOAuth2Api',
					userId: signIn.userId,
					status: 'well',
					statusSince: start,
					lastWellAt: start,
					unreachableSince: null,
					cause: null,
					certainty: null,
					code: null,
					words: null,
					whatToDo: null,
					otherOrgId: null,
					otherOrgName: null,
					otherOrgSince: null,
				},
			],
		});
	});

	it('has the same keys in every case, and null for what is not known', () => {
		const bare = connectionDetails({ ...connection, sandbox: true, edition: '', orgName: '' }, [stray, inactiveSignIn, unreachable]);
		expect(Object.keys(bare)).toEqual(Object.keys(connectionDetails(connection, [])));
		expect(new Set(bare.signIns.map((shown) => Object.keys(shown).join())).size).toBe(1);
		expect(bare).toMatchObject({ type: 'sandbox', edition: null, orgName: null, health: 'inactive' });
	});

	it('says what is wrong with each sign-in, and never shows a fingerprint', () => {
		const details = connectionDetails(connection, [
			{ ...stray, credentialName: 'C' },
			{ ...inactiveSignIn, credentialName: 'A' },
			{ ...unreachable, credentialName: 'B' },
		]);
		expect(details.signIns.map(({ words }) => words)).toEqual([
			cause.words,
			'Salesforce gives no answer, which says nothing about the sign-in.',
			'The credential "C" is registered for the org "Foo Corp" (00D000000000001AAA), but now reaches the org 00D000000000002AAA, so nothing is read or written.',
		]);
		expect(details.signIns[0]).toMatchObject({ cause: 'sign-in-ended', certainty: 'proven', code: 'invalid_grant', whatToDo: cause.whatToDo });
		expect(details.signIns[2]).toMatchObject({ otherOrgId: otherId, otherOrgName: null, otherOrgSince: start });
		expect(JSON.stringify(details)).not.toContain('key:one');
	});
});
