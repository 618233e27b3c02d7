import type { EntityDescription, FieldDescription } from '../../model/entity';
import type { WriteMode } from './pushTypes';

/** Fields by API name. */
export function fieldIndex(description: EntityDescription): ReadonlyMap<string, FieldDescription> {
	return new Map(description.fields.map((field) => [field.name, field]));
}

/** Whether a push of this mode can ever write the field. */
export function isWritable({ createable, updateable, type }: FieldDescription, mode: WriteMode): boolean {
	return type !== 'other' && ((mode !== 'update' && createable) || (mode !== 'create' && updateable));
}
