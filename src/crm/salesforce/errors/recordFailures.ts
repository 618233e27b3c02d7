import type { FailureTable } from '../../errors/knownFailure';

/**
 * Why one record was refused.
 * https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_concepts_core_data_objects.htm (StatusCode)
 */
export const recordFailures: FailureTable = {
	REQUIRED_FIELD_MISSING: {
		kind: 'validation',
		words: 'A mandatory field is empty: [{fields}|{said}].',
		remedy: 'Map a source field to it, or give it a fixed value.',
	},
	FIELD_CUSTOM_VALIDATION_EXCEPTION: {
		kind: 'validation',
		words: "A validation rule of your Salesforce org refused the record, in its own words: {said}",
		remedy: 'Change the values so that the rule accepts them, or ask your Salesforce admin about the rule.',
	},
	INVALID_FIELD: {
		kind: 'validation',
		words: 'A field does not exist on this object, or is hidden from the signed-in user[: {fields}]. Salesforce said: {said}',
		remedy: 'Refresh the field list and check the mapping, or ask your admin for access to the field.',
	},
	INVALID_FIELD_FOR_INSERT_UPDATE: {
		kind: 'validation',
		words: 'A field cannot be written by the signed-in user[: {fields}]. Salesforce said: {said}',
		remedy: 'Remove the field from the mapping, or ask your admin for edit access to it.',
	},
	INVALID_OR_NULL_FOR_RESTRICTED_PICKLIST: {
		kind: 'validation',
		words: 'A value is not in the list of allowed values[ of {fields}]. Salesforce said: {said}',
		remedy: 'Use one of the values that the field offers in Salesforce, or have the value added there.',
	},
	STRING_TOO_LONG: {
		kind: 'validation',
		words: 'A text is too long[ for {fields}]. Salesforce said: {said}',
		remedy: 'Shorten the text before it is sent.',
	},
	NUMBER_OUTSIDE_VALID_RANGE: {
		kind: 'validation',
		words: 'A number is too large or too small[ for {fields}]. Salesforce said: {said}',
		remedy: 'Send a number within the range of the field.',
	},
	INVALID_EMAIL_ADDRESS: {
		kind: 'validation',
		words: 'An e-mail address is not valid[ in {fields}]. Salesforce said: {said}',
		remedy: 'Correct the address in the source, or leave it out.',
	},
	INVALID_TYPE_ON_FIELD_IN_RECORD: {
		kind: 'validation',
		words: 'A value has the wrong type[ for {fields}]. Salesforce said: {said}',
		remedy: 'Send the kind of value that the field holds.',
	},
	FIELD_INTEGRITY_EXCEPTION: {
		kind: 'validation',
		words: 'The values do not fit together[ in {fields}]. Salesforce said: {said}',
		remedy: 'Correct the values that Salesforce names.',
	},
	FIELD_FILTER_VALIDATION_EXCEPTION: {
		kind: 'validation',
		words: "A lookup filter of your Salesforce org refused the record[ because of {fields}], in its own words: {said}",
		remedy: 'Link a record that the filter allows, or ask your Salesforce admin about the filter.',
	},
	DUPLICATE_VALUE: {
		kind: 'conflict',
		words: 'Another record already has this value[ in {fields}, which must be unique].[ Existing record: {existing}.| Salesforce said: {said}]',
		remedy: 'Update the existing record instead, or send another value.',
	},
	DUPLICATES_DETECTED: {
		kind: 'conflict',
		words: 'A duplicate rule of your Salesforce org found records like this one[: {existing}]. It says: {said}',
		remedy: 'Update the existing record, or allow saving despite a duplicate alert; a rule that blocks still blocks.',
	},
	DUPLICATE_EXTERNAL_ID: {
		kind: 'conflict',
		words: 'The external id matches several records. Salesforce said: {said}',
		remedy: 'Make the external id unique in Salesforce, or merge the records.',
	},
	UNABLE_TO_LOCK_ROW: {
		kind: 'conflict',
		words: 'Somebody else was saving the record, or one it is linked to, at the same moment.',
		remedy: 'Run it again.',
		transient: true,
	},
	ENTITY_IS_LOCKED: {
		kind: 'conflict',
		words: 'The record is locked, usually because it waits for an approval.',
		remedy: 'Finish or recall the approval in Salesforce, then run it again.',
	},
	ENTITY_IS_DELETED: {
		kind: 'notFound',
		words: 'The record was deleted in Salesforce; it may still be in the recycle bin.',
		remedy: 'Restore it from the recycle bin, or create it anew.',
	},
	CANNOT_UPDATE_CONVERTED_LEAD: {
		kind: 'conflict',
		words: 'The lead was already converted, so it can no longer be changed.',
		remedy: 'Update the contact that the lead became.',
	},
	CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY: {
		kind: 'validation',
		words: 'An automation of your Salesforce org (Apex or a flow) failed while saving, in its own words: {said}',
		remedy: 'Show this to your Salesforce admin; the automation must accept the record.',
	},
	CANNOT_EXECUTE_FLOW_TRIGGER: {
		kind: 'validation',
		words: 'A flow of your Salesforce org failed while saving, in its own words: {said}',
		remedy: 'Show this to your Salesforce admin; the flow must accept the record.',
	},
	INSUFFICIENT_ACCESS_OR_READONLY: {
		kind: 'permission',
		words: 'The signed-in user may not save this record. Salesforce said: {said}',
		remedy: 'Ask your Salesforce admin for edit access to the object and the record.',
	},
	INSUFFICIENT_ACCESS_ON_CROSS_REFERENCE_ENTITY: {
		kind: 'permission',
		words: 'The signed-in user has no access to a record that this one refers to[ ({fields})]. Salesforce said: {said}',
		remedy: 'Ask your Salesforce admin for access to the linked record, or link another one.',
	},
	INVALID_CROSS_REFERENCE_KEY: {
		kind: 'notFound',
		words: 'The record, or one that it refers to, does not exist or is hidden from the signed-in user[ ({fields})]. Salesforce said: {said}',
		remedy: 'Check the ids that are sent, the owner and the record type among them.',
	},
	MALFORMED_ID: {
		kind: 'validation',
		words: 'A text that should be a Salesforce id is none[ ({fields})]. Salesforce said: {said}',
		remedy: 'Send the 15- or 18-character id of a record of the right object.',
	},
	STORAGE_LIMIT_EXCEEDED: {
		kind: 'permission',
		words: "Your Salesforce org's data storage is full.",
		remedy: 'Delete records or buy storage, then run it again.',
	},
	DELETE_FAILED: {
		kind: 'conflict',
		words: 'The record cannot be deleted, because something still refers to it. Salesforce said: {said}',
		remedy: 'Remove what refers to it first.',
	},
	INACTIVE_OWNER_OR_USER: {
		kind: 'validation',
		words: 'The owner is a deactivated user.',
		remedy: 'Choose an active user or a queue as the owner.',
	},
	ALL_OR_NONE_OPERATION_ROLLED_BACK: {
		kind: 'conflict',
		words: 'The record was not saved, because another one of the same batch failed.',
	},
};
