/** A field value as a CRM stores it: text, a number, a checkbox, or nothing. Dates and times are text in the CRM's own form. */
export type CrmValue = string | number | boolean | null;

export interface CrmRecord {
	readonly entity: string;
	readonly id: string;
	/** Only the fields that were asked for; a field the user may not see is absent, an empty one is `null`. */
	readonly values: Readonly<Record<string, CrmValue>>;
}

export interface CreateMutation {
	readonly kind: 'create';
	readonly entity: string;
	readonly values: Readonly<Record<string, CrmValue>>;
}

export interface UpdateMutation {
	readonly kind: 'update';
	readonly entity: string;
	readonly id: string;
	readonly values: Readonly<Record<string, CrmValue>>;
	/**
	 * The stamp that the record must still have (`VersionedRecord.stamp`); otherwise it is refused with `conflict`. Only for an adapter
	 * whose capabilities name `compareAndSet`; another one does not look at it.
	 */
	readonly expectedStamp?: string;
}

/** One intended write. */
export type Mutation = CreateMutation | UpdateMutation;

/** Switches that hold for every mutation of a batch. */
export interface WriteOptions {
	/** Let the CRM's assignment rules choose the owner of new records. An update never runs them, and a CRM without such rules ignores it. */
	readonly runAssignmentRules: boolean;
	/** Save although a duplicate rule warns; a rule that blocks still blocks. */
	readonly saveDespiteDuplicateAlert: boolean;
}

export interface MutationBatch {
	/** An update batch never names one record twice. Mixed kinds and entities are allowed. */
	readonly mutations: readonly Mutation[];
	readonly options: WriteOptions;
}
