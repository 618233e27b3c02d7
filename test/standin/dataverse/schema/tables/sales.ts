import type { NewTable } from '../table';
import { addressColumns, industries, mergeColumns, nameColumns, reachColumns } from './people';

/** A contact. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/entities/contact */
export const contact = (): NewTable => ({
	name: 'contact', label: { 1033: 'Contact', 1036: 'Contact' }, pluralLabel: { 1033: 'Contacts', 1036: 'Contacts' }, objectTypeCode: 2, primaryName: 'fullname',
	columns: [
		...nameColumns(), ...reachColumns(), ...addressColumns(), ...mergeColumns('contact'),
		{ name: 'parentcustomerid', type: 'Customer', label: 'Company Name', schemaName: 'ParentCustomerId' },
		{ name: 'originatingleadid', type: 'Lookup', label: 'Originating Lead', targets: ['lead'] },
		{ name: 'birthdate', type: 'DateTime', label: 'Birthday', format: 'DateOnly', behavior: 'DateOnly', schemaName: 'BirthDate' },
		{ name: 'creditlimit', type: 'Money', label: 'Credit Limit', min: 0, max: 100_000_000_000_000 },
		{ name: 'leadsourcecode', type: 'Picklist', label: 'Lead Source', options: [{ value: 1, label: 'Default Value', default: true }] },
		{ name: 'externaluseridentifier', type: 'String', label: 'External User Identifier', maxLength: 50 },
		{ name: 'preferredcontactmethodcode', type: 'Picklist', label: 'Preferred Method of Contact', options: [{ value: 1, label: 'Any', default: true }, { value: 2, label: 'Email' }, { value: 3, label: 'Phone' }] },
	],
});

/** An account. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/entities/account */
export const account = (): NewTable => ({
	name: 'account', label: { 1033: 'Account', 1036: 'Compte' }, pluralLabel: { 1033: 'Accounts', 1036: 'Comptes' }, objectTypeCode: 1, primaryName: 'name',
	columns: [
		{ name: 'name', type: 'String', label: 'Account Name', maxLength: 160, required: 'ApplicationRequired' },
		{ name: 'accountnumber', type: 'String', label: 'Account Number', maxLength: 20, schemaName: 'AccountNumber' },
		...reachColumns().filter((one) => one.name !== 'mobilephone'), ...addressColumns(), ...mergeColumns('account'),
		{ name: 'fax', type: 'String', label: 'Fax', maxLength: 50 },
		{ name: 'primarycontactid', type: 'Lookup', label: 'Primary Contact', targets: ['contact'], schemaName: 'PrimaryContactId' },
		{ name: 'parentaccountid', type: 'Lookup', label: 'Parent Account', targets: ['account'] },
		{ name: 'industrycode', type: 'Picklist', label: 'Industry', options: industries },
		{ name: 'revenue', type: 'Money', label: 'Annual Revenue', min: 0, max: 100_000_000_000_000 },
		{ name: 'numberofemployees', type: 'Integer', label: 'Number of Employees', min: 0, max: 1_000_000_000 },
	],
});

/** A lead, in environments with Dynamics 365 Sales. https://learn.microsoft.com/en-us/dynamics365/developer/reference/entities/lead */
export const lead = (): NewTable => ({
	name: 'lead', label: { 1033: 'Lead', 1036: 'Prospect' }, pluralLabel: { 1033: 'Leads', 1036: 'Prospects' }, objectTypeCode: 4, primaryName: 'fullname',
	columns: [
		{ name: 'subject', type: 'String', label: 'Topic', maxLength: 300, required: 'ApplicationRequired' },
		...nameColumns(), { name: 'companyname', type: 'String', label: { 1033: 'Company Name', 1036: 'Société' }, maxLength: 100, required: 'Recommended', schemaName: 'CompanyName' },
		...reachColumns(), ...addressColumns(), ...mergeColumns('lead'),
		{ name: 'industrycode', type: 'Picklist', label: 'Industry', options: industries },
		{ name: 'leadsourcecode', type: 'Picklist', label: { 1033: 'Lead Source', 1036: 'Source du prospect' }, options: [
			{ value: 1, label: { 1033: 'Advertisement', 1036: 'Publicité' } }, { value: 2, label: 'Employee Referral' }, { value: 3, label: 'External Referral' }, { value: 4, label: 'Partner' },
			{ value: 5, label: 'Public Relations' }, { value: 6, label: 'Seminar' }, { value: 7, label: 'Trade Show' }, { value: 8, label: { 1033: 'Web', 1036: 'Web' } }, { value: 9, label: 'Word of Mouth' }, { value: 10, label: 'Other' },
		] },
		{ name: 'leadqualitycode', type: 'Picklist', label: 'Rating', options: [{ value: 1, label: 'Hot' }, { value: 2, label: 'Warm', default: true }, { value: 3, label: 'Cold' }] },
		{ name: 'revenue', type: 'Money', label: 'Annual Revenue', min: 0, max: 100_000_000_000_000 },
		{ name: 'numberofemployees', type: 'Integer', label: 'No. of Employees', min: 0, max: 1_000_000 },
		{ name: 'estimatedclosedate', type: 'DateTime', label: 'Est. Close Date', format: 'DateOnly', behavior: 'DateOnly' },
		{ name: 'parentcontactid', type: 'Lookup', label: 'Parent Contact for lead', targets: ['contact'] },
		{ name: 'parentaccountid', type: 'Lookup', label: 'Parent Account for lead', targets: ['account'] },
		{ name: 'qualifyingopportunityid', type: 'Lookup', label: 'Qualifying Opportunity', targets: ['opportunity'] },
		{ name: 'statecode', type: 'State', label: 'Status', required: 'SystemRequired', options: [{ value: 0, label: { 1033: 'Open', 1036: 'Ouvert' } }, { value: 1, label: { 1033: 'Qualified', 1036: 'Qualifié' } }, { value: 2, label: { 1033: 'Disqualified', 1036: 'Disqualifié' } }] },
		{ name: 'statuscode', type: 'Status', label: 'Status Reason', options: [
			{ value: 1, label: { 1033: 'New', 1036: 'Nouveau' }, state: 0, default: true }, { value: 2, label: 'Contacted', state: 0 }, { value: 3, label: 'Qualified', state: 1, default: true },
			{ value: 4, label: 'Lost', state: 2, default: true }, { value: 5, label: 'Cannot Contact', state: 2 }, { value: 6, label: 'No Longer Interested', state: 2 }, { value: 7, label: 'Canceled', state: 2 },
		] },
	],
});

/** An opportunity, as far as qualifying a lead needs it. https://learn.microsoft.com/en-us/dynamics365/developer/reference/entities/opportunity */
export const opportunity = (): NewTable => ({
	name: 'opportunity', setName: 'opportunities', label: 'Opportunity', objectTypeCode: 3, primaryName: 'name',
	columns: [
		{ name: 'name', type: 'String', label: 'Topic', maxLength: 300, required: 'ApplicationRequired' },
		{ name: 'customerid', type: 'Customer', label: 'Potential Customer' },
		{ name: 'originatingleadid', type: 'Lookup', label: 'Originating Lead', targets: ['lead'] },
		{ name: 'parentcontactid', type: 'Lookup', label: 'Contact', targets: ['contact'] },
		{ name: 'parentaccountid', type: 'Lookup', label: 'Account', targets: ['account'] },
		{ name: 'estimatedvalue', type: 'Money', label: 'Est. Revenue' },
		{ name: 'statecode', type: 'State', label: 'Status', required: 'SystemRequired', options: [{ value: 0, label: 'Open' }, { value: 1, label: 'Won' }, { value: 2, label: 'Lost' }] },
		{ name: 'statuscode', type: 'Status', label: 'Status Reason', options: [{ value: 1, label: 'In Progress', state: 0, default: true }, { value: 2, label: 'On Hold', state: 0 }, { value: 3, label: 'Won', state: 1, default: true }, { value: 4, label: 'Canceled', state: 2, default: true }, { value: 5, label: 'Out-Sold', state: 2 }] },
	],
});
