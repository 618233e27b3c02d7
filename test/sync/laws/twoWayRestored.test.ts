import fc from 'fast-check';
import type { MemorySyncState } from '../twoWay/MemorySyncState';
import { disagreements, doubleLinks, madeTwice } from '../twoWay/findings';
import { histories, LIVELY } from '../twoWay/events';
import { Story } from '../twoWay/Story';
import { law } from './law';

/**
 * What was linked since the backup is found again by its key, and so is, at any time, what was delivered and not shown yet. Where one side
 * is gone, or shows a key that the other has never had, nothing tells that they belong together: the ids of those.
 */
function untraceable({ app, crm, memory }: Story, backup: MemorySyncState['contents']): ReadonlySet<string> {
	const known = new Set([...backup.links.values()].map(({ appId, crmId }) => `${appId} ${crmId}`));
	const keyOf = (email: unknown) => String(email ?? '').trim().toLowerCase();
	return new Set([...memory.contents.links.values()].flatMap(({ appId, crmId }) => {
		const isKnown = known.has(`${appId} ${crmId}`);
		if (isKnown && appId !== null) return [];
		const delivered = app.received.findLast((delivery) => delivery.kind === 'create' && delivery.crmId === crmId);
		const shownAs = appId ?? app.carriedOut.get(delivered?.id ?? '') ?? '';
		const [record, row] = [app.records.get(shownAs), crm.live(crmId ?? '')];
		const keys = [row?.values.Email, ...(isKnown ? [delivered?.values.email] : [])].map(keyOf);
		const isFound = record && row?.values.IsConverted === false && keyOf(record.email) !== '' && keys.includes(keyOf(record.email));
		return isFound ? [] : [shownAs, crmId ?? ''];
	}));
}

/** What was deleted on both sides and undeleted in the CRM is delivered anew rightly: one record of it stands in the app. */
function isGivenBack(crmId: string, { app }: Story): boolean {
	const delivered = app.received.filter((delivery) => delivery.kind === 'create' && delivery.crmId === crmId);
	const standing = new Set(delivered.flatMap(({ id }) => app.carriedOut.get(id) ?? []).filter((id) => app.records.has(id)));
	return delivered.length > 0 && standing.size < 2;
}

function isGoneFromApp(line: string, { app }: Story): boolean {
	const [, id] = /^(A-\d+) and \S+ are linked, but one is gone$/.exec(line) ?? [];
	return id !== undefined && !app.records.has(id);
}

law('a restored backup writes, sends and makes nothing as long as it is in doubt, and nothing twice afterwards', fc.tuple(histories(LIVELY), histories(LIVELY)), async ([before, after]) => {
	const story = new Story();
	story.app.naive = true;
	await story.tell(before);
	const backup = structuredClone(story.memory.contents);
	const runs = [...backup.syncs.values()].map((sync) => sync.runs)[0] ?? 0;
	await story.tell(after);
	const excused = new Set([...untraceable(story, backup), ...madeTwice(story)]);
	story.memory.contents = backup;
	const touched = () => [story.crm.written.length, story.app.received.length];
	const untouched = touched();
	if (story.runsKnown > runs && runs > 0) {
		for (const mode of ['changed', 'all'] as const) await story.run({ mode, fullCompare: mode === 'all' });
		expect(touched()).toEqual(untouched);
	}
	expect(await story.heal()).toBeLessThanOrEqual(12);
	// The app tells once that it deleted a record; that it does not show one is no evidence.
	expect(disagreements(story).filter((line) => !isGoneFromApp(line, story))).toEqual([]);
	expect(doubleLinks(story)).toEqual([]);
	expect(madeTwice(story).filter((id) => !excused.has(id) && !isGivenBack(id, story))).toEqual([]);
});
