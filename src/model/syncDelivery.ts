export type DeliveryKind = 'create' | 'update' | 'delete';

/** What of a delivery is still to be sent, as soon as the CRM shows it. */
export interface Withheld {
	/** Mapping rows, by tag; none: all of it. */
	readonly rows: readonly number[];
	/** When the CRM is asked for it again by itself; `null`: it waits for something else, or nobody has asked yet. */
	readonly lookAt: string | null;
}

/** A change handed to the app, until the app shows it or somebody confirms it. At most one a link: a newer one takes its place. */
export interface SyncDelivery {
	/** Stays the same however often it is sent. */
	readonly id: string;
	readonly syncId: string;
	readonly linkId: string;
	readonly kind: DeliveryKind;
	/** Mapping rows, by tag, of which the app's word that it carried it out tells what the app has: each hand-over under the id had them, with the same value. */
	readonly rows: readonly number[];
	/** How often it was sent. 0: nothing more of it is handed over by the end of a run; what is withheld is still to be sent, or all of it. */
	readonly tries: number;
	/** The run that sent it last came to its end, and nothing is withheld; otherwise the next run that can sends it again. */
	readonly handedOver: boolean;
	/** What could not be sent with the rest, because the CRM hid it. */
	readonly withheld: Withheld | null;
	readonly createdAt: string;
}
