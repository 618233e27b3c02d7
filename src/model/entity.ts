/**
 * What a field holds, in words common to all CRMs. A `datetime` is a moment, in UTC; a `clocktime` is a day and a time that are the same
 * on every clock, whatever the zone: `YYYY-MM-DDTHH:MM:SS` without an offset. `other` is shown but never written.
 */
export type FieldType =
	| 'id'
	| 'text'
	| 'email'
	| 'phone'
	| 'url'
	| 'picklist'
	| 'multipicklist'
	| 'boolean'
	| 'integer'
	| 'decimal'
	| 'date'
	| 'datetime'
	| 'clocktime'
	| 'time'
	| 'reference'
	| 'other';

export interface PicklistValue {
	readonly value: string;
	readonly label: string;
	/** What the choice is called in other languages of the CRM. */
	readonly otherLabels?: readonly string[];
}

export interface FieldDescription {
	/** API name, unique within the entity. */
	readonly name: string;
	readonly label: string;
	readonly type: FieldType;
	/** Longest text in characters. */
	readonly length?: number;
	/** All digits of a number, and those after the point. */
	readonly precision?: number;
	readonly scale?: number;
	/** A create without a value is refused. */
	readonly required: boolean;
	/** An existing value may be removed. */
	readonly clearable: boolean;
	readonly createable: boolean;
	readonly updateable: boolean;
	/** Computed by the CRM, so never writable by anyone. */
	readonly calculated: boolean;
	/** Records can be found by it. */
	readonly filterable: boolean;
	/** No two records may share a value. */
	readonly unique: boolean;
	readonly externalId: boolean;
	readonly caseSensitive: boolean;
	/** Allowed values in the CRM's order; inactive ones are left out. Of a `boolean`: what `true` and `false` are called, where the CRM has names for them. */
	readonly picklist: readonly PicklistValue[];
	/** Values outside `picklist` are refused. */
	readonly restricted: boolean;
	/** Entities that a reference may point to. */
	readonly referenceTo: readonly string[];
	/** What a name given instead of an id is looked up in: users, queues and teams; the entity's record types; the keys (`externalId`) of the entities it points to. */
	readonly namedBy?: 'owner' | 'recordType' | 'key';
	/** Of an owner: what may own beside users, a queue unless given. */
	readonly ownedBy?: 'queue' | 'team';
}

export interface RecordType {
	readonly id: string;
	readonly name: string;
	readonly developerName: string;
	/** The signed-in user may use it. */
	readonly available: boolean;
}

/** How records of this entity turn into records of another, as a lead turns into a contact, and are then closed to changes. */
export interface Conversion {
	/** Field that is `true` once a record was converted or is otherwise closed. It can be read, but need not be among the described fields. */
	readonly flagField: string;
	/** Field that then holds the id of the record it became, if it became one. As `flagField`, it need not be described. */
	readonly targetIdField: string;
	/** Entity of that record: the same person in another place. */
	readonly targetEntity: string;
	/** What people say of such a record, `converted` unless given. */
	readonly verb?: 'qualified';
	/** Picklist whose value says how a record was closed (`Qualified`, `Disqualified`), where there are several ways. */
	readonly stateField?: string;
}

/** What the CRM tells about one entity, as the signed-in user sees it: fields hidden from the user are absent. */
export interface EntityDescription {
	readonly name: string;
	readonly label: string;
	readonly labelPlural: string;
	readonly readable: boolean;
	readonly createable: boolean;
	readonly updateable: boolean;
	readonly fields: readonly FieldDescription[];
	readonly recordTypes: readonly RecordType[];
	readonly conversion?: Conversion;
}

/** One line of the list of entities. */
export interface EntitySummary {
	readonly name: string;
	readonly label: string;
	readonly createable: boolean;
	readonly updateable: boolean;
	readonly custom: boolean;
}

/** What somebody may need to do with the records of an entity. */
export type Right = 'read' | 'create' | 'edit';

/**
 * Whose records a right reaches: none; those of the user and of the user's teams; those of the user's part of the organization; of that
 * part and of those below it; some, by another rule; all.
 */
export type Reach = 'none' | 'own' | 'unit' | 'unitAndBelow' | 'some' | 'all';

/** What the signed-in user may do with the records of one entity. */
export type EntityRights = Readonly<Record<Right, { readonly reach: Reach; /** What an administrator of the CRM calls the right. */ readonly name?: string }>>;
