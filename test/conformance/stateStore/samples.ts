import type { Connection, SignIn } from '../../../src/model/connection';
import type { Run } from '../../../src/model/runHistory';
import { START } from './StoreWorld';

/** A connection with every field filled; `id` also makes its org and its name. */
export function connection(id: string, more: Partial<Connection> = {}): Connection {
	return {
		id,
		crm: 'salesforce',
		orgId: `00D${id}`,
		name: `Org ${id}`,
		description: 'The one of sales',
		orgName: 'Acme Ltd',
		edition: 'Enterprise Edition',
		sandbox: false,
		instanceUrl: 'https://acme.my.salesforce.com',
		status: 'active',
		statusSince: START,
		runAutomatically: true,
		apiBudgetPercent: 12.5,
		registeredAt: START,
		deletedAt: null,
		...more,
	};
}

/** A sign-in that does not work, with every field filled. */
export function signIn(credentialId: string, connectionId: string, more: Partial<SignIn> = {}): SignIn {
	return {
		credentialId,
		credentialType: 'crmSalesforceOAuth2Api',
		credentialName: 'Salesforce of sales',
		connectionId,
		userId: '005000000000001',
		status: 'inactive',
		statusSince: START,
		cause: { cause: 'password-refused', certainty: 'proven', words: 'Wrong.', whatToDo: 'Correct it.', code: 'INVALID_LOGIN' },
		lastWellAt: START,
		unreachableSince: null,
		credentialFingerprint: 'f1',
		lastTriedAt: START,
		failedTries: 2,
		otherOrg: { orgId: '00D2', orgName: 'Other', noticedAt: START },
		...more,
	};
}

/** A run with every field filled. */
export function run(id: string, more: Partial<Run> = {}): Run {
	return {
		id,
		connectionId: 'c1',
		credentialId: 'k1',
		nodeType: 'crmLeadSync',
		nodeName: 'Push leads',
		operation: 'push',
		workflowId: 'w1',
		workflowName: 'Leads of the form',
		executionId: '17',
		executionUrl: 'https://n8n.example.com/workflow/w1/executions/17',
		manual: false,
		startedAt: START,
		finishedAt: START,
		outcome: 'succeeded',
		words: '3 created.',
		counts: { created: 3, refused: 0 },
		calls: 2,
		...more,
	};
}
