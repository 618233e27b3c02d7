import type { Org, Standin } from '../test/standin';

/** What the demo's n8n needs to sign in to the demo's org. */
export const DEMO_APP = { clientId: 'demo-consumer-key', clientSecret: 'demo-consumer-secret' };

/** An org as a small company has one after a year: people who are leads, who became contacts, and one who is there twice. */
export async function openDemoOrg(standin: Standin, port: number): Promise<Org> {
	const org = await standin.createOrg({ name: 'Northwind Traders', edition: 'Enterprise Edition', port });
	org.addApp({ ...DEMO_APP, pkceRequired: true });
	const lead = (FirstName: string, LastName: string, Email: string, Company: string) =>
		String(org.insert('Lead', { FirstName, LastName, Email, Company, LeadSource: 'Web', Status: 'Open - Not Contacted' }).Id);
	lead('Priya', 'Raman', 'priya.raman@example.com', 'Blue Harbor');
	lead('Tom', 'Becker', 'tom.becker@example.com', 'Becker & Sons');
	lead('Thomas', 'Becker', 'tom.becker@example.com', 'Becker and Sons Ltd');
	org.convertLead(lead('Ana', 'Silva', 'ana.silva@example.com', 'Silva Foods'));
	const account = String(org.insert('Account', { Name: 'Lakeside Clinic' }).Id);
	org.insert('Contact', { FirstName: 'Joan', LastName: 'Miller', Email: 'joan.miller@example.com', AccountId: account });
	org.resetCalls();
	return org;
}
