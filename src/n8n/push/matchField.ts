import type { EntityDescription, FieldDescription, FieldType } from '../../model/entity';

const MATCHABLE: readonly FieldType[] = ['id', 'text', 'email', 'phone', 'url', 'integer'];

/** Whether records can be told apart by the field. */
export function canMatch({ filterable, type }: FieldDescription): boolean {
	return filterable && MATCHABLE.includes(type);
}

/**
 * The field to match on where nobody chose one: the first e-mail, else the first field that no two records share. The record's own id is
 * never it, because a new record cannot be given one.
 */
export function defaultMatchField({ fields }: EntityDescription): string | undefined {
	const usable = fields.filter((field) => canMatch(field) && field.createable);
	return (usable.find(({ type }) => type === 'email') ?? usable.find(({ externalId, unique }) => externalId || unique))?.name;
}
