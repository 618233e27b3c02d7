import type { OrgContext } from '../org/OrgContext';
import type { Row } from '../records/row';
import type { ObjectSpec } from '../schema/sobject';
import { readValue } from '../soql/fieldPath';
import { attributesOf } from '../soql/selection';

/** A record as GET answers it to a user: every visible field, or the named ones. */
export function rowView(org: OrgContext, userId: string, object: ObjectSpec, row: Row, version: string, only?: readonly string[]): Record<string, unknown> {
	const view: Record<string, unknown> = { attributes: attributesOf(object.name, row, version) };
	const wanted = only?.map((name) => name.toLowerCase());
	for (const spec of object.fields) {
		if (org.access.field(userId, object.name, spec.name) === 'hidden') continue;
		if (!wanted || wanted.includes(spec.name.toLowerCase())) view[spec.name] = readValue(row, spec);
	}
	return view;
}
