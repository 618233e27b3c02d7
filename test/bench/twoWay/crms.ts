import type { AdapterSettings } from '../../../src/crm/adapterSettings';
import { newCaches as newDynamicsCaches } from '../../../src/crm/dynamics/describe/caches';
import { openDynamicsAdapter } from '../../../src/crm/dynamics/openDynamicsAdapter';
import { newCaches as newSalesforceCaches } from '../../../src/crm/salesforce/describe/caches';
import { openSalesforceAdapter } from '../../../src/crm/salesforce/openSalesforceAdapter';
import type { CrmAdapter } from '../../../src/model/crmAdapter';
import type { CrmValue } from '../../../src/model/record';
import { startDataverse, startStandin } from '../../standin';
import { FIELDS } from '../benchFields';
import type { BenchCrm } from '../workload';

/** How leads of a CRM are synced. */
export interface LeadShape {
	readonly entity: string;
	readonly emailField: string;
	/** Name of the n-th of the other fields. */
	readonly textField: (at: number) => string;
	readonly alsoRequired: Readonly<Record<string, CrmValue>>;
	readonly open: (settings: AdapterSettings) => CrmAdapter;
}

export const shapes: Readonly<Record<BenchCrm, LeadShape>> = {
	salesforce: {
		entity: 'Lead',
		emailField: 'Email',
		textField: (at) => `Field${at}__c`,
		alsoRequired: { LastName: 'Doe', Company: 'Acme' },
		open: (settings) => openSalesforceAdapter(settings, newSalesforceCaches(() => Date.now())),
	},
	dynamics: {
		entity: 'lead',
		emailField: 'emailaddress1',
		textField: (at) => `new_field${at}`,
		alsoRequired: { subject: 'Offer', lastname: 'Doe' },
		open: (settings) => openDynamicsAdapter(settings, newDynamicsCaches(() => Date.now())),
	},
};

/** A stand-in whose leads have 30 fields to map. */
export interface LeadCrm {
	readonly instanceUrl: string;
	readonly accessToken: string;
	/** Moves its clock. */
	advance(ms: number): void;
	close(): Promise<void>;
}

const fieldsOf = (crm: BenchCrm) => Array.from({ length: FIELDS - 1 }, (_, at) => shapes[crm].textField(at));

/** Opens an empty one, given how many milliseconds each of its answers takes at least. */
export const openLeadCrm: Readonly<Record<BenchCrm, (latency: number) => Promise<LeadCrm>>> = {
	async salesforce(latency) {
		let ahead = 0;
		const standin = await startStandin({ now: () => Date.now() + ahead });
		const org = await standin.createOrg({ apiLimit: 1_000_000 });
		for (const name of fieldsOf('salesforce')) org.defineField('Lead', { name, type: 'string', length: 100 });
		if (latency > 0) org.faults.latency(latency);
		return { instanceUrl: org.instanceUrl, accessToken: org.issueSession(), advance: (ms) => void (ahead += ms), close: async () => await standin.close() };
	},
	async dynamics(latency) {
		let ahead = 0;
		const dataverse = await startDataverse({ now: () => Date.now() + ahead });
		const environment = await dataverse.createEnvironment();
		for (const name of fieldsOf('dynamics')) environment.addColumn('lead', { name, type: 'String', maxLength: 100 });
		if (latency > 0) environment.faults.latency(latency);
		return { instanceUrl: environment.url, accessToken: await environment.issueToken(), advance: (ms) => void (ahead += ms), close: async () => await dataverse.close() };
	},
};
