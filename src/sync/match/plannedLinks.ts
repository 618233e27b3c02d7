import type { DeliveryKind } from '../../model/syncDelivery';
import type { SyncHold } from '../../model/syncHold';
import type { SyncLink } from '../../model/syncLink';
import type { HoldKey } from '../../model/syncState';
import { holdChanges } from '../holds/holdChanges';
import type { CrmSide, Pair } from '../plan/pair';
import type { RecordPlan } from '../plan/recordPlan';
import type { SyncRun } from '../run/syncRun';
import { crmKey } from './keyHash';

/** What a preview would have made of a link, for what comes later in the same input: a submission and a record of the app may have one key. */
export interface PlannedLink {
	readonly link: SyncLink;
	/** Fields of the CRM that it would have written: what they show then is known by the base alone. */
	readonly written: readonly string[];
	/** What it would have sent to the app; `arrived`: nothing is waited for any more. */
	readonly sent: DeliveryKind | 'arrived' | null;
	/** What it would hold about it. */
	readonly held: readonly SyncHold[];
	/** How often it came to the link. */
	readonly times: number;
}

const PLANNED = 'planned:';

/** Stands for the id of a record that a preview would have created; never sent to the CRM, nor shown. */
export function plannedId({ id }: SyncLink): string {
	return `${PLANNED}${id}`;
}

/** The CRM's own ids among these. */
export function realIds(crmIds: readonly string[]): readonly string[] {
	return crmIds.filter((id) => !id.startsWith(PLANNED));
}

const KIND = 'planned link';
/** A note has at most 255 characters. */
const PIECE = 240;
const DIGITS = 4;

/** Notes what a preview would have made of records with the key of a submission in the input. */
export async function notePlannedLinks(plans: readonly RecordPlan[], run: SyncRun): Promise<void> {
	const { state, sync } = run;
	const made = plans.filter(({ link, write }) => link ?? write);
	const keys = new Map(made.map((plan) => [plan, hashesOf(plan, run)]));
	const submitted = await state.notes.find(sync.id, 'form', [...new Set([...keys.values()].flat())]);
	const shared = made.filter((plan) => keys.get(plan)!.some((hash) => submitted.has(hash)));
	const former = await linksAsPlanned(shared.map(crmIdOf), run);
	await state.notes.add(sync.id, KIND, shared.flatMap((plan) => noteOf(plannedOf(plan, former.get(crmIdOf(plan)), run))));
}

function crmIdOf({ pair, link = pair.link }: RecordPlan): string {
	return link.crmId ?? plannedId(link);
}

/** Under which keys a record may be found afterwards. */
function hashesOf({ pair: { keyHash, crm }, write }: RecordPlan, run: SyncRun): readonly string[] {
	const shown = crm.kind === 'shown' ? crmKey(crm.record.values, run)?.hash : undefined;
	const given = write ? crmKey(write.values, run)?.hash : undefined;
	return [keyHash, shown, given].filter((hash) => hash !== undefined);
}

/** With what an earlier plan of the same preview would have made of it. */
function plannedOf(plan: RecordPlan, former: PlannedLink | undefined, run: SyncRun): PlannedLink {
	const { pair, link = pair.link, write, delivery, arrived } = plan;
	const { put, end } = holdChanges([{ plan, link, delivers: true }], run);
	return {
		link: { ...link, base: write ? write.baseAfter() : link.base },
		written: [...new Set([...(former?.written ?? []), ...Object.keys(write?.values ?? {})])],
		sent: delivery?.kind ?? (arrived ? 'arrived' : (former?.sent ?? null)),
		held: [...without(pair.holds, [...end, ...put]), ...put],
		times: (former?.times ?? 0) + 1,
	};
}

function without(holds: readonly SyncHold[], others: readonly HoldKey[]): readonly SyncHold[] {
	return holds.filter(({ subject, field }) => !others.some((other) => other.subject === subject && other.field === field));
}

/** In pieces, in ASCII, so that no character is torn apart. */
function noteOf({ link, ...planned }: PlannedLink): readonly (readonly [string, string])[] {
	const text = encodeURIComponent(JSON.stringify({ ...planned, link: { ...link, base: [...link.base] } }));
	const pieces = Array.from({ length: Math.ceil(text.length / PIECE) }, (_, index) => `${numbered(planned.times)}${numbered(index)}${text.slice(index * PIECE, (index + 1) * PIECE)}`);
	return pieces.map((piece) => [link.crmId ?? plannedId(link), piece] as const);
}

function numbered(count: number): string {
	return String(count).padStart(DIGITS, '0');
}

/** What a preview would have made of the links of these records of the CRM. */
export async function linksAsPlanned(crmIds: readonly string[], { state, sync, dryRun }: SyncRun): Promise<ReadonlyMap<string, PlannedLink>> {
	if (!dryRun || crmIds.length === 0) return new Map();
	const noted = await state.notes.find(sync.id, KIND, [...new Set(crmIds)]);
	return new Map([...noted].map(([id, pieces]) => [id, linkOf(pieces)]));
}

type Noted = Omit<PlannedLink, 'link'> & { readonly link: Omit<SyncLink, 'base'> & { readonly base: readonly number[] } };

/** The last one that was noted. */
function linkOf(pieces: readonly string[]): PlannedLink {
	const inOrder = [...pieces].sort();
	const last = inOrder.at(-1)!.slice(0, DIGITS);
	const text = inOrder.filter((piece) => piece.startsWith(last)).map((piece) => piece.slice(2 * DIGITS)).join('');
	const { link, ...planned } = JSON.parse(decodeURIComponent(text)) as Noted;
	return { ...planned, link: { ...link, base: Uint8Array.from(link.base) } };
}

/** The record as a preview can know it: without what it would have written. */
export function sideAsPlanned(side: CrmSide | undefined, { written }: PlannedLink, { settings }: SyncRun): CrmSide {
	if (side?.kind !== 'shown') return side ?? { kind: 'shown', record: { entity: settings.scope.entity, id: '', stamp: '', values: {} } };
	const values = Object.fromEntries(Object.entries(side.record.values).filter(([field]) => !written.includes(field)));
	return { kind: 'shown', record: { ...side.record, values } };
}

/** The same of what is remembered about it: what was sent to the app, and what waits. */
export function memoryAsPlanned(pair: Pair, { sent, held }: PlannedLink, run: SyncRun): Pair {
	return { ...pair, delivery: deliveryAsPlanned(pair, sent, run), holds: [...without(pair.holds, held), ...held] };
}

function deliveryAsPlanned({ delivery, link }: Pair, sent: PlannedLink['sent'], { mapping }: SyncRun): Pair['delivery'] {
	if (sent === null || sent === 'arrived') return sent === null ? delivery : undefined;
	return { id: '', syncId: link.syncId, linkId: link.id, kind: sent, rows: mapping.rules.map(({ tag }) => tag), handedOver: false, tries: 1, withheld: null, createdAt: '' };
}
