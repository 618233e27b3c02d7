import { field } from '../field';
import { sobject, type ObjectSpec } from '../sobject';
import { ownerField } from '../systemFields';

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_case.htm */
export const supportCase = (): ObjectSpec =>
	sobject('Case', '500', [
		field('CaseNumber', 'string', { length: 30, readOnly: true, nillable: false, defaultedOnCreate: true, autoNumber: true, nameField: true, idLookup: true }),
		field('ContactId', 'reference', { referenceTo: ['Contact'] }),
		field('AccountId', 'reference', { referenceTo: ['Account'] }),
		field('SuppliedName', 'string', { label: 'Web Name', length: 80 }),
		field('SuppliedEmail', 'email', { label: 'Web Email' }),
		field('Type', 'picklist', { label: 'Case Type', values: ['Question', 'Problem', 'Feature Request'] }),
		field('Status', 'picklist', { values: ['New', 'Working', 'Escalated', 'Closed'], restricted: true, defaultValue: 'New' }),
		field('Reason', 'picklist', { label: 'Case Reason', values: ['Installation', 'Performance', 'Feedback', 'Other'] }),
		field('Origin', 'picklist', { label: 'Case Origin', values: ['Email', 'Phone', 'Web'] }),
		field('Subject', 'string'),
		field('Priority', 'picklist', { values: ['High', 'Medium', 'Low'], defaultValue: 'Medium' }),
		field('Description', 'textarea', { length: 32000 }),
		field('IsClosed', 'boolean', { label: 'Closed', compute: (row) => row.Status === 'Closed' }),
		ownerField('Group', 'User'),
	]);

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_task.htm */
export const task = (): ObjectSpec =>
	sobject('Task', '00T', [
		field('WhoId', 'reference', { label: 'Name ID', referenceTo: ['Contact', 'Lead'] }),
		field('WhatId', 'reference', { label: 'Related To ID', referenceTo: ['Account', 'Campaign', 'Case', 'Opportunity'] }),
		field('Subject', 'combobox', { values: ['Call', 'Send Letter', 'Email', 'Other'], nameField: true }),
		field('ActivityDate', 'date', { label: 'Due Date Only' }),
		field('Status', 'picklist', { values: ['Not Started', 'In Progress', 'Completed'], defaultValue: 'Not Started' }),
		field('Priority', 'picklist', { values: ['High', 'Normal', 'Low'], defaultValue: 'Normal' }),
		field('Description', 'textarea', { length: 32000, label: 'Comments' }),
		ownerField('Group', 'User'),
	]);
