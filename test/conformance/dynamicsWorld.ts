import { newCaches } from '../../src/crm/dynamics/describe/caches';
import { openDynamicsAdapter } from '../../src/crm/dynamics/openDynamicsAdapter';
import { startDataverse, type Environment } from '../standin/dataverse';
import type { CrmFaults, CrmWorld } from './CrmWorld';
import { sessionHttp } from './sessionHttp';

/** A stand-in Dataverse with one environment and its administrator; changes of leads are tracked unless one says otherwise. */
export async function openDynamicsWorld({ tracked = true }: { readonly tracked?: boolean } = {}): Promise<CrmWorld & { readonly env: Environment }> {
	const dataverse = await startDataverse();
	const env = await dataverse.createEnvironment({ name: 'Acme', ...(tracked ? {} : { changeTracking: [] }) });
	// The columns that leads come with are required in forms only, which the API does not heed.
	env.addColumn('lead', { name: 'new_badge', type: 'String', label: 'Badge', required: 'SystemRequired' });
	const { admin } = env;
	let open = true;
	return {
		env,
		person: {
			entity: 'lead',
			nameField: 'new_badge',
			emailField: 'emailaddress1',
			textField: 'jobtitle',
			alsoRequired: { subject: 'Offer' },
			badValue: { leadsourcecode: '99' },
			unusedId: '00000000-0000-4000-8000-000000000999',
		},
		owner: { id: admin.id, name: admin.name, email: admin.upn },
		faults: faultsOf(env),
		open: (signal) =>
			openDynamicsAdapter({ http: sessionHttp({ origin: env.url, issue: () => env.issueToken() }), instanceUrl: env.url, cacheKey: env.organizationId, signal, retryDelayMs: 1 }, newCaches(() => 0)),
		seed: (values) => String(env.insert('lead', { subject: 'Offer', ...values }).leadid),
		edit: (id, values) => void env.update('lead', id, values),
		remove: (id) => env.remove('lead', id),
		forgetChanges: () => env.expireDeltaLinks(),
		people: () => env.rows('lead').map((row) => ({ ...(row as Record<string, string | null>), id: String(row.leadid) })),
		callsCounted: () => env.calls.total,
		close: async () => {
			if (open) await dataverse.close();
			open = false;
		},
	};
}

function faultsOf(env: Environment): CrmFaults {
	const { faults } = env;
	const once = { times: 1 };
	return {
		expireSignIn: () => env.expireTokens(),
		refuseSignIn: () => faults.alwaysUnauthorized(),
		reachDailyLimit: () => faults.serviceProtection('requests', { retryAfter: 300 }),
		overloadOnce: () => faults.serviceProtection('concurrency', { retryAfter: 0, ...once }),
		breakOnce: () => faults.serverError({ status: 503, ...once }),
		break: () => faults.serverError({ status: 503 }),
		hideBehindGatewayOnce: (status, form) => faults.gatewayError({ status, form: form === 'json' ? 'json' : 'html', afterCommit: true, ...once }),
		cutBeforeCommitOnce: () => faults.resetBeforeCommit(once),
		cutAfterCommitOnce: () => faults.resetAfterCommit(once),
		lockOnce: () => faults.deadlock(once),
		clear: () => faults.clear(),
	};
}
