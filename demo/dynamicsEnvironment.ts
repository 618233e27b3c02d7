import { startDataverse, type Environment } from '../test/standin';
import type { DemoCrm } from './DemoCrm';
import type { DemoPorts } from './ports';

const SECRET = 'demo-client-secret';
const WEB = 8;
const QUALIFIED = { statecode: 1, statuscode: 3 };

/** An environment of Dynamics 365 with the same people as the Salesforce org; n8n is to be at the given address. */
export async function openDynamicsEnvironment(ports: DemoPorts, n8nUrl: string): Promise<DemoCrm> {
	const dataverse = await startDataverse({ port: ports.microsoftLogin });
	const { tenant } = dataverse;
	const environment = await dataverse.createEnvironment({ name: 'Northwind Traders', port: ports.environment });
	const app = tenant.addApp({ name: 'n8n', secrets: [SECRET], redirectUris: [`${n8nUrl}/rest/oauth2-credential/callback`] });
	const user = tenant.addUser({ name: 'Integration User' });
	environment.addUser(user, { administrator: true });
	fill(environment);
	return {
		name: 'Dynamics 365',
		url: environment.url,
		credential: {
			type: 'crmDynamicsOAuth2Api',
			name: 'Demo Dynamics 365 (Northwind Traders)',
			data: {
				environmentType: 'custom',
				environmentUrl: environment.url,
				authorityUrl: dataverse.loginUrl,
				discoveryUrl: dataverse.discoveryUrl,
				tenantId: tenant.id,
				clientId: app.clientId,
				clientSecret: SECRET,
			},
		},
		approve: async (url) => await dataverse.approve(url, { user }),
		callsCounted: () => environment.calls.total,
		close: async () => await dataverse.close(),
	};
}

function fill(environment: Environment): void {
	const lead = (firstname: string, lastname: string, emailaddress1: string, more: object) =>
		environment.insert('lead', { firstname, lastname, emailaddress1, leadsourcecode: WEB, subject: 'Asked on the website', ...more });
	const contact = (firstname: string, lastname: string, emailaddress1: string) => String(environment.insert('contact', { firstname, lastname, emailaddress1 }).contactid);
	lead('Priya', 'Raman', 'priya.raman@example.com', { companyname: 'Blue Harbor' });
	lead('Tom', 'Becker', 'tom.becker@example.com', { companyname: 'Becker & Sons' });
	lead('Thomas', 'Becker', 'tom.becker@example.com', { companyname: 'Becker and Sons Ltd' });
	const ana = { table: 'contact', id: contact('Ana', 'Silva', 'ana.silva@example.com') };
	lead('Ana', 'Silva', 'ana.silva@example.com', { companyname: 'Silva Foods', parentcontactid: ana, ...QUALIFIED });
	contact('Joan', 'Miller', 'joan.miller@example.com');
	environment.calls.reset();
}
