import type { CrmError } from '../../../model/crmError';
import { wasUndone } from '../errors/toCrmError';
import { eachOf, mostEach, smaller, type Parcel } from './packing';

/**
 * What to send after a bulk message was refused as a whole: it does not say which row is at fault, and none of them was written. A
 * large one goes again in smaller ones, of which the good ones pass, and a small one row by row, each judged alone. So a thousand rows
 * cost at most five further bulk messages and five batches, however many are bad, and no row is ever written twice.
 *
 * https://learn.microsoft.com/en-us/power-apps/developer/data-platform/bulk-operations
 */
export function partsAfter(parcel: Parcel, error: CrmError): readonly Parcel[] {
	if (parcel.how === 'each') return error.httpStatus === 413 ? halves(parcel) : [];
	if (isUnsupported(error)) return eachOf(parcel.rows);
	if (!mayBeAboutOneRow(error) || missesPrivilege(parcel, error)) return [];
	return parcel.rows.length > mostEach ? smaller(parcel) : eachOf(parcel.rows);
}

/** The table turned out not to have the message. Other codes with 405 speak of single rows. */
export function isUnsupported({ code, httpStatus, message }: CrmError): boolean {
	return code === '0x80040800' || httpStatus === 501 || (httpStatus === 404 && /Resource not found for the segment/i.test(message));
}

function mayBeAboutOneRow(error: CrmError): boolean {
	const { kind, httpStatus = 0, transient } = error;
	// Whoever waits for a lock only has to come again.
	const locked = kind === 'conflict' && transient;
	if (kind === 'auth' || kind === 'throttled' || locked) return false;
	return wasUndone(error) || (kind !== 'unavailable' && httpStatus >= 400 && httpStatus < 500);
}

/** The right to write to the table at all, which every row needs. A plug-in that runs for one row may miss any other. */
function missesPrivilege({ how, rows: [{ table }] }: Parcel, { kind, message }: CrmError): boolean {
	const needed = how === 'CreateMultiple' ? table.privileges.create : table.privileges.edit;
	const missed = /is missing (prv\w{1,200})|CrmCheckPrivilege failed.*\b(prv\w{1,200})/is.exec(message);
	return kind === 'permission' && needed !== undefined && (missed?.[1] ?? missed?.[2])?.toLowerCase() === needed.toLowerCase();
}

function halves({ how, rows }: Parcel): readonly Parcel[] {
	const middle = Math.ceil(rows.length / 2);
	const parts = rows.length < 2 ? [] : [rows.slice(0, middle), rows.slice(middle)];
	return parts.map((part) => ({ how, rows: part as unknown as Parcel['rows'] }));
}
