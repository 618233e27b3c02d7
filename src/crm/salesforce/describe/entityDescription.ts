import type { Conversion, EntityDescription, EntitySummary, FieldDescription, RecordType } from '../../../model/entity';
import { malformedAnswer } from '../errors/localErrors';
import { canonicalId } from '../ids';
import { isObject, listOf, textOf, type Json } from '../../json';
import { fieldDescription } from './fieldDescription';

/** https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_sobject_describe.htm */
export function entityDescription(body: unknown): EntityDescription {
	const name = isObject(body) ? textOf(body.name) : undefined;
	if (!isObject(body) || name === undefined || !Array.isArray(body.fields)) throw malformedAnswer('a description without fields');
	const fields = body.fields.map(fieldDescription).filter((field) => field !== undefined);
	return {
		...summaryOf(body, name),
		labelPlural: textOf(body.labelPlural) ?? textOf(body.label) ?? name,
		readable: body.queryable === true,
		fields,
		recordTypes: listOf(body.recordTypeInfos).flatMap(recordType),
		conversion: conversionOf(fields),
	};
}

/**
 * The objects a person works with: searchable, with a page or at least records that can be made, and no shadow (history, feed,
 * share) of another object. https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_describeGlobal.htm
 */
export function entitySummaries(body: unknown): readonly EntitySummary[] {
	if (!isObject(body) || !Array.isArray(body.sobjects)) throw malformedAnswer('a list of objects without objects');
	return body.sobjects
		.filter(isObject)
		.filter((sobject) => sobject.queryable === true && sobject.deprecatedAndHidden !== true && (sobject.layoutable === true || sobject.createable === true))
		.filter((sobject) => sobject.customSetting !== true && textOf(sobject.associateEntityType) === undefined)
		.flatMap((sobject) => (textOf(sobject.name) === undefined ? [] : [summaryOf(sobject, String(sobject.name))]))
		.toSorted((one, other) => one.label.localeCompare(other.label) || one.name.localeCompare(other.name));
}

function summaryOf(sobject: Json, name: string): EntitySummary {
	return {
		name,
		label: textOf(sobject.label) ?? name,
		createable: sobject.createable === true,
		updateable: sobject.updateable === true,
		custom: sobject.custom === true,
	};
}

/** The master record type stands for "none" and is not offered. */
function recordType(info: unknown): readonly RecordType[] {
	if (!isObject(info) || info.master === true) return [];
	const id = canonicalId(textOf(info.recordTypeId) ?? '');
	const name = textOf(info.name);
	if (id === undefined || name === undefined) return [];
	return [{ id, name, developerName: textOf(info.developerName) ?? name, available: info.available === true && info.active !== false }];
}

/** https://developer.salesforce.com/docs/atlas.en-us.object_reference.meta/object_reference/sforce_api_objects_lead.htm */
function conversionOf(fields: readonly FieldDescription[]): Conversion | undefined {
	const flag = fields.find(({ name }) => name === 'IsConverted');
	const target = fields.find(({ name }) => name === 'ConvertedContactId');
	return flag && target ? { flagField: flag.name, targetIdField: target.name, targetEntity: target.referenceTo[0] ?? 'Contact' } : undefined;
}
