import { startStandin, type Org } from '../test/standin';
import type { DemoCrm } from './DemoCrm';
import type { DemoPorts } from './ports';

const APP = { clientId: 'demo-consumer-key', clientSecret: 'demo-consumer-secret' };

/** An org as a small company has one after a year: people who are leads, who became contacts, and one who is there twice. */
export async function openSalesforceOrg(ports: DemoPorts): Promise<DemoCrm> {
	const standin = await startStandin({ port: ports.salesforceLogin });
	const org = await standin.createOrg({ name: 'Northwind Traders', edition: 'Enterprise Edition', port: ports.org });
	org.addApp({ ...APP, pkceRequired: true });
	fill(org);
	return {
		name: 'Salesforce',
		url: org.instanceUrl,
		credential: {
			type: 'crmSalesforceOAuth2Api',
			name: 'Demo Salesforce (Northwind Traders)',
			data: { ...APP, environment: 'myDomain', domain: org.instanceUrl },
		},
		approve: standin.approve,
		callsCounted: () => org.calls.total,
		close: async () => await standin.close(),
	};
}

function fill(org: Org): void {
	const lead = (FirstName: string, LastName: string, Email: string, Company: string) =>
		String(org.insert('Lead', { FirstName, LastName, Email, Company, LeadSource: 'Web', Status: 'Open - Not Contacted' }).Id);
	lead('Priya', 'Raman', 'priya.raman@example.com', 'Blue Harbor');
	lead('Tom', 'Becker', 'tom.becker@example.com', 'Becker & Sons');
	lead('Thomas', 'Becker', 'tom.becker@example.com', 'Becker and Sons Ltd');
	org.convertLead(lead('Ana', 'Silva', 'ana.silva@example.com', 'Silva Foods'));
	const account = String(org.insert('Account', { Name: 'Lakeside Clinic' }).Id);
	org.insert('Contact', { FirstName: 'Joan', LastName: 'Miller', Email: 'joan.miller@example.com', AccountId: account });
	org.resetCalls();
}
