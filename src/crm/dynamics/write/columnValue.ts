import { CrmError } from '../../../model/crmError';
import type { CrmValue } from '../../../model/record';
import type { Column, Table } from '../describe/Table';
import { canonicalId } from '../guids';

/** The table of a record that a lookup may point to in several; `undefined` when there is no such record. */
export type HomeOf = (id: string) => string | undefined;

/** A value as a member of the record in JSON, without a comma. */
export function memberOf(table: Table, column: Column, value: CrmValue, homeOf: HomeOf): string {
	if (column.form === 'lookup') return bindingOf(table, column, value, homeOf);
	return `${JSON.stringify(column.field.name)}:${JSON.stringify(plainValue(column, value))}`;
}

function plainValue({ form, field }: Column, value: CrmValue): CrmValue {
	if (value === null || value === '') return null;
	// It looks like UTC and is none: https://learn.microsoft.com/en-us/power-apps/developer/data-platform/behavior-format-date-time-attribute
	if (field.type === 'clocktime') return `${String(value)}Z`;
	if (form === 'plain') return value;
	const numbers = String(value).split(';').map((part) => part.trim());
	if (!numbers.every((part) => /^-?\d{1,10}$/.test(part)) || (form === 'choice' && numbers.length > 1)) {
		throw refused(`${JSON.stringify(String(value).slice(0, 80))} is not a choice of ${field.label}.`, 'Send the label or the number of one of its choices.', field.name);
	}
	return form === 'choice' ? Number(numbers[0]) : numbers.join(',');
}

/** https://learn.microsoft.com/en-us/power-apps/developer/data-platform/webapi/associate-disassociate-table-rows */
function bindingOf(table: Table, column: Column, value: CrmValue, homeOf: HomeOf): string {
	const { field, navigation } = column;
	const [first] = navigation;
	if (first === undefined) throw refused(`The field ${field.name} cannot be written.`, 'Remove it from the mapping.', field.name);
	if (value === null || value === '') return `${JSON.stringify(`${first[1]}@odata.bind`)}:null`;
	const id = canonicalId(String(value));
	if (id === undefined) throw refused(`${JSON.stringify(String(value).slice(0, 80))} is no id of a record, which ${field.label} needs.`, 'Send the id of the record to link.', field.name);
	const home = navigation.size === 1 ? first[0] : homeOf(id);
	const property = home === undefined ? undefined : navigation.get(home);
	const address = home === undefined ? undefined : table.catalogue.get(home);
	if (property === undefined || address === undefined) throw missingRecord(column, id);
	return `${JSON.stringify(`${property}@odata.bind`)}:${JSON.stringify(`/${address.setName}(${id})`)}`;
}

function missingRecord({ field, navigation }: Column, id: string): CrmError {
	return new CrmError('notFound', {
		message: `${field.label} names the record ${id}, but no ${[...navigation.keys()].join(' or ')} has this id, or the signed-in user may not see it.`,
		remedy: 'Check the id that is sent.',
		fields: [field.name],
	});
}

function refused(message: string, remedy: string, field: string): CrmError {
	return new CrmError('validation', { message, remedy, fields: [field] });
}
