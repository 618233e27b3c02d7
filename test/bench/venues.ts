import { startDataverse, startStandin } from '../standin';
import type { BenchCrm, BenchTask } from './workload';

/** A stand-in CRM with one sign-in, empty. */
export interface Venue extends Pick<BenchTask, 'instanceUrl' | 'loginUrl' | 'accessToken'> {
	/** Requests that it has counted. */
	requests(): number;
	/** Records of an object that it has. */
	records(object: string): number;
	/** Has a duplicate rule watch the e-mail of leads. */
	watchDuplicates(): void;
	close(): Promise<void>;
}

/** Opens a venue, given how many milliseconds each of its answers takes at least. */
export const openVenue: Readonly<Record<BenchCrm, (latency: number) => Promise<Venue>>> = {
	async salesforce(latency) {
		const standin = await startStandin();
		const org = await standin.createOrg({ apiLimit: 1_000_000 });
		if (latency > 0) org.faults.latency(latency);
		return {
			instanceUrl: org.instanceUrl,
			loginUrl: org.instanceUrl,
			accessToken: org.issueSession(),
			requests: () => org.calls.total,
			records: (object) => org.rows(object).length,
			watchDuplicates: () => org.setDuplicateRule('Lead', { action: 'Alert', matchOn: ['Email'] }),
			close: async () => await standin.close(),
		};
	},
	async dynamics(latency) {
		const dataverse = await startDataverse();
		const environment = await dataverse.createEnvironment();
		if (latency > 0) environment.faults.latency(latency);
		return {
			instanceUrl: environment.url,
			loginUrl: dataverse.loginUrl,
			accessToken: await environment.issueToken(),
			requests: () => environment.calls.total,
			records: (object) => environment.rows(object).length,
			watchDuplicates: () => environment.setDuplicateRule('lead', ['emailaddress1']),
			close: async () => await dataverse.close(),
		};
	},
};

/** The object in which each CRM keeps leads. */
export const leadObject: Readonly<Record<BenchCrm, string>> = { salesforce: 'Lead', dynamics: 'lead' };
