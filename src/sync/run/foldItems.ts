import { appKey, type RecordKey } from '../match/keyHash';
import type { Shown } from '../match/findPartners';
import type { SyncRun } from './syncRun';
import type { AppItem } from './syncTypes';

/** What a page of the input comes to. */
export interface FoldedPage {
	/** Records whose last item stands in the page, each once, with what all their items show. */
	readonly records: readonly Shown[];
	/** Items that show nothing new. */
	readonly quiet: readonly AppItem[];
}

/** Items of one record, as far as they were read, and the places of all that count, in their order. */
interface Draft {
	readonly id: string | null;
	items: AppItem[];
	readonly places: ReadonlySet<number>;
	/** The place of the last one. */
	readonly last: number;
}

/**
 * Items of one record are one: field by field, what a later one shows stands over what an earlier one does, and the last one says whether
 * the record was deleted. An item counts from the first one on that shows anything new; the survey has noted them. A record is worked on
 * with the page of its last item. Earlier pages are asked for once more only where their items show fields that the page does not, so that
 * never more than one page is kept.
 */
export async function foldItems(items: readonly AppItem[], run: SyncRun): Promise<FoldedPage> {
	const keys = new Map(items.flatMap((item) => (item.id === undefined ? [[item, appKey(item.values, run)] as const] : [])));
	const drafts = await draftsOf(items, keys, run);
	const counted = new Set([...drafts.values()].flatMap(({ items: those }) => those));
	const complete = [...drafts.values()].filter(({ items: those, last }) => those.at(-1)!.index === last);
	await fetchEarlier(complete, run);
	return { records: complete.map((draft) => folded(draft, run)), quiet: items.filter((item) => !counted.has(item)) };
}

async function draftsOf(items: readonly AppItem[], keys: ReadonlyMap<AppItem, RecordKey | undefined>, { state, sync }: SyncRun): Promise<ReadonlyMap<string, Draft>> {
	const byId = await state.notes.find(sync.id, 'app', [...new Set(items.flatMap(({ id }) => id ?? []))]);
	const byKey = await state.notes.find(sync.id, 'form', [...new Set([...keys.values()].flatMap((key) => key?.hash ?? []))]);
	const drafts = new Map<string, Draft>();
	for (const item of items) {
		const hash = keys.get(item)?.hash;
		const identity = item.id !== undefined ? `id ${item.id}` : hash === undefined ? `item ${item.index}` : `key ${hash}`;
		const noted = item.id !== undefined ? byId.get(item.id) : hash === undefined ? [String(item.index)] : byKey.get(hash);
		const draft = drafts.get(identity) ?? newDraft(item, noted ?? []);
		if (!draft.places.has(item.index)) continue;
		draft.items.push(item);
		drafts.set(identity, draft);
	}
	return drafts;
}

function newDraft({ id }: AppItem, noted: readonly string[]): Draft {
	const places = noted.map(Number).sort((one, other) => one - other);
	return { id: id ?? null, items: [], places: new Set(places), last: places.at(-1) ?? -1 };
}

/** Brings the items of earlier pages, where they may show what those of this page do not. */
async function fetchEarlier(drafts: readonly Draft[], { input }: SyncRun): Promise<void> {
	const wanted = new Map<number, Draft>();
	for (const draft of drafts) {
		const own = new Set(draft.items.map(({ index }) => index));
		if (draft.items.at(-1)!.deleted || input.fields.every((field) => draft.items.some(({ values }) => values[field] !== undefined))) continue;
		for (const place of draft.places) if (!own.has(place)) wanted.set(place, draft);
	}
	if (wanted.size === 0) return;
	const earlier = new Map<Draft, AppItem[]>();
	for await (const { items } of input.pages()) {
		for (const item of items) {
			const draft = wanted.get(item.index);
			if (!draft) continue;
			const found = earlier.get(draft);
			if (found) found.push(item);
			else earlier.set(draft, [item]);
			wanted.delete(item.index);
		}
		if (wanted.size === 0) break;
	}
	for (const [draft, items] of earlier) draft.items = [...items, ...draft.items];
}

function folded({ id, items, places }: Draft, run: SyncRun): Shown {
	const values = Object.create(null) as Record<string, unknown>;
	for (const item of items) for (const [field, value] of Object.entries(item.values)) if (value !== undefined) values[field] = value;
	const { deleted = false } = items.at(-1)!;
	return { items: [...places], id, values, deleted, key: appKey(values, run) };
}
