export type DeliveryKind = 'create' | 'update' | 'delete';

/** A change handed to the app, until the app shows it or somebody confirms it. At most one a link: a newer one takes its place. */
export interface SyncDelivery {
	/** Stays the same however often it is sent. */
	readonly id: string;
	readonly syncId: string;
	readonly linkId: string;
	readonly kind: DeliveryKind;
	/** Mapping rows, by tag, of which the app's word that it carried it out tells what the app has: each hand-over under the id had them, with the same value. */
	readonly rows: readonly number[];
	/** How often it was sent. 0: it is still to be sent, or some of it, which the CRM hides. */
	readonly tries: number;
	/** The run that sent it last came to its end; otherwise the next run that can sends it again. */
	readonly handedOver: boolean;
	readonly createdAt: string;
}
