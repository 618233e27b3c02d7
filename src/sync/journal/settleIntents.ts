import type { SyncHold } from '../../model/syncHold';
import type { SyncIntent } from '../../model/syncIntent';
import type { SyncLink } from '../../model/syncLink';
import { readRecords } from '../match/readRecords';
import { linkSubject } from '../plan/pair';
import { WORDS } from '../plan/words';
import type { SyncRun } from '../run/syncRun';
import { commit } from './commit';
import { showsAfter } from './showsAfter';

const PAGE = 500;

/**
 * Settles what a former run left without an outcome. An update is done if the record shows what was written; else it is left to the
 * app's next showing of the record. A create is found again by its match key while the run goes.
 */
export async function settleIntents(run: SyncRun): Promise<void> {
	const { state, sync, progress, dryRun } = run;
	let after: string | undefined;
	do {
		const page = await state.listIntents(sync.id, PAGE, after);
		for (const intent of page.items) if (intent.crmId === null && intent.keyHash !== null) progress.openCreates.set(intent.keyHash, intent);
		if (!dryRun) await settleUpdates(page.items.filter(({ crmId }) => crmId !== null), run);
		after = page.next;
	} while (after !== undefined && !progress.halted);
}

async function settleUpdates(updates: readonly SyncIntent[], run: SyncRun): Promise<void> {
	if (updates.length === 0) return;
	const links = new Map((await run.state.links.byIds(run.sync.id, updates.map(({ linkId }) => linkId))).map((link) => [link.id, link]));
	const records = await readRecords(updates.map(({ crmId }) => crmId!), run);
	const uncertain = await uncertainHolds(updates, run);
	const done: SyncLink[] = [];
	const open: SyncHold[] = [];
	const sure: SyncHold[] = [];
	let uncounted = 0;
	for (const intent of updates) {
		const link = links.get(intent.linkId) ?? firstLink(intent);
		const record = records.get(intent.crmId!);
		const hold = uncertain.get(linkSubject(intent.linkId));
		if (record && showsAfter(record.values, intent, run)) {
			done.push({ ...link, base: intent.after });
			if (hold) sure.push(hold);
			if (!hold || hold.heldAt < intent.startedAt) uncounted += 1;
		} else if (links.has(intent.linkId) && link.appId !== null) open.push(notRun(link, run));
	}
	const counted = run.guard.entry({ updates: uncounted, deletions: 0 });
	await commit({ links: done, holds: open, endedIntents: updates.map(({ id }) => id), endedHolds: sure, counted }, run);
	run.guard.addFormer(uncounted);
}

/** Where the outcome was unknown to a run that did not die: its update was counted then. */
async function uncertainHolds(updates: readonly SyncIntent[], { state, sync }: SyncRun): Promise<ReadonlyMap<string, SyncHold>> {
	const holds = await state.holdsOf(sync.id, updates.map(({ linkId }) => linkSubject(linkId)));
	return new Map(holds.filter(({ field, reason }) => field === '' && reason === 'uncertain').map((hold) => [hold.subject, hold]));
}

/** The update would have been the first of a new link. */
function firstLink({ linkId, syncId, appId, crmId, keyHash, after }: SyncIntent): SyncLink {
	return { id: linkId, syncId, appId, crmId, keyHash: appId === null ? keyHash : null, base: after, ended: null, endedAt: null, successor: null };
}

function notRun({ id, appId, crmId }: SyncLink, { sync, clock }: SyncRun): SyncHold {
	return {
		...{ syncId: sync.id, subject: linkSubject(id), field: '', reason: 'notRun', appId, crmId, keyHash: null, candidates: [], words: WORDS.notRun, code: null },
		...{ shown: '', heldAt: clock().toISOString(), tries: 0, nextTryAt: null, decision: null },
	};
}
