import { DataverseError } from '../http/DataverseError';
import { textIn } from '../schema/labels';
import type { Table } from '../schema/table';
import type { Row, Value } from './row';

/** Status and status reason that belong together, completed from what a write says. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/define-custom-state-model-transitions */
export function withStates(table: Table, before: Row | undefined, values: Row): Row {
	const reasons = table.columns.find((one) => one.name === 'statuscode')?.options;
	if (!reasons || (values.statecode === undefined && values.statuscode === undefined)) return values;
	const known = reasons.find((one) => one.value === values.statuscode);
	const state = values.statecode ?? before?.statecode ?? 0;
	if (values.statuscode === undefined || values.statuscode === null) return { ...values, statuscode: defaultReason(table, state) };
	if (known?.state !== state) throw mismatch(table, values.statuscode, state, before);
	return { ...values, statecode: state };
}

/** The status reason a record gets when only its status is set. */
export function defaultReason(table: Table, state: Value): number | null {
	const reasons = table.columns.find((one) => one.name === 'statuscode')?.options.filter((one) => one.state === state) ?? [];
	return (reasons.find((one) => one.default) ?? reasons[0])?.value ?? null;
}

function mismatch(table: Table, reason: Value, state: Value, before: Row | undefined): DataverseError {
	const label = table.columns.find((one) => one.name === 'statecode')?.options.find((one) => one.value === state)?.label ?? String(state);
	const id = before ? ` on ${table.name} with Id ${String(before[table.primaryId])}` : '';
	return new DataverseError(
		400,
		'0x80048408',
		`${String(reason)} is not a valid status code for state code ${table.schemaName}State.${textIn(label, 1033)}${id}.`,
	);
}

/** Refuses a change of a record that is closed, unless the change opens it. */
export function checkClosed(table: Table, before: Row, values: Row): void {
	const closed = before.statecode !== 0 && values.statecode !== 0;
	if (!closed || !(table.name === 'lead' || table.name === 'incident' || before.merged === true)) return;
	const named = table.name === 'lead' ? 'lead' : table.name === 'incident' ? 'case' : table.name;
	throw new DataverseError(400, '0x80040203', `You can't update this ${named} because it is read-only. Reactivate it first.`);
}
