import type { NewTable } from '../table';

/** A case, in environments with Dynamics 365 Customer Service. https://learn.microsoft.com/en-us/dynamics365/developer/reference/entities/incident */
export const incident = (): NewTable => ({
	name: 'incident', label: { 1033: 'Case', 1036: 'Incident' }, pluralLabel: { 1033: 'Cases', 1036: 'Incidents' }, objectTypeCode: 112, primaryName: 'title',
	columns: [
		{ name: 'title', type: 'String', label: 'Case Title', maxLength: 200, required: 'ApplicationRequired' },
		{ name: 'ticketnumber', type: 'String', label: 'Case Number', maxLength: 100, update: false, autoNumberFormat: 'CAS-{SEQNUM:5}-{RANDSTRING:6}', schemaName: 'TicketNumber' },
		{ name: 'description', type: 'Memo', label: 'Description', maxLength: 2000 },
		{ name: 'customerid', type: 'Customer', label: 'Customer', required: 'ApplicationRequired' },
		{ name: 'primarycontactid', type: 'Lookup', label: 'Contact', targets: ['contact'] },
		{ name: 'prioritycode', type: 'Picklist', label: 'Priority', options: [{ value: 1, label: 'High' }, { value: 2, label: 'Normal', default: true }, { value: 3, label: 'Low' }] },
		{ name: 'caseorigincode', type: 'Picklist', label: 'Origin', options: [{ value: 1, label: 'Phone' }, { value: 2, label: 'Email' }, { value: 3, label: 'Web' }] },
		{ name: 'casetypecode', type: 'Picklist', label: 'Case Type', options: [{ value: 1, label: 'Question' }, { value: 2, label: 'Problem' }, { value: 3, label: 'Request' }] },
		{ name: 'masterid', type: 'Lookup', label: 'Master Case', targets: ['incident'], readOnly: true },
		{ name: 'merged', type: 'Boolean', label: 'Internal Use Only', readOnly: true },
		{ name: 'statecode', type: 'State', label: 'Status', required: 'SystemRequired', options: [{ value: 0, label: 'Active' }, { value: 1, label: 'Resolved' }, { value: 2, label: 'Cancelled' }] },
		{ name: 'statuscode', type: 'Status', label: 'Status Reason', options: [
			{ value: 1, label: 'In Progress', state: 0, default: true }, { value: 2, label: 'On Hold', state: 0 }, { value: 3, label: 'Waiting for Details', state: 0 }, { value: 4, label: 'Researching', state: 0 },
			{ value: 5, label: 'Problem Solved', state: 1, default: true }, { value: 1000, label: 'Information Provided', state: 1 }, { value: 6, label: 'Cancelled', state: 2, default: true }, { value: 2000, label: 'Merged', state: 2 },
		] },
	],
});

/** A note on a record. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/reference/entities/annotation */
export const annotation = (objects: readonly string[]): NewTable => ({
	name: 'annotation', label: 'Note', objectTypeCode: 5, primaryName: 'subject', privilegeName: 'Note',
	columns: [
		{ name: 'subject', type: 'String', label: 'Title', maxLength: 500 },
		{ name: 'notetext', type: 'Memo', label: 'Description', maxLength: 100_000 },
		{ name: 'filename', type: 'String', label: 'File Name', maxLength: 255 },
		{ name: 'mimetype', type: 'String', label: 'Mime Type', maxLength: 256 },
		{ name: 'documentbody', type: 'Memo', label: 'Document', maxLength: 1_073_741_823 },
		{ name: 'isdocument', type: 'Boolean', label: 'Is Document' },
		{ name: 'objectid', type: 'Lookup', label: 'Regarding', targets: [...objects] },
	],
});

/** How a case was resolved. https://learn.microsoft.com/en-us/dynamics365/developer/reference/entities/incidentresolution */
export const incidentresolution = (): NewTable => ({
	name: 'incidentresolution', label: 'Case Resolution', objectTypeCode: 4206, primaryName: 'subject', primaryId: 'activityid', privilegeName: 'Activity',
	columns: [
		{ name: 'subject', type: 'String', label: 'Subject', maxLength: 200 },
		{ name: 'description', type: 'Memo', label: 'Description' },
		{ name: 'incidentid', type: 'Lookup', label: 'Case', targets: ['incident'] },
		{ name: 'timespent', type: 'Integer', label: 'Time Spent' },
	],
});
