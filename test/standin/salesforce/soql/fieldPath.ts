import { canonicalId } from '../ids';
import type { OrgContext } from '../org/OrgContext';
import type { Row, Value } from '../records/row';
import { field, type FieldSpec } from '../schema/field';
import type { ObjectSpec } from '../schema/sobject';
import { noSuchColumn, noSuchRelation } from './SoqlError';

/** What a query is evaluated with. */
export interface QueryScope {
	readonly org: OrgContext;
	readonly userId: string;
	readonly soql: string;
	/** Deleted rows count too, as in queryAll. */
	readonly all: boolean;
}

/** A field a query names, perhaps through parents, and how to get its value from a row. */
export interface FieldPath {
	/** The relationship names passed through, as the schema spells them. */
	readonly steps: readonly FieldSpec[];
	readonly spec: FieldSpec;
	readonly valueOf: (row: Row) => Value;
}

/** Finds `Name`, `Owner.Name` or `Account__r.Owner.Email` from an object; the object's own name or alias may stand in front. */
export function fieldPath(scope: QueryScope, object: ObjectSpec, text: string, alias?: string): FieldPath {
	const names = text.split('.');
	const prefix = names[0].toLowerCase();
	if (names.length > 1 && (prefix === object.name.toLowerCase() || prefix === alias?.toLowerCase())) names.shift();
	const steps: FieldSpec[] = [];
	let at = object;
	for (const name of names.slice(0, -1)) {
		const step = scope.org.schema.relationship(at, name);
		const next = step && parentObject(scope, step);
		if (!step || !next || !visible(scope, at, step)) throw noSuchRelation(scope.soql, name);
		steps.push(step);
		at = next;
	}
	const last = names[names.length - 1];
	const spec = steps.at(-1) && isPolymorphic(steps.at(-1)!) && last.toLowerCase() === 'type' ? kindOfParent : scope.org.schema.field(at, last);
	if (!spec || !visible(scope, at, spec)) throw noSuchColumn(scope.soql, last, at.name);
	return { steps, spec, valueOf: (row) => valueThrough(scope.org, row, steps, spec) };
}

const isPolymorphic = (step: FieldSpec): boolean => step.referenceTo.length > 1;

/** `Owner.Type`: which kind of record a reference to several kinds points at. https://developer.salesforce.com/docs/atlas.en-us.soql_sosl.meta/soql_sosl/sforce_api_calls_soql_relationships_and_polymorph_keys.htm */
const kindOfParent = field('Type', 'string', { readOnly: true, compute: (row) => (String(row.Id).startsWith('005') ? 'User' : (row.Type ?? null)) });

/** True when field-level security shows the field. */
export const visible = ({ org, userId }: QueryScope, object: ObjectSpec, spec: FieldSpec): boolean =>
	org.access.field(userId, object.name, spec.name) !== 'hidden';

/** The object a parent name leads to; for owners, users stand for queues too. */
function parentObject({ org }: QueryScope, step: FieldSpec): ObjectSpec | undefined {
	return org.schema.object(step.referenceTo.includes('User') ? 'User' : (step.referenceTo[0] ?? ''));
}

/** The row a reference points at, whatever its kind. */
export function parentRow(org: OrgContext, row: Row, step: FieldSpec): Row | undefined {
	const id = canonicalId(row[step.name]);
	const parent = id && step.referenceTo.map((name) => org.tables.get(name, id)).find((found) => found !== undefined);
	return parent || undefined;
}

/** The stored or calculated value of a field. */
export const readValue = (row: Row, spec: FieldSpec): Value => (spec.compute ? spec.compute(row) : (row[spec.name] ?? null));

function valueThrough(org: OrgContext, row: Row, steps: readonly FieldSpec[], spec: FieldSpec): Value {
	let at: Row | undefined = row;
	for (const step of steps) at = at && parentRow(org, at, step);
	if (!at) return null;
	// The spec may be that of users while the owner is a queue: then only stored values can be read.
	return spec.compute && !(spec.name in at) ? spec.compute(at) : (at[spec.name] ?? null);
}
