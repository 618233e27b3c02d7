import type { NewTable } from '../table';

const yesNo = [{ value: 0, label: 'No' }, { value: 1, label: 'Yes' }];

/** The tables of the platform itself, as far as clients ask for them. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/about-entity-reference */
export const platformTables = (): NewTable[] => [
	{
		name: 'systemuser', label: 'User', objectTypeCode: 8, primaryName: 'fullname', privilegeName: 'User', ownership: 'none', system: true, changeTracking: false,
		columns: [
			{ name: 'fullname', type: 'String', label: 'Full Name', maxLength: 200 }, { name: 'domainname', type: 'String', label: 'User Name', maxLength: 1024 },
			{ name: 'internalemailaddress', type: 'String', label: 'Primary Email', maxLength: 100, format: 'Email' }, { name: 'applicationid', type: 'Uniqueidentifier', label: 'Application ID' },
			{ name: 'azureactivedirectoryobjectid', type: 'Uniqueidentifier', label: 'Azure AD Object ID' }, { name: 'isdisabled', type: 'Boolean', label: 'Status', options: [{ value: 0, label: 'Enabled' }, { value: 1, label: 'Disabled' }] },
			{ name: 'accessmode', type: 'Picklist', label: 'Access Mode', options: [{ value: 0, label: 'Read-Write' }, { value: 1, label: 'Administrative' }, { value: 4, label: 'Non-interactive' }] },
			{ name: 'businessunitid', type: 'Lookup', label: 'Business Unit', targets: ['businessunit'] },
		],
	},
	{
		name: 'team', label: 'Team', objectTypeCode: 9, primaryName: 'name', ownership: 'none', system: true,
		columns: [
			{ name: 'name', type: 'String', label: 'Team Name', maxLength: 160 }, { name: 'isdefault', type: 'Boolean', label: 'Is Default', options: yesNo }, { name: 'businessunitid', type: 'Lookup', label: 'Business Unit', targets: ['businessunit'] },
			{ name: 'teamtype', type: 'Picklist', label: 'Team Type', options: [{ value: 0, label: 'Owner', default: true }, { value: 1, label: 'Access' }, { value: 2, label: 'Security Group' }, { value: 3, label: 'Office Group' }] },
		],
	},
	{
		name: 'businessunit', label: 'Business Unit', objectTypeCode: 10, privilegeName: 'BusinessUnit', primaryName: 'name', ownership: 'none', system: true,
		columns: [{ name: 'name', type: 'String', label: 'Name', maxLength: 160 }, { name: 'parentbusinessunitid', type: 'Lookup', label: 'Parent Business', targets: ['businessunit'] }, { name: 'isdisabled', type: 'Boolean', label: 'Is Disabled', options: yesNo }],
	},
	{
		name: 'organization', label: 'Organization', objectTypeCode: 1019, primaryName: 'name', ownership: 'none', system: true,
		columns: [
			{ name: 'name', type: 'String', label: 'Organization Name', maxLength: 160 }, { name: 'languagecode', type: 'Integer', label: 'Language' }, { name: 'expirechangetrackingindays', type: 'Integer', label: 'Days to Expire Change Tracking Deleted Records' },
			{ name: 'localeid', type: 'Integer', label: 'Locale' }, { name: 'isauditenabled', type: 'Boolean', label: 'Is Auditing Enabled', options: yesNo }, { name: 'schemanameprefix', type: 'String', label: 'Customization Name Prefix' },
		],
	},
	{
		name: 'solution', label: 'Solution', objectTypeCode: 7100, primaryName: 'friendlyname', ownership: 'none', system: true,
		columns: [
			{ name: 'uniquename', type: 'String', label: 'Name' }, { name: 'friendlyname', type: 'String', label: 'Display Name', maxLength: 256 }, { name: 'version', type: 'String', label: 'Version' },
			{ name: 'ismanaged', type: 'Boolean', label: 'Package Type', options: yesNo }, { name: 'isvisible', type: 'Boolean', label: 'Is Visible Outside Platform', options: yesNo },
		],
	},
	{ name: 'sdkmessage', label: 'Sdk Message', objectTypeCode: 4606, primaryName: 'name', ownership: 'none', system: true, columns: [{ name: 'name', type: 'String', label: 'Name', maxLength: 256 }] },
	{
		name: 'sdkmessagefilter', label: 'Sdk Message Filter', objectTypeCode: 4607, primaryName: 'name', ownership: 'none', system: true,
		columns: [{ name: 'name', type: 'String', label: 'Name', maxLength: 256 }, { name: 'primaryobjecttypecode', type: 'String', label: 'Primary Object Type Code' }, { name: 'sdkmessageid', type: 'Lookup', label: 'SDK Message ID', targets: ['sdkmessage'] }],
	},
	{ name: 'role', label: 'Security Role', objectTypeCode: 1036, primaryName: 'name', ownership: 'none', system: true, columns: [{ name: 'name', type: 'String', label: 'Name', maxLength: 100 }] },
];
