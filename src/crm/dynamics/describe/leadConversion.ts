import type { Conversion } from '../../../model/entity';
import type { Column, DerivedColumn } from './Table';

const open = 0;
const qualified = 1;

/**
 * A qualified or disqualified lead is read-only; only a qualified one became somebody, whom Dataverse notes in the lead. Open leads may
 * name a contact too, so what a lead became is worked out from both columns.
 *
 * https://learn.microsoft.com/en-us/dynamics365/developer/reference/webapi/qualifylead
 * https://learn.microsoft.com/en-us/dynamics365/developer/reference/entities/lead#BKMK_StateCode
 */
export function leadConversion(table: string, columns: ReadonlyMap<string, Column>): { readonly conversion?: Conversion; readonly derived: ReadonlyMap<string, DerivedColumn> } {
	const state = columns.get('statecode');
	const contact = columns.get('parentcontactid');
	if (table !== 'lead' || !state || !contact) return { derived: new Map() };
	const derived = new Map<string, DerivedColumn>([
		['statecode@closed', { readNames: [state.readName], valueIn: (row) => typeof row[state.readName] === 'number' && row[state.readName] !== open }],
		['parentcontactid@qualified', { readNames: [state.readName, contact.readName], valueIn: (row) => (row[state.readName] === qualified ? textOrNull(row[contact.readName]) : null) }],
	]);
	return { derived, conversion: { flagField: 'statecode@closed', targetIdField: 'parentcontactid@qualified', targetEntity: 'contact', stateField: 'statecode', verb: 'qualified' } };
}

function textOrNull(value: unknown): string | null {
	return typeof value === 'string' ? value : null;
}
