import { toLongId } from '../ids';
import type { OrgContext } from '../org/OrgContext';
import type { ObjectSpec } from '../schema/sobject';
import { describeField } from './describeField';

/** The short form that the list of objects holds. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_describeGlobal.htm */
export function describeBriefly(org: OrgContext, userId: string, object: ObjectSpec, version: string): object {
	const url = `/services/data/${version}/sobjects/${object.name}`;
	const access = org.access.object(userId, object.name);
	return {
		activateable: false, associateEntityType: null, associateParentEntity: null,
		createable: object.createable && access.create,
		custom: object.custom, customSetting: false, deepCloneable: false,
		deletable: object.deletable && access.delete,
		deprecatedAndHidden: false, feedEnabled: !object.name.endsWith('Type'), hasSubtypes: false, isInterface: false, isSubtype: false,
		keyPrefix: object.keyPrefix,
		label: object.label,
		labelPlural: object.labelPlural,
		layoutable: true, mergeable: ['Account', 'Contact', 'Lead', 'Case'].includes(object.name), mruEnabled: true,
		name: object.name,
		queryable: access.read,
		replicateable: object.replicateable,
		retrieveable: access.read,
		searchable: true, triggerable: true,
		undeletable: object.deletable,
		updateable: object.updateable && access.update,
		urls: { rowTemplate: `${url}/{ID}`, describe: `${url}/describe`, sobject: url },
	};
}

/** The whole description of an object. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm */
export function describeObject(org: OrgContext, userId: string, object: ObjectSpec, version: string): object {
	const seen = object.fields.filter((spec) => org.access.field(userId, object.name, spec.name) !== 'hidden');
	return {
		actionOverrides: [],
		...describeBriefly(org, userId, object, version),
		childRelationships: object.childRelationships.map((child) => ({ cascadeDelete: false, ...child, deprecatedAndHidden: false, junctionIdListNames: [], junctionReferenceTo: [], restrictedDelete: false })),
		compactLayoutable: true, defaultImplementation: null, extendedBy: null, extendsInterfaces: null,
		fields: seen.map((spec) => describeField(org, userId, object, spec)),
		implementedBy: null, implementsInterfaces: null, listviewable: null, lookupLayoutable: null,
		namedLayoutInfos: [], networkScopeFieldName: null,
		recordTypeInfos: recordTypeInfos(object, version),
		searchLayoutable: true, sobjectDescribeOption: 'FULL',
		supportedScopes: [{ label: `All ${object.labelPlural.toLowerCase()}`, name: 'everything' }, { label: `My ${object.labelPlural.toLowerCase()}`, name: 'mine' }],
	};
}

/** The id of the record type every object has without any being made. */
const masterRecordType = toLongId('012000000000000');

function recordTypeInfos(object: ObjectSpec, version: string): object[] {
	const master = { id: masterRecordType, name: 'Master', developerName: 'Master' };
	return [...object.recordTypes, master].map((type, index) => ({
		active: true,
		available: true,
		defaultRecordTypeMapping: index === 0,
		developerName: type.developerName,
		master: type === master,
		name: type.name,
		recordTypeId: type.id,
		urls: { layout: `/services/data/${version}/sobjects/${object.name}/describe/layouts/${type.id}` },
	}));
}
