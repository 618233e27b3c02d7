import { CrmError } from '../../../model/crmError';
import type { Mutation } from '../../../model/record';
import { canonicalId } from '../ids';
import { checkedEntity, checkedField } from '../names';

/** One mutation as Salesforce gets it. */
export interface WriteRow {
	/** Its place among the mutations. */
	readonly index: number;
	readonly kind: Mutation['kind'];
	readonly entity: string;
	/** Of the record to update. */
	readonly id?: string;
	/** The record in JSON, written once: its length decides how rows are packed. */
	readonly json: string;
}

/** Members of a record that say what and which it is; as values they would redirect the write. */
const reserved = new Set(['attributes', 'id']);

/** The mutation as a row; throws when it cannot be one, and then nothing of it is sent. */
export function writeRow(mutation: Mutation, index: number): WriteRow {
	const entity = checkedEntity(mutation.entity);
	const id = mutation.kind === 'update' ? checkedId(mutation.id) : undefined;
	for (const field of Object.keys(mutation.values)) checkedValueField(field);
	// https://developer.salesforce.com/docs/atlas.en-us.api_rest.meta/api_rest/resources_composite_sobjects_collections_update.htm
	const json = JSON.stringify({ attributes: { type: entity }, ...(id === undefined ? {} : { id }), ...mutation.values });
	return { index, kind: mutation.kind, entity, id, json };
}

function checkedId(text: string): string {
	const id = canonicalId(text);
	if (id !== undefined) return id;
	throw new CrmError('validation', {
		message: `${JSON.stringify(text.slice(0, 40))} is no Salesforce id, so there is no record to update.`,
		remedy: 'Send the 15- or 18-character id of the record.',
		code: 'MALFORMED_ID',
		fields: ['Id'],
	});
}

function checkedValueField(field: string): void {
	if (!reserved.has(checkedField(field).toLowerCase())) return;
	throw new CrmError('validation', { message: `The field ${field} cannot be written.`, remedy: 'Remove it from the mapping.', fields: [field] });
}
