import type { EntityDescription } from '../../src/model/entity';
import type { CrmValue } from '../../src/model/record';
import { DEFAULT_RULE, type Mapping } from '../../src/sync/mapping/mapping';
import { field, lead } from '../sync/entities';

export const FIELDS = 30;
const TYPES = ['text', 'email', 'phone', 'picklist', 'decimal', 'integer', 'boolean', 'date', 'datetime', 'text'] as const;
const picklist = ['Energy', 'Media', 'Retail'].map((value) => ({ value, label: `${value} (label)` }));

export const keyring = { current: { id: 'bench', secret: new Uint8Array(32).fill(7) }, former: [] };

/** A lead with 30 fields of usual types. */
export const benchEntity: EntityDescription = {
	...lead,
	fields: Array.from({ length: FIELDS }, (_, at) =>
		field(`Field${at}`, TYPES[at % TYPES.length], { length: 255, precision: 18, scale: at % TYPES.length === 4 ? 2 : 0, restricted: true, picklist }),
	),
};

/** All of them mapped both ways, matched by the e-mail. */
export const benchMapping: Mapping = {
	rules: benchEntity.fields.map(({ name }, at) => ({ ...DEFAULT_RULE, id: `r${at}`, appField: `app${at}`, crmField: name })),
	matchKey: { appField: 'app1', crmField: 'Field1' },
	firstMatch: 'preferCrm',
	timeZone: 'Europe/Vienna',
};

/** The record of a number, as the app writes it. */
export function inApp(number: number): Record<string, CrmValue> {
	return Object.fromEntries(Array.from({ length: FIELDS }, (_, at) => [`app${at}`, valueOf(at, number, false)]));
}

/** The record of a number, as the CRM shows it. */
export function inCrm(number: number): Record<string, CrmValue> {
	return Object.fromEntries(Array.from({ length: FIELDS }, (_, at) => [`Field${at}`, valueOf(at, number, true)]));
}

/** Other values of three of the record's fields. */
export function edited(record: Readonly<Record<string, unknown>>): Record<string, CrmValue> {
	return Object.fromEntries(Object.entries(record).flatMap(([name, value], at) => (at % TYPES.length === 0 ? [[name, `${String(value)}, edited`]] : [])));
}

function valueOf(at: number, number: number, ofCrm: boolean): CrmValue {
	const seed = number + at;
	const values: Readonly<Record<(typeof TYPES)[number], CrmValue>> = {
		text: `Some text of ${seed}`,
		email: `${ofCrm ? 'p' : 'P'}erson.${seed}@example.com`,
		phone: `+43 1 ${seed}`,
		picklist: ['Energy', 'Media', 'Retail'][seed % 3],
		decimal: seed + 0.25,
		integer: seed,
		boolean: seed % 2 === 0,
		date: `2026-03-${two((seed % 28) + 1)}`,
		datetime: `2026-03-04T10:00:${two(seed % 60)}${ofCrm ? '.000+0000' : 'Z'}`,
	};
	return values[TYPES[at % TYPES.length]];
}

function two(number: number): string {
	return String(number).padStart(2, '0');
}
