import type { Tombstone, VersionedRecord } from '../../model/changeReader';
import type { SyncIntent } from '../../model/syncIntent';
import type { SyncLink } from '../../model/syncLink';
import { loadMemory } from '../holds/loadMemory';
import { showsAfter } from '../journal/showsAfter';
import type { CrmSide, Pair } from '../plan/pair';
import { linkSubject } from '../plan/pair';
import { isOfCrmAlone } from '../plan/waits';
import { restingPlan, type RecordPlan } from '../plan/recordPlan';
import type { SyncRun } from '../run/syncRun';
import { findCandidates } from './candidates';
import { judgedBefore, plannedLinks, withoutEndedHolds } from './previewNotes';
import { crmKey, type RecordKey } from './keyHash';
import { deletedBefore } from './deletedUnlinked';
import { held, type Matched } from './matchItems';
import { followMerged } from './followMerged';

/** Finds the link of each record that the CRM showed or deleted; one without a link is new to the app. */
export async function matchRecords(records: readonly VersionedRecord[], deleted: readonly Tombstone[], run: SyncRun): Promise<Matched> {
	const { state, sync } = run;
	const sides = sidesOf(records, deleted);
	const links = await state.links.byCrmIds(sync.id, [...sides.keys()]);
	const known = new Set(links.map(({ crmId }) => crmId));
	const linked = await withoutEndedHolds(await loadMemory(links.map((link) => silentPair(link, true, sides.get(link.crmId!)!)), run), run);
	const followed = await followMerged(linked, run);
	for (const { link } of followed) known.add(link.crmId);
	const back = new Map(followed.filter((pair) => isBack(pair, run)).map((pair) => [pair.link.crmId!, pair]));
	const fresh = await matchFresh(records.filter(({ id, values }) => (!known.has(id) || back.has(id)) && !isConverted(values, run)), back, run);
	const { pairs, waiting } = await awaited(followed.filter(({ link }) => !back.has(link.crmId!)), run);
	const over = await forgetUnlinked(deleted.filter(({ id }) => !known.has(id) && sides.get(id)!.kind === 'deleted'), run);
	return { pairs: [...pairs, ...fresh.pairs], waiting: [...waiting, ...fresh.waiting, ...over], postponed: [] };
}

/** What is held about records that the CRM deleted before they had a link ends with the plans given back. */
async function forgetUnlinked(deleted: readonly Tombstone[], run: SyncRun): Promise<readonly RecordPlan[]> {
	if (deleted.length === 0) return [];
	const held = await run.state.holdsOf(run.sync.id, deleted.map(({ id }) => `crm:${id}`));
	const waited = new Set(held.map(({ subject }) => subject));
	const pairs = deleted.filter(({ id }) => waited.has(`crm:${id}`)).map(({ id, mergedInto }) => silentPair(newLink(id, run), false, { kind: 'deleted', mergedInto }));
	return (await loadMemory(pairs, run)).map(restingPlan);
}

/** A record that the CRM shows again after it deleted it is there. */
function sidesOf(records: readonly VersionedRecord[], deleted: readonly Tombstone[]): Map<string, CrmSide> {
	const sides = new Map<string, CrmSide>(deleted.map(({ id, mergedInto }) => [id, { kind: 'deleted', mergedInto }]));
	for (const record of records) sides.set(record.id, { kind: 'shown', record });
	return sides;
}

function silentPair(link: SyncLink, known: boolean, crm: CrmSide, key?: RecordKey): Pair {
	return { items: [], link, known, app: { kind: 'absent' }, crm, subject: known ? linkSubject(link.id) : `crm:${link.crmId}`, keyHash: key?.hash, holds: [] };
}

/** The CRM has deleted it, and shows it again: it is new to the app, or to be given back to it, unless an edit of the app waits. */
function isBack({ link, crm, holds }: Pair, run: SyncRun): boolean {
	const isEdited = holds.some((hold) => hold.appId !== null && !isOfCrmAlone(hold));
	return link.ended === 'deletedInCrm' && crm.kind === 'shown' && !isConverted(crm.record.values, run) && !isEdited;
}

/**
 * A record that the app has not shown yet is delivered anew as a whole when it changes, unless a record of the app waits under the key that
 * it had: that may be it, and the change is held until that is known. A submission's own is left until the app shows it, and follows a merge.
 */
async function awaited(pairs: readonly Pair[], run: SyncRun): Promise<Pick<Matched, 'pairs' | 'waiting'>> {
	const isSilent = ({ link, crm }: Pair) => link.appId === null && link.ended === null && crm.kind === 'shown';
	const delivered = pairs.filter((pair) => isSilent(pair) && pair.delivery?.kind === 'create');
	const keys = await waitingKeys(delivered.flatMap(({ link }) => link.keyHash ?? []), run);
	const unclear: RecordPlan[] = [];
	const planned = pairs.flatMap((pair): readonly Pair[] => {
		const { link, crm } = pair;
		if (!isSilent(pair) || crm.kind !== 'shown' || (pair.moved && pair.delivery?.kind !== 'create')) return [pair];
		if (pair.delivery?.kind !== 'create') return [];
		const keyHash = crmKey(crm.record.values, run)?.hash ?? link.keyHash;
		if (keyHash === link.keyHash || !keys.has(link.keyHash!)) return [{ ...pair, link: { ...link, keyHash } }];
		if (pair.moved) return [pair];
		unclear.push(heldUnderFormerKey(pair, run));
		return [];
	});
	return { pairs: planned, waiting: unclear };
}

/** Held like a record without a link, so that it is looked at again by itself; what is known of its link stays as it is, and is not sent again meanwhile. */
function heldUnderFormerKey({ link, crm, holds }: Pair, run: SyncRun): RecordPlan {
	const apart = silentPair({ ...newLink(link.crmId!, run), id: link.id }, false, crm);
	return held({ ...apart, keyHash: link.keyHash!, holds: holds.filter(({ subject }) => subject === apart.subject) }, 'ambiguous', [link.crmId!]);
}

function isConverted(values: VersionedRecord['values'], { description }: SyncRun): boolean {
	return description.conversion !== undefined && values[description.conversion.flagField] === true;
}

async function matchFresh(records: readonly VersionedRecord[], back: ReadonlyMap<string, Pair>, run: SyncRun): Promise<{ pairs: readonly Pair[]; waiting: readonly RecordPlan[] }> {
	const { state, sync, settings, progress } = run;
	if (records.length === 0) return { pairs: [], waiting: [] };
	const ancestors = await state.links.byAncestors(settings.scope, { appIds: [], crmIds: records.map(({ id }) => id) });
	const linkedBefore = new Set((await state.links.byAppIds(sync.id, ancestors.flatMap(({ appId }) => appId ?? []))).map(({ appId }) => appId));
	const byRecord = new Map(ancestors.filter(({ appId, successor }) => !linkedBefore.has(appId) && !back.has(successor!.crmId)).map((link) => [link.successor!.crmId, link]));
	const keys = new Map(records.flatMap((record) => (byRecord.has(record.id) ? [] : [[record, crmKey(record.values, run)] as const])));
	const wanted = [...keys.values()].filter((key) => key !== undefined).filter(({ hash }) => settings.createInApp || progress.openCreates.has(hash));
	const candidates = await findCandidates(wanted, run);
	const waiting = await waitingKeys(wanted.map(({ hash }) => hash), run);
	const createdFor = wanted.flatMap(({ hash }) => progress.openCreates.get(hash)?.appId ?? []);
	const linkedInApp = new Set((await state.links.byAppIds(sync.id, createdFor)).map(({ appId }) => appId));
	const deletedInApp = await deletedBefore(createdFor, run);
	const drafts = records.flatMap((record): readonly Fresh[] => {
		const ancestor = byRecord.get(record.id);
		if (ancestor) return [{ pair: newPair(record, { appId: ancestor.appId }, run) }];
		const key = keys.get(record);
		const found = key && candidates.get(key.hash);
		const became = key && progress.openCreates.has(key.hash) ? (found?.converted ?? []) : [];
		const rivals = [...(found?.open ?? []).filter((id) => id !== record.id), ...became];
		return fresh(record, key, { rivals, waits: key !== undefined && waiting.has(key.hash), back: back.get(record.id), deletedInApp, linkedInApp }, run);
	});
	const pairs = await loadMemory(drafts.map(({ pair }) => pair), run);
	const settled = pairs.map((pair, index) => ({ ...drafts[index], pair }));
	return {
		pairs: settled.filter(({ held }) => !held).map(({ pair }) => pair),
		waiting: settled.flatMap(({ pair, held: why, rivals }) => (why ? [held(pair, why, [pair.link.crmId!, ...(rivals ?? [])])] : [])),
	};
}

/** Keys of the app's records that have not found a partner, in this input or in an earlier one. */
async function waitingKeys(hashes: readonly string[], run: SyncRun): Promise<ReadonlySet<string>> {
	if (hashes.length === 0) return new Set();
	const { state, sync } = run;
	const shown = await state.notes.find(sync.id, 'key', hashes);
	const shownIds = [...new Set([...shown.values()].flat())];
	const linked = new Set((await state.links.byAppIds(sync.id, shownIds)).map(({ appId }) => appId));
	const held = (await state.holdsByKeyHashes(sync.id, hashes)).filter(({ appId, decision }) => appId !== null && decision === null);
	const planned = await plannedLinks([...shownIds, ...held.map(({ appId }) => appId!)], run);
	const judged = await judgedBefore(held.map(({ appId }) => appId!), run);
	const now = [...shown].filter(([, ids]) => ids.some((id) => !linked.has(id) && !planned.has(id))).map(([key]) => key);
	return new Set([...now, ...held.filter(({ appId }) => !planned.has(appId!) && !judged.has(appId!)).map(({ keyHash }) => keyHash!)]);
}

interface Fresh {
	readonly pair: Pair;
	readonly held?: 'ambiguous' | 'noKey' | 'linkedElsewhere';
	readonly rivals?: readonly string[];
}

/** What else is known about a record that has no link. */
interface Surroundings {
	/** Other records of the CRM with the same key; what they became, where one of them may be what we created. */
	readonly rivals: readonly string[];
	/** The app shows a record with the key that waits. */
	readonly waits: boolean;
	/** Its closed link, where the CRM had deleted it. */
	readonly back: Pair | undefined;
	/** Ids of records that the app deleted. */
	readonly deletedInApp: ReadonlySet<string>;
	/** Ids of records that have a link already. */
	readonly linkedInApp: ReadonlySet<string | null>;
}

/** A create without an answer turned out to be done. */
function createdBefore(record: VersionedRecord, key: RecordKey, { linkId: id, appId, after: base }: SyncIntent, { deletedInApp }: Surroundings, run: SyncRun): Pair {
	const trusted = showsAfter(record.values, { linkId: id, after: base }, run);
	const pair = newPair(record, { id, appId, keyHash: appId === null ? key.hash : null, ...(trusted ? { base } : {}) }, run, key);
	return appId !== null && deletedInApp.has(appId) ? { ...pair, app: { kind: 'deleted' } } : pair;
}

/**
 * What was linked before the CRM deleted it goes back to the app; it is held as long as the app shows the key. Of what is new:
 *
 * | key | others with the key | created by us before | the app shows the key | what happens |
 * |---|---|---|---|---|
 * | none | | | | held, if the app is to get new records |
 * | any | some | any | any | held |
 * | any | none | yes | any | linked to the app's record; held if that has another link by now |
 * | any | none | no | yes | held, until the app's record has found its partner |
 * | any | none | no | no | the app gets it, if it is to get new records |
 */
function fresh(record: VersionedRecord, key: RecordKey | undefined, about: Surroundings, run: SyncRun): readonly Fresh[] {
	const { createInApp } = run.settings;
	const pair: Pair = { ...(about.back ?? newPair(record, { keyHash: key?.hash ?? null }, run, key)), app: { kind: 'new' } };
	const waiting: Pair = { ...pair, link: { ...pair.link, appId: null }, known: false, subject: `crm:${record.id}`, keyHash: key?.hash, app: { kind: 'absent' } };
	if (about.back?.link.appId) return about.waits ? [{ pair: waiting, held: 'ambiguous' }] : [{ pair }];
	if (!key) return createInApp ? [{ pair: waiting, held: 'noKey' }] : [];
	const intent = about.back ? undefined : run.progress.openCreates.get(key.hash);
	if (!createInApp && !intent) return [];
	if (about.rivals.length > 0) return [{ pair: waiting, held: 'ambiguous', rivals: about.rivals }];
	if (intent?.appId && about.linkedInApp.has(intent.appId)) return [{ pair: waiting, held: 'linkedElsewhere' }];
	if (intent) return [{ pair: createdBefore(record, key, intent, about, run) }];
	if (about.waits) return [{ pair: waiting, held: 'ambiguous' }];
	return [{ pair }];
}

function newPair(record: VersionedRecord, more: Partial<SyncLink>, run: SyncRun, key?: RecordKey): Pair {
	return silentPair({ ...newLink(record.id, run), ...more }, false, { kind: 'shown', record }, key);
}

function newLink(crmId: string, { sync, newId }: SyncRun): SyncLink {
	return { id: newId(), syncId: sync.id, appId: null, crmId, keyHash: null, base: new Uint8Array(), ended: null, endedAt: null, successor: null };
}
