import { DataverseError, noSegment } from '../http/DataverseError';
import { requireByKey } from '../records/findByKey';
import { businessUnitOf, checkPrivilege } from '../records/privileges';
import type { Row } from '../records/row';
import { createRow, updateRow } from '../records/save';
import { shapeOf } from '../query/queryRows';
import { showRow } from '../query/showRow';
import type { Table } from '../schema/table';
import { objectBody, writerOf, type ApiAnswer, type ApiRequest } from './ApiRequest';
import { keyIn, referenceIn } from './rows';

type Message = (request: ApiRequest) => ApiAnswer;

const typed = ({ base }: ApiRequest, name: string, values: object): ApiAnswer => ({
	status: 200,
	body: { '@odata.context': `${base}/$metadata#Microsoft.Dynamics.CRM.${name}`, ...values },
});

/** Functions and actions that belong to no table. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/functions */
export const messages: Readonly<Record<string, { readonly kind: string; readonly method: string; readonly run: Message }>> = {
	WhoAmI: {
		kind: 'whoami',
		method: 'GET',
		run: (request) =>
			typed(request, 'WhoAmIResponse', { BusinessUnitId: businessUnitOf(request.env, 'systemuser', request.user.id), UserId: request.user.id, OrganizationId: request.env.organizationId }),
	},
	RetrieveVersion: { kind: 'whoami', method: 'GET', run: (request) => typed(request, 'RetrieveVersionResponse', { Version: request.env.version }) },
	RetrieveCurrentOrganization: {
		kind: 'whoami',
		method: 'GET',
		run: (request) => typed(request, 'RetrieveCurrentOrganizationResponse', { Detail: organizationDetail(request) }),
	},
	CloseIncident: { kind: 'action', method: 'POST', run: closeIncident },
};

// https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/reference/organizationdetail
function organizationDetail({ env }: ApiRequest): object {
	const endpoint = (path: string) => `${env.url}${path}`;
	const keys = ['WebApplication', 'OrganizationService', 'OrganizationDataService'];
	return {
		OrganizationId: env.organizationId,
		FriendlyName: env.name,
		OrganizationVersion: env.version,
		EnvironmentId: env.environmentId,
		DatacenterId: null,
		Geo: 'EMEA',
		TenantId: env.tenant.id,
		UrlName: env.uniqueName,
		UniqueName: env.uniqueName,
		State: 'Enabled',
		OrganizationType: env.sandbox ? 'CustomerTest' : 'Customer',
		Endpoints: {
			Count: keys.length,
			IsReadOnly: false,
			Keys: keys,
			Values: [endpoint('/'), endpoint('/XRMServices/2011/Organization.svc'), endpoint('/XRMServices/2011/OrganizationData.svc')],
		},
	};
}

/** Actions bound to one record, such as `leads(…)/Microsoft.Dynamics.CRM.QualifyLead`. */
export function runBoundAction(request: ApiRequest, table: Table, name: string): ApiAnswer {
	if (name === 'QualifyLead' && table.name === 'lead') return request.env.store.transaction(() => qualifyLead(request, table));
	throw noSegment(`Microsoft.Dynamics.CRM.${name}`);
}

/** Makes the records a lead becomes and closes the lead. https://learn.microsoft.com/en-us/dynamics365/developer/reference/webapi/qualifylead */
function qualifyLead(request: ApiRequest, table: Table): ApiAnswer {
	const { env } = request;
	const lead = requireByKey(env, table, keyIn(request, table));
	const { CreateAccount, CreateContact, CreateOpportunity, Status = -1 } = objectBody(request, table.setName);
	checkPrivilege(request, table, 'Write');
	if (lead.statecode === 1) throw new DataverseError(400, '0x80040203', 'The lead is already closed.');
	const writer = writerOf(request);
	const make = (name: string, body: Record<string, unknown>): [Table, Row] => [env.schema.required(name), createRow(writer, env.schema.required(name), body)];
	const made: Array<[Table, Row]> = [];
	if (CreateAccount === true) made.push(make('account', { name: lead.companyname ?? lead.fullname }));
	if (CreateContact === true)
		made.push(
			make('contact', {
				firstname: lead.firstname,
				lastname: lead.lastname,
				emailaddress1: lead.emailaddress1,
				telephone1: lead.telephone1,
				jobtitle: lead.jobtitle,
			}),
		);
	if (CreateOpportunity === true) made.push(make('opportunity', { name: lead.subject ?? lead.fullname }));
	const reference = (name: string) => made.filter(([one]) => one.name === name).map(([one, row]) => `/${one.setName}(${String(row[one.primaryId])})`)[0];
	const links = { parentaccountid: reference('account'), parentcontactid: reference('contact'), qualifyingopportunityid: reference('opportunity') };
	const bound = Object.entries(links)
		.filter(([, address]) => address !== undefined)
		.map(([name, address]) => [`${name}@odata.bind`, address]);
	updateRow(writer, table, lead, { statecode: 1, statuscode: Status === -1 ? 3 : Status, ...(Object.fromEntries(bound) as object) });
	const value = made.map(([one, row]) => ({ '@odata.type': `#Microsoft.Dynamics.CRM.${one.name}`, ...showRow(request, shapeOf(request, one), row) }));
	return { status: 200, body: { '@odata.context': `${request.base}/$metadata#Collection(Microsoft.Dynamics.CRM.crmbaseentity)`, value } };
}

/** Resolves a case. https://learn.microsoft.com/en-us/dynamics365/developer/reference/webapi/closeincident */
function closeIncident(request: ApiRequest): ApiAnswer {
	const { env } = request;
	const incident = env.schema.table('incident');
	const resolution = env.schema.table('incidentresolution');
	if (!incident || !resolution) throw noSegment('CloseIncident');
	const { IncidentResolution, Status = -1 } = objectBody(request, 'CloseIncident');
	const body = (IncidentResolution ?? {}) as Record<string, unknown>;
	const reference = referenceIn(request, resolution, body['incidentid@odata.bind']);
	return env.store.transaction(() => {
		const before = requireByKey(env, incident, { id: reference.id });
		if (before.statecode !== 0) throw new DataverseError(400, '0x80040203', 'The case has already been closed.');
		createRow(writerOf(request), resolution, body);
		updateRow(writerOf(request), incident, before, { statecode: 1, statuscode: Status === -1 ? 5 : Status });
		return { status: 204 };
	});
}
