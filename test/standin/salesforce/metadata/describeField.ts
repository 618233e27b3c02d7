import type { OrgContext } from '../org/OrgContext';
import type { FieldSpec, FieldType } from '../schema/field';
import type { ObjectSpec } from '../schema/sobject';

const soapTypes: Partial<Record<FieldType, string>> = {
	id: 'tns:ID', reference: 'tns:ID', boolean: 'xsd:boolean', int: 'xsd:int', double: 'xsd:double', currency: 'xsd:double',
	percent: 'xsd:double', date: 'xsd:date', datetime: 'xsd:dateTime', address: 'urn:address',
};
const wide: readonly FieldType[] = ['address', 'multipicklist', 'textarea'];

/** One field as describe shows it to a user. https://developer.salesforce.com/docs/atlas.en-us.api.meta/api/sforce_api_calls_describesobjects_describesobjectresult.htm */
export function describeField(org: OrgContext, userId: string, object: ObjectSpec, spec: FieldSpec): object {
	const locked = org.access.field(userId, object.name, spec.name) === 'readOnly';
	const isText = soapTypes[spec.type] === undefined;
	const number = spec.type === 'int' || spec.precision > 0;
	return {
		...neverSet,
		autoNumber: spec.autoNumber ?? false,
		aggregatable: !wide.includes(spec.type) && spec.type !== 'boolean',
		byteLength: isText || spec.length > 0 ? spec.length * 3 : 0,
		calculated: spec.formula !== undefined,
		calculatedFormula: spec.formula ?? null,
		caseSensitive: spec.caseSensitive ?? false,
		compoundFieldName: spec.compoundFieldName ?? null,
		createable: spec.createable && !locked,
		custom: spec.custom,
		defaultValue: spec.type === 'boolean' ? (spec.defaultValue ?? false) : (spec.defaultValue ?? null),
		defaultedOnCreate: spec.defaultedOnCreate,
		digits: spec.type === 'int' ? 8 : 0,
		externalId: spec.externalId ?? false,
		extraTypeInfo: spec.type === 'textarea' ? 'plaintextarea' : null,
		filterable: spec.filterable,
		groupable: spec.filterable && !number && !wide.includes(spec.type) && spec.type !== 'datetime',
		idLookup: spec.idLookup ?? false,
		inlineHelpText: spec.helpText ?? null,
		label: spec.label,
		length: isText || spec.length > 0 ? spec.length : 0,
		name: spec.name,
		nameField: spec.nameField ?? false,
		namePointing: spec.referenceTo.length > 1,
		nillable: spec.nillable,
		permissionable: spec.nillable && spec.createable,
		picklistValues: spec.picklistValues,
		polymorphicForeignKey: spec.referenceTo.length > 1,
		precision: spec.precision,
		referenceTo: spec.referenceTo,
		relationshipName: spec.relationshipName ?? null,
		restrictedPicklist: spec.restricted ?? false,
		scale: spec.scale,
		soapType: soapTypes[spec.type] ?? 'xsd:string',
		sortable: spec.filterable && !wide.includes(spec.type),
		type: spec.type,
		unique: spec.unique ?? false,
		updateable: spec.updateable && !locked,
	};
}

const neverSet = {
	aiPredictionField: false, autoNumber: false, cascadeDelete: false, controllerName: null, defaultValueFormula: null, dependentPicklist: false,
	deprecatedAndHidden: false, displayLocationInDecimal: false, encrypted: false, filteredLookupInfo: null, formulaTreatNullNumberAsZero: false,
	highScaleNumber: false, htmlFormatted: false, mask: null, maskType: null, queryByDistance: false, referenceTargetField: null,
	relationshipOrder: null, restrictedDelete: false, searchPrefilterable: false, writeRequiresMasterRead: false,
};
