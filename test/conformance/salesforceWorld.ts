import { newCaches } from '../../src/crm/salesforce/describe/caches';
import { openSalesforceAdapter } from '../../src/crm/salesforce/openSalesforceAdapter';
import { startStandin, toLongId, type Org } from '../standin';
import type { CrmFaults, CrmWorld } from './CrmWorld';
import { sessionHttp } from './sessionHttp';

/** A stand-in Salesforce with one org and its administrator. */
export async function openSalesforceWorld(): Promise<CrmWorld & { readonly org: Org }> {
	// Nobody acts twice in one moment: time goes on with everything that is done.
	let ahead = 0;
	const standin = await startStandin({ now: () => Date.now() + ahead });
	const done = <T>(result: T): T => {
		ahead += 10_000;
		return result;
	};
	const org = await standin.createOrg({ name: 'Acme' });
	const [admin] = org.users;
	let open = true;
	return {
		org,
		person: { entity: 'Lead', nameField: 'LastName', emailField: 'Email', textField: 'Description', alsoRequired: { Company: 'Acme' }, badValue: { Email: 'no address' }, unusedId: toLongId('00Q000000000999') },
		owner: { id: admin.id, name: admin.name, email: admin.email },
		faults: faultsOf(org),
		open: (signal) =>
			openSalesforceAdapter(
				{ http: sessionHttp({ origin: org.instanceUrl, issue: () => org.issueSession() }), instanceUrl: org.instanceUrl, cacheKey: org.id, signal, retryDelayMs: 1 },
				newCaches(() => 0),
			),
		seed: (values) => done(String(org.insert('Lead', { Company: 'Acme', ...values }).Id)),
		edit: (id, values) => void done(org.update('Lead', id, values)),
		remove: (id) => done(org.remove('Lead', id)),
		forgetChanges: () => {
			ahead += 16 * 86_400_000;
		},
		people: () => org.rows('Lead').filter(({ IsDeleted }) => IsDeleted !== true).map((row) => ({ ...row, id: String(row.Id) })),
		callsCounted: () => org.calls.total,
		close: async () => {
			if (open) await standin.close();
			open = false;
		},
	};
}

const gatewayJson = { error: { code: 'GatewayTimeout', message: 'The gateway did not receive a response within the specified time period.' } };

function faultsOf({ faults }: Org): CrmFaults {
	const once = { times: 1 };
	return {
		expireSignIn: () => faults.expireSessionsOnce(),
		refuseSignIn: () => faults.alwaysUnauthorized(),
		reachDailyLimit: () => faults.requestLimitExceeded(),
		overloadOnce: () => faults.concurrentLimit(once),
		breakOnce: () => faults.serverError({ status: 503, ...once }),
		break: () => faults.serverError({ status: 503 }),
		hideBehindGatewayOnce: (status, form) => faults.serverError({ status, ...(form === 'page' ? { html: true } : { body: gatewayJson }), afterCommit: true, ...once }),
		cutBeforeCommitOnce: () => faults.resetBeforeCommit(once),
		cutAfterCommitOnce: () => faults.resetAfterCommit(once),
		lockOnce: () => faults.rowLock({ rows: 1, ...once }),
		clear: () => faults.clear(),
	};
}
