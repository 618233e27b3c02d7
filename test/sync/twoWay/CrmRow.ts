import type { CrmValue } from '../../../src/model/record';

/** A record of the CRM in memory. */
export interface CrmRow {
	readonly id: string;
	values: Record<string, CrmValue>;
	/** When it was changed, as the CRM stamps it. */
	at: number;
	version: number;
	changedBy: string;
	/** Not to be seen before. */
	visibleAt: number;
	deletedAt?: number;
	mergedInto?: string;
	/** A deletion that was stamped, and is committed later. */
	lateRemoval?: { readonly at: number; readonly visibleAt: number };
	/** An edit that was stamped, and is committed later. */
	late?: { readonly values: Record<string, CrmValue>; readonly at: number; readonly visibleAt: number };
}

/** Another one after every change. */
export function stampOf({ at, version }: CrmRow): string {
	return `${at}#${version}`;
}

/** What the CRM makes of a value: trimmed, e-mails in lower case, phone numbers without dashes. */
export function normalised(field: string, value: CrmValue): CrmValue {
	if (typeof value !== 'string') return value;
	const text = value.trim();
	if (text === '') return null;
	if (field === 'Email') return text.toLowerCase();
	return field === 'Phone' ? text.replaceAll('-', '') : text;
}
