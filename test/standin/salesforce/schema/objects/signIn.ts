import { field } from '../field';
import { sobject, type ObjectSpec } from '../sobject';

const seen = { readOnly: true };
const fixed = { createable: false, updateable: false, deletable: false, replicateable: false };

function withoutStamps(spec: ObjectSpec, kept: readonly string[]): ObjectSpec {
	return { ...spec, fields: spec.fields.filter((one) => kept.includes(one.name)) };
}

const loginFields = [
	field('UserId', 'reference', { ...seen, referenceTo: ['User'], nillable: false }),
	field('LoginTime', 'datetime', seen),
	field('LoginType', 'picklist', seen),
	field('SourceIp', 'string', { ...seen, length: 39 }),
	field('LoginUrl', 'string', { ...seen, length: 1024 }),
	field('Browser', 'string', { ...seen, length: 64, filterable: false }),
	field('Platform', 'string', { ...seen, length: 64, filterable: false }),
	field('Status', 'string', { ...seen, length: 128, filterable: false }),
	field('Application', 'string', { ...seen, length: 64, filterable: false }),
	field('ClientVersion', 'string', { ...seen, length: 64, filterable: false }),
	field('ApiType', 'string', { ...seen, length: 64, filterable: false }),
	field('ApiVersion', 'string', { ...seen, length: 32, filterable: false }),
	field('CountryIso', 'string', { ...seen, length: 3 }),
];

/** Every sign-in of a known user; most columns cannot be filtered by. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_loginhistory.htm */
export const loginHistory = (): ObjectSpec =>
	withoutStamps(sobject('LoginHistory', '0Ya', loginFields, { ...fixed, label: 'Login History', labelPlural: 'Login History' }), ['Id', ...loginFields.map((one) => one.name)]);

const userLoginFields = [
	field('UserId', 'reference', { ...seen, referenceTo: ['User'], nillable: false }),
	field('IsFrozen', 'boolean', { createable: false }),
	field('IsPasswordLocked', 'boolean', { createable: false }),
	field('LastModifiedDate', 'datetime', seen),
	field('LastModifiedById', 'reference', { ...seen, referenceTo: ['User'] }),
];

/** Whether a user is frozen or locked out. https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_userlogin.htm */
export const userLogin = (): ObjectSpec =>
	withoutStamps(sobject('UserLogin', '0Yw', userLoginFields, { ...fixed, updateable: true, label: 'User Login' }), ['Id', ...userLoginFields.map((one) => one.name)]);
