import { healthReport, type HealthFindings } from '../../src/connections/health';
import type { Diagnosis } from '../../src/connections/diagnosis';
import type { Connection, SignIn } from '../../src/model/connection';
import type { EntityDescription, EntityRights, Reach } from '../../src/model/entity';

const identity = {
	orgId: '00D000000000001AAA',
	orgName: 'Foo Corp',
	edition: 'Enterprise Edition',
	sandbox: true,
	instanceUrl: 'https://foocorp--uat.sandbox.my.salesforce.com',
	user: { id: '005000000000001AAA', name: 'Ada Admin', username: 'ada@foo.example' },
};
const description: EntityDescription = { name: 'Lead', label: 'Lead', labelPlural: 'Leads', readable: true, createable: false, updateable: false, fields: [], recordTypes: [] };
const findings: HealthFindings = { entity: 'Lead', neededRights: ['read', 'create', 'edit'], checkedAt: '2026-11-22T10:00:00.000Z' };

describe('healthReport', () => {
	it('is healthy when everything asked for is there', () => {
		const report = healthReport({ ...findings, neededRights: ['read'], identity, description, usage: { used: 250, limit: 1000, callsMade: 3 } });
		expect(report).toEqual({
			healthy: true,
			connection: {
				orgId: identity.orgId,
				orgName: 'Foo Corp',
				edition: 'Enterprise Edition',
				environment: 'sandbox',
				instanceUrl: identity.instanceUrl,
				signedInAs: { name: 'Ada Admin', username: 'ada@foo.example', email: null },
			},
			registry: null,
			apiAccess: true,
			object: 'Lead',
			rights: { read: true, create: false, edit: false },
			apiUsage: { used: 250, limit: 1000, left: 750, percent: 25 },
			problems: [],
			warnings: [],
			checkedAt: findings.checkedAt,
		});
	});

	it('has one problem for each right that is needed and missing, with the link', () => {
		const { healthy, problems } = healthReport({ ...findings, identity, description, credentialUrl: 'https://n8n.example/c' });
		expect(healthy).toBe(false);
		expect(problems.map(({ cause, credentialUrl }) => [cause, credentialUrl])).toEqual([
			['no-create-right', 'https://n8n.example/c'],
			['no-edit-right', 'https://n8n.example/c'],
		]);
	});

	describe('where the CRM tells how far rights reach', () => {
		const all = { ...description, createable: true, updateable: true };
		const rights = (read: Reach, create: Reach, edit: Reach): EntityRights => ({
			read: { reach: read, name: 'prvReadLead' },
			create: { reach: create, name: 'prvCreateLead' },
			edit: { reach: edit },
		});

		it('names the privilege that is missing', () => {
			const report = healthReport({ ...findings, identity, description: all, rights: rights('all', 'none', 'none') });
			expect(report).toMatchObject({ healthy: false, rights: { read: true, create: false, edit: false }, warnings: [] });
			expect(report.problems.map(({ words, whatToDo }) => `${words} ${whatToDo}`)).toEqual([
				'The signed-in user may not create Leads (Lead). Ask the admin of the CRM for a security role with the privilege prvCreateLead.',
				'The signed-in user may not edit Leads (Lead). Ask the admin of the CRM to give the user the permission "Edit" on this object.',
			]);
		});

		it('warns of rights that reach some records only, unless they are not needed', () => {
			const narrow = { ...findings, identity, description: all, rights: rights('unitAndBelow', 'all', 'own') };
			const report = healthReport({ ...narrow, credentialUrl: 'https://n8n.example/c' });
			expect(report).toMatchObject({ healthy: true, rights: { read: true, create: true, edit: true } });
			expect(report.warnings).toEqual([
				expect.objectContaining({
					cause: 'rights-on-some-records',
					credentialUrl: 'https://n8n.example/c',
					words: 'Of all Leads (Lead), the signed-in user may read only those of the business unit of the user and of the units below it, may edit only those that belong to the user or to a team of the user.',
				}),
			]);
			expect(healthReport({ ...narrow, neededRights: ['create'] }).warnings).toEqual([]);
			expect(healthReport({ ...narrow, rights: rights('some', 'unit', 'all') }).warnings[0].words).toBe(
				'Of all Leads (Lead), the signed-in user may read only some of them, may create only those of the business unit of the user.',
			);
		});

		it('gives nobody a right that the object does not allow at all', () => {
			expect(healthReport({ ...findings, description, rights: rights('all', 'all', 'all') }).rights).toEqual({ read: true, create: false, edit: false });
		});

		it('says that they are not known where the CRM did not tell', () => {
			const report = healthReport({ ...findings, identity, description: all, rights: 'untold' });
			expect(report).toMatchObject({ healthy: true, rights: { read: true, create: true, edit: true } });
			expect(report.warnings).toEqual([expect.objectContaining({ cause: 'rights-unknown', certainty: 'unknown', words: expect.stringContaining('does not tell') })]);
		});
	});

	it('has the same keys when nothing is known', () => {
		const failure: Diagnosis = { cause: 'never-connected', certainty: 'proven', words: 'Nobody has signed in.', whatToDo: 'Connect.' };
		const report = healthReport({ ...findings, failure });
		expect(Object.keys(report)).toEqual(Object.keys(healthReport({ ...findings, identity, description })));
		expect(report).toMatchObject({ healthy: false, connection: null, apiAccess: null, rights: null, apiUsage: null });
	});

	it.each([
		[{ used: 1200, limit: 1000, callsMade: 1 }, { used: 1200, limit: 1000, left: 0, percent: 120 }],
		[{ callsMade: 1 }, null],
		[{ used: 0, limit: 0, callsMade: 1 }, null],
	])('shows the usage %j as %j', (usage, expected) => expect(healthReport({ ...findings, usage }).apiUsage).toEqual(expected));

	it('says that the API is off only when the CRM said so', () => {
		const failing = (cause: string) => healthReport({ ...findings, failure: { cause, certainty: 'proven', words: 'No.', whatToDo: 'Ask.' } }).apiAccess;
		expect([failing('api-disabled'), failing('permission-missing')]).toEqual([false, null]);
	});

	it('shows how connection and sign-in stand in the registry, without anybody\'s id', () => {
		const connection = { id: 'c', crm: 'salesforce', name: 'Sales', status: 'paused', runAutomatically: false } as Connection;
		const signIn = { userId: '005000000000001AAA', status: 'inactive', statusSince: '2026-11-20T10:00:00.000Z', lastWellAt: null, unreachableSince: null } as SignIn;
		expect(healthReport({ ...findings, registered: { connection, signIn } }).registry).toEqual({
			name: 'Sales',
			status: 'paused',
			runAutomatically: false,
			signIn: { status: 'inactive', since: '2026-11-20T10:00:00.000Z', lastWellAt: null, unreachableSince: null },
		});
		expect(healthReport({ ...findings, registered: { connection } }).registry).toMatchObject({ signIn: null });
	});
});
