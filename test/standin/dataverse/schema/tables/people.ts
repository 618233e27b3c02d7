import type { Choice, NewColumn } from '../column';

/** The parts of an address, as contacts, accounts and leads have it. */
export const addressColumns = (): NewColumn[] => [
	{ name: 'address1_line1', type: 'String', label: 'Street 1', maxLength: 250 },
	{ name: 'address1_line2', type: 'String', label: 'Street 2', maxLength: 250 },
	{ name: 'address1_city', type: 'String', label: 'City', maxLength: 80 },
	{ name: 'address1_stateorprovince', type: 'String', label: 'State/Province', maxLength: 50 },
	{ name: 'address1_postalcode', type: 'String', label: 'ZIP/Postal Code', maxLength: 20 },
	{ name: 'address1_country', type: 'String', label: 'Country/Region', maxLength: 80 },
];

/** The names of a person; `fullname` is put together by the server. */
export const nameColumns = (): NewColumn[] => [
	{ name: 'fullname', type: 'String', label: { 1033: 'Full Name', 1036: 'Nom complet' }, maxLength: 160, readOnly: true, schemaName: 'FullName' },
	{ name: 'firstname', type: 'String', label: { 1033: 'First Name', 1036: 'Prénom' }, maxLength: 50, required: 'Recommended', schemaName: 'FirstName' },
	{ name: 'lastname', type: 'String', label: { 1033: 'Last Name', 1036: 'Nom' }, maxLength: 50, required: 'ApplicationRequired', schemaName: 'LastName' },
	{ name: 'middlename', type: 'String', label: 'Middle Name', maxLength: 50, schemaName: 'MiddleName' },
	{ name: 'salutation', type: 'String', label: 'Salutation', maxLength: 100 },
	{ name: 'jobtitle', type: 'String', label: { 1033: 'Job Title', 1036: 'Fonction' }, maxLength: 100, schemaName: 'JobTitle' },
];

/** E-mail addresses and telephone numbers. */
export const reachColumns = (): NewColumn[] => [
	{ name: 'emailaddress1', type: 'String', label: { 1033: 'Email', 1036: 'E-mail' }, maxLength: 100, format: 'Email', schemaName: 'EMailAddress1' },
	{ name: 'emailaddress2', type: 'String', label: 'Email Address 2', maxLength: 100, format: 'Email', schemaName: 'EMailAddress2' },
	{ name: 'emailaddress3', type: 'String', label: 'Email Address 3', maxLength: 100, format: 'Email', schemaName: 'EMailAddress3' },
	{ name: 'telephone1', type: 'String', label: 'Business Phone', maxLength: 50, format: 'Phone' },
	{ name: 'telephone2', type: 'String', label: 'Home Phone', maxLength: 50, format: 'Phone' },
	{ name: 'mobilephone', type: 'String', label: 'Mobile Phone', maxLength: 20, format: 'Phone', schemaName: 'MobilePhone' },
	{ name: 'websiteurl', type: 'String', label: 'Website', maxLength: 200, format: 'Url', schemaName: 'WebSiteUrl' },
	{ name: 'donotemail', type: 'Boolean', label: 'Do not allow Emails', schemaName: 'DoNotEMail', options: [{ value: 0, label: 'Allow' }, { value: 1, label: 'Do Not Allow' }] },
	{ name: 'donotphone', type: 'Boolean', label: 'Do not allow Phone Calls', options: [{ value: 0, label: 'Allow' }, { value: 1, label: 'Do Not Allow' }] },
	{ name: 'description', type: 'Memo', label: 'Description', maxLength: 2000 },
];

/** What a merge leaves behind: the loser points to its master. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/merge-data */
export const mergeColumns = (table: string): NewColumn[] => [
	{ name: 'masterid', type: 'Lookup', label: 'Master ID', targets: [table], readOnly: true },
	{ name: 'merged', type: 'Boolean', label: 'Merged', readOnly: true, options: [{ value: 0, label: 'No' }, { value: 1, label: 'Yes' }] },
];

/** Industries, as accounts and leads share them. */
export const industries: readonly Choice[] = [
	{ value: 1, label: 'Accounting' }, { value: 8, label: 'Consulting' }, { value: 12, label: 'Durable Manufacturing' }, { value: 15, label: 'Entertainment Retail' }, { value: 19, label: 'Health Care' },
];
