import { canonicalId } from '../ids';
import { freshRow } from '../records/freshRow';
import type { Row, Value } from '../records/row';
import { stamped } from '../records/save';
import { acceptValue } from '../validation/acceptValue';
import type { OrgContext } from './OrgContext';

/** A record as a test writes it; any stored field may be set, read-only ones and stamps too. */
export type Seed = Readonly<Record<string, unknown>>;

/** Writes past the API: no call is counted, no rule runs, but values are stored as the org would store them. */
export function seedInsert(org: OrgContext, objectName: string, seed: Seed): Row {
	const object = org.schema.required(objectName);
	const values = accepted(org, objectName, seed);
	const writer = { org, userId: org.users.admin.id, autoAssign: false, allowDuplicates: true, includeDuplicateDetails: false };
	const row = { ...freshRow(writer, object, values), ...values };
	org.tables.put(object.name, row);
	return row;
}

/** Changes a record past the API; the stamps move unless the seed sets them. */
export function seedUpdate(org: OrgContext, objectName: string, id: string, seed: Seed): Row {
	const object = org.schema.required(objectName);
	const before = org.tables.get(object.name, canonicalId(id) ?? '');
	if (!before) throw new Error(`The stand-in org has no ${objectName} ${id}`);
	const values = accepted(org, objectName, seed);
	const row = { ...stamped({ org, userId: org.users.admin.id }, { ...before, ...values }), ...values };
	org.tables.put(object.name, row);
	return row;
}

function accepted(org: OrgContext, objectName: string, seed: Seed): Record<string, Value> {
	const object = org.schema.required(objectName);
	return Object.fromEntries(Object.entries(seed).map(([name, value]) => {
		const spec = org.schema.field(object, name);
		if (!spec) throw new Error(`${objectName} of the stand-in has no field ${name}`);
		return [spec.name, acceptValue(spec, value, org.schema)];
	}));
}
