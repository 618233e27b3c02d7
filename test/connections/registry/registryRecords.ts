import type { Connection, SignIn } from '../../../src/model/connection';
import type { ConnectionIdentity } from '../../../src/model/connectionIdentity';
import type { Stored } from '../../../src/model/stateStore';
import type { Arrival, Failure, Reach, Trying } from '../../../src/connections/registry/registryTypes';

export const start = '2026-11-22T10:00:00.000Z';
export const prodId = '00D000000000001AAA';
export const otherId = '00D000000000002AAA';

/** So many minutes after the start. */
export const at = (minutes: number): string => new Date(Date.parse(start) + minutes * 60_000).toISOString();

export const stored = <T>(value: T, version = 3): Stored<T> => ({ value, version });

export const connection: Connection = {
	id: 'c1',
	crm: 'salesforce',
	orgId: prodId,
	name: 'Foo Corp',
	description: '',
	orgName: 'Foo Corp',
	edition: 'Enterprise Edition',
	sandbox: false,
	instanceUrl: 'https://foocorp.my.salesforce.com',
	status: 'active',
	statusSince: start,
	runAutomatically: true,
	apiBudgetPercent: null,
	registeredAt: start,
	deletedAt: null,
};

export const signIn: SignIn = {
	credentialId: 'k1',
	credentialType: 'crmSalesforceOAuth2Api',
	credentialName: 'Foo of Ada',
	connectionId: 'c1',
	userId: '005000000000001AAA',
	status: 'well',
	statusSince: start,
	cause: null,
	lastWellAt: start,
	unreachableSince: null,
	credentialFingerprint: 'key:one',
	lastTriedAt: null,
	failedTries: 0,
	otherOrg: null,
};

export const cause = { cause: 'sign-in-ended', certainty: 'proven', words: 'Salesforce no longer accepts the saved sign-in.', whatToDo: 'Connect the account again.', code: 'invalid_grant' } as const;
export const inactiveSignIn: SignIn = { ...signIn, status: 'inactive', cause, lastTriedAt: start };

export const reach: Reach = { crm: 'salesforce', orgId: prodId, userId: signIn.userId, instanceUrl: connection.instanceUrl };

export const trying: Trying = {
	credentialId: 'k1',
	credentialType: 'crmSalesforceOAuth2Api',
	credentialName: 'Foo of Ada',
	fingerprint: 'key:one',
	manual: false,
	now: at(5),
};

export const identity: ConnectionIdentity = {
	orgId: prodId,
	orgName: 'Foo Corp',
	edition: 'Enterprise Edition',
	sandbox: false,
	instanceUrl: connection.instanceUrl,
	user: { id: signIn.userId, name: 'Ada Admin', username: 'ada@foo.example' },
};

export const arrival: Arrival = { crm: 'salesforce', identity, trying, newId: () => 'new' };

export const refusedPassword: Failure = {
	kind: 'auth',
	cause: 'password-refused',
	certainty: 'likely',
	words: 'Salesforce refused the user name or password.',
	whatToDo: 'Correct them in the credential.',
};
export const ended: Failure = { ...cause, kind: 'auth' };
export const noAnswer: Failure = { kind: 'unavailable', cause: 'unreachable', certainty: 'proven', words: 'No answer.', whatToDo: 'Wait.' };
export const notAllowed: Failure = { kind: 'permission', cause: 'permission-missing', certainty: 'proven', words: 'Not allowed.', whatToDo: 'Ask.' };
