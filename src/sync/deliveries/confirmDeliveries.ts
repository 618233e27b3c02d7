import type { SyncDelivery } from '../../model/syncDelivery';
import type { SyncHold } from '../../model/syncHold';
import type { SyncLink } from '../../model/syncLink';
import type { SyncBatch, SyncScope } from '../../model/syncState';
import type { EntityDescription } from '../../model/entity';
import { compileMapping } from '../mapping/compileMapping';
import type { Mapping } from '../mapping/mapping';
import { confirmDelivered, rowsUnderWay, type Confirmation } from '../merge/confirmDelivered';
import { linkSubject } from '../plan/pair';
import { takeLease } from '../run/lease';
import type { SyncPorts } from '../run/syncRun';

/** The app's word that it has carried out a delivery. */
export interface DeliveryReceipt {
	readonly deliveryId: string;
	/** The app's id of a record that was new to it. */
	readonly appId?: string;
	/** What the app made of it, by its field names; it becomes the base even where it differs. */
	readonly readBack?: Readonly<Record<string, unknown>>;
}

/** `unknown`: it was replaced by a newer delivery, or settled already. `clash`: the app's id is linked to another record. `busy`: a run goes on. */
export type ReceiptOutcome = 'confirmed' | 'unknown' | 'clash' | 'busy';

/**
 * Settles deliveries that the app has carried out, in the order of the receipts. What not every hand-over under the id contained stays
 * under way, as a new delivery that the next run sends; that the app did not show it is no longer held. Repeating a receipt changes nothing. At most 1,000.
 */
export async function confirmDeliveries(
	receipts: readonly DeliveryReceipt[],
	request: Pick<SyncPorts, 'state' | 'leases' | 'keyring' | 'newId'> & { readonly scope: SyncScope; readonly description: EntityDescription },
): Promise<readonly ReceiptOutcome[]> {
	const { state, leases, scope } = request;
	const sync = await state.find(scope);
	const lease = sync && (await takeLease({ leases }, scope, request.newId()));
	if (!lease) return receipts.map(() => (sync ? 'busy' : 'unknown'));
	try {
		const mapping = compileMapping(JSON.parse(sync.mapping) as Mapping, request.description);
		const deliveries = new Map((await state.deliveriesByIds(sync.id, receipts.map(({ deliveryId }) => deliveryId))).map((delivery) => [delivery.id, delivery]));
		const links = new Map((await state.links.byIds(sync.id, [...deliveries.values()].map(({ linkId }) => linkId))).map((link) => [link.id, link]));
		const outcomes: ReceiptOutcome[] = [];
		for (const receipt of receipts) {
			const delivery = deliveries.get(receipt.deliveryId);
			const link = delivery && links.get(delivery.linkId);
			const batch = link && settled(receipt, { delivery, link, mapping }, request);
			const outcome = batch && (await state.commit({ ...batch, endedHolds: await unseenHolds(link, state) }, lease));
			outcomes.push(outcome === undefined ? 'unknown' : outcome === 'stored' ? 'confirmed' : outcome === 'clash' ? 'clash' : 'busy');
			deliveries.delete(receipt.deliveryId);
		}
		return outcomes;
	} finally {
		await leases.release(lease);
	}
}

/** What was held because the app did not show it: it has it now. */
async function unseenHolds({ syncId, id }: SyncLink, state: SyncPorts['state']): Promise<readonly SyncHold[]> {
	return (await state.holdsOf(syncId, [linkSubject(id)])).filter(({ field, reason }) => field === '' && reason === 'unseen');
}

function settled({ appId, readBack }: DeliveryReceipt, of: Confirmed, { keyring, newId }: Pick<SyncPorts, 'keyring' | 'newId'>): SyncBatch | undefined {
	const { delivery, link, mapping } = of;
	if (delivery.kind === 'delete') return { endedDeliveries: [link.id] };
	const id = link.appId ?? appId ?? null;
	if (id === null) return undefined;
	const base = confirmDelivered({ mapping, keyring, linkId: link.id, base: link.base, readBack, rows: delivery.rows });
	const rest: SyncDelivery = { ...delivery, id: newId(), kind: 'update', rows: mapping.rules.map(({ tag }) => tag), tries: 0, handedOver: false, withheld: null };
	const isOpen = (tag: number) => mapping.rules.some((one) => one.tag === tag) || delivery.withheld?.rows.includes(tag);
	return { links: [{ ...link, appId: id, keyHash: null, base }], ...(rowsUnderWay({ keyring, base }).some(isOpen) ? { deliveries: [rest] } : { endedDeliveries: [link.id] }) };
}

/** A delivery that is confirmed, and what it is of. */
interface Confirmed extends Pick<Confirmation, 'mapping'> {
	readonly delivery: SyncDelivery;
	readonly link: SyncLink;
}
