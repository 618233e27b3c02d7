import { column, type Column, type NewColumn } from './column';
import type { Labels } from './labels';

/** A unique combination of columns that records can be named by. */
export interface NewKey {
	readonly name: string;
	readonly columns: readonly string[];
	/** Only an active key works. https://learn.microsoft.com/en-us/power-apps/developer/data-platform/define-alternate-keys-entity */
	readonly status?: 'Active' | 'Pending' | 'InProgress' | 'Failed';
	readonly label?: Labels;
}

/** The bulk messages a table may support. */
export type Multiple = 'CreateMultiple' | 'UpdateMultiple' | 'UpsertMultiple';

/** What to say of a new table. */
export interface NewTable {
	readonly name: string;
	readonly setName?: string;
	readonly schemaName?: string;
	readonly label?: Labels;
	readonly pluralLabel?: Labels;
	readonly columns: readonly NewColumn[];
	readonly keys?: readonly NewKey[];
	/** The column whose value names a record; the first text column by default. */
	readonly primaryName?: string;
	readonly primaryId?: string;
	readonly changeTracking?: boolean;
	readonly ownership?: 'user' | 'organization' | 'none';
	/** What its privileges are called after, where that is not the name of its schema. */
	readonly privilegeName?: string;
	readonly objectTypeCode?: number;
	readonly multiples?: readonly Multiple[];
	/** No system columns but the id, nothing to write: tables of the platform such as solutions. */
	readonly system?: boolean;
}

/** One table of an environment; columns and keys may be added while it runs. */
export interface Table {
	readonly name: string;
	readonly setName: string;
	readonly schemaName: string;
	readonly label: Labels;
	readonly pluralLabel: Labels;
	readonly objectTypeCode: number;
	readonly primaryId: string;
	readonly primaryName: string;
	readonly custom: boolean;
	readonly ownership: 'user' | 'organization' | 'none';
	readonly privilegeName: string;
	readonly system: boolean;
	readonly columns: Column[];
	readonly keys: Array<Required<NewKey>>;
	changeTracking: boolean;
	multiples: readonly Multiple[];
	/** The row version at which columns or keys last changed. */
	changedAt: number;
}

const activeInactive: NewColumn[] = [
	{
		name: 'statecode',
		type: 'State',
		label: 'Status',
		required: 'SystemRequired',
		options: [
			{ value: 0, label: 'Active' },
			{ value: 1, label: 'Inactive' },
		],
	},
	{
		name: 'statuscode',
		type: 'Status',
		label: 'Status Reason',
		options: [
			{ value: 1, label: 'Active', state: 0, default: true },
			{ value: 2, label: 'Inactive', state: 1, default: true },
		],
	},
];
const stamps: NewColumn[] = [
	{ name: 'createdon', type: 'DateTime', label: 'Created On', readOnly: true },
	{ name: 'createdby', type: 'Lookup', label: 'Created By', readOnly: true, targets: ['systemuser'] },
	{ name: 'modifiedon', type: 'DateTime', label: 'Modified On', readOnly: true },
	{ name: 'modifiedby', type: 'Lookup', label: 'Modified By', readOnly: true, targets: ['systemuser'] },
	{ name: 'versionnumber', type: 'BigInt', label: 'Version Number', readOnly: true },
];
const written: NewColumn[] = [
	{ name: 'overriddencreatedon', type: 'DateTime', label: 'Record Created On', format: 'DateOnly', update: false },
	{ name: 'importsequencenumber', type: 'Integer', label: 'Import Sequence Number', update: false },
];
const owned: NewColumn[] = [
	{ name: 'ownerid', type: 'Owner', label: 'Owner', required: 'SystemRequired' },
	{ name: 'owningbusinessunit', type: 'Lookup', label: 'Owning Business Unit', readOnly: true, targets: ['businessunit'] },
	{ name: 'owninguser', type: 'Lookup', label: 'Owning User', readOnly: true, targets: ['systemuser'] },
	{ name: 'owningteam', type: 'Lookup', label: 'Owning Team', readOnly: true, targets: ['team'] },
];

function withSystemColumns(wanted: NewTable, primaryId: string): Column[] {
	const id: NewColumn = { name: primaryId, type: 'Uniqueidentifier', required: 'SystemRequired', update: false, label: wanted.label ?? wanted.name };
	const ownership = wanted.ownership ?? 'user';
	const more = wanted.system ? [] : [...stamps, ...written, ...activeInactive, ...(ownership === 'user' ? owned : [])];
	const given = new Set(wanted.columns.map((one) => one.name));
	return [id, ...wanted.columns, ...more.filter((one) => !given.has(one.name))].map(column);
}

const pluralOf = (name: string): string => (name.endsWith('y') ? `${name.slice(0, -1)}ies` : name.endsWith('s') ? `${name}es` : `${name}s`);

/** Describes one table; id, stamps, owner, status and version come by themselves. */
export function table(wanted: NewTable): Table {
	const { name } = wanted;
	const primaryId = wanted.primaryId ?? `${name}id`;
	const schemaName = wanted.schemaName ?? name.replace(/^([a-z0-9]+_)?\w/, (start) => start.slice(0, -1) + start.slice(-1).toUpperCase());
	const label = wanted.label ?? name.replace(/^[a-z0-9]+_/, '').replace(/^\w/, (letter) => letter.toUpperCase());
	return {
		name,
		primaryId,
		label,
		setName: wanted.setName ?? pluralOf(name),
		schemaName,
		privilegeName: wanted.privilegeName ?? schemaName,
		pluralLabel: wanted.pluralLabel ?? (typeof label === 'string' ? pluralOf(label) : label),
		objectTypeCode: wanted.objectTypeCode ?? 10_000,
		primaryName: wanted.primaryName ?? wanted.columns.find((one) => one.type === 'String')?.name ?? primaryId,
		custom: /^[a-z0-9]+_/.test(name),
		ownership: wanted.ownership ?? 'user',
		system: wanted.system ?? false,
		columns: withSystemColumns(wanted, primaryId),
		keys: (wanted.keys ?? []).map(completeKey),
		changeTracking: wanted.changeTracking ?? false,
		multiples: wanted.multiples ?? ['CreateMultiple', 'UpdateMultiple', 'UpsertMultiple'],
		changedAt: 0,
	};
}

/** A key with what was left out. */
export const completeKey = (key: NewKey): Required<NewKey> => ({ status: 'Active', label: key.name, ...key });
