import fc from 'fast-check';
import { disagreements, madeTwice } from '../twoWay/findings';
import { CRM_FIELD, histories, LIVELY, QUIET, ROUGH, type Event, type RunEvent } from '../twoWay/events';
import type { Story } from '../twoWay/Story';
import { AFTER_CRASH_MS } from '../twoWay/World';
import { planned } from '../twoWay/told';
import type { SyncResult } from '../../../src/sync/run/syncTypes';
import { twoWayLaw } from './twoWayLaw';

const CALM: Omit<RunEvent, 'mode' | 'pageSize'> = { repeats: false, faults: [], lost: [], compares: false, twice: false, push: false };
const DAY_MS = 24 * 60 * 60_000;

/** What both sides hold, whatever the ids are. */
function ending({ app, crm }: Story): string[] {
	const isId = (name: string) => name === 'note' || name === 'Description';
	const level = (values: Record<string, unknown>) => JSON.stringify(Object.entries(values).map(([name, value]) => [name, isId(name) ? value !== null : typeof value === 'string' ? value.trim().toLowerCase().replaceAll('-', '') : (value ?? null)]).sort());
	return [...[...app.records.values()].map((values) => `app ${level(values)}`), ...crm.alive.map(({ values }) => `crm ${level(values)}`)].sort();
}

/** Each run with other sizes of pages. */
function inPages(events: readonly Event[], size: number): readonly Event[] {
	return events.map((event) => (event.do === 'run' ? { ...event, run: { ...event.run, pageSize: size } } : event));
}

/** No key twice on a side, nor one that an earlier run may have carried over, so that nothing depends on what comes first. */
function withOwnKeys(events: readonly Event[]): readonly Event[] {
	const used = new Map<string, number>();
	let runs = 0;
	return events.flatMap((event, index): readonly Event[] => {
		if (event.do === 'run') runs += 1;
		if (event.do === 'appKey' || event.do === 'crmKey' || event.do === 'submit') return [{ ...event, key: `own${index}@x.com` }];
		if ((event.do !== 'appAdd' && event.do !== 'crmAdd') || event.key === null) return [event];
		const key = event.key.trim().toLowerCase();
		const isFree = !used.has(`${event.do} ${key}`) && (used.get(key) ?? runs) === runs;
		used.set(`${event.do} ${key}`, runs).set(key, runs);
		return [isFree ? event : { ...event, key: `own${index}@x.com` }];
	});
}

twoWayLaw('6 batch partition: the size of pages changes neither side', histories(LIVELY), async (drawn, newStory) => {
	const events = withOwnKeys(drawn);
	const [small, large] = [newStory(), newStory()];
	small.crm.pageSize = 1;
	large.crm.pageSize = 100;
	await small.tell(inPages(events, 1));
	await large.tell(inPages(events, 100));
	expect(ending(small)).toEqual(ending(large));
});

/** An app that creates a record whenever it is told so under an id that it does not know. */
function naive(story: Story): Story {
	story.app.naive = true;
	return story;
}

twoWayLaw('7 crash safety: killed at any step, the next run ends as if nothing had happened', histories(LIVELY, { maxLength: 8 }), async (drawn, newStory) => {
	const events = withOwnKeys(drawn);
	const whole = naive(await newStory().tell(events));
	await whole.runOnce({ ...CALM, mode: 'all', pageSize: 2 });
	const { steps } = whole;
	await whole.heal();
	for (let crashAt = 1; crashAt <= steps; crashAt++) {
		const story = naive(await newStory().tell(events));
		const ran = await story.runOnce({ ...CALM, mode: 'all', pageSize: 2, crashAt });
		expect(ran.crashed).toBe(true);
		// What the CRM forgets while nothing runs is not the crash's doing.
		story.crm.memoryMs += AFTER_CRASH_MS;
		await story.runOnce({ ...CALM, mode: 'all', pageSize: 2 });
		expect(await story.heal()).toBeLessThanOrEqual(12);
		expect([crashAt, ending(story)]).toEqual([crashAt, ending(whole)]);
		expect([crashAt, story.crm.rows.length]).toEqual([crashAt, whole.crm.rows.length]);
		expect(disagreements(story)).toEqual([]);
		expect(madeTwice(story)).toEqual([]);
	}
});

twoWayLaw('7 crash safety: two crashes one after the other, in any mode', fc.tuple(histories(QUIET, { maxLength: 8 }), fc.integer({ min: 1, max: 14 }), fc.integer({ min: 1, max: 14 }), fc.constantFrom('all' as const, 'changed' as const)), async ([drawn, first, second, mode], newStory) => {
	const events = withOwnKeys(drawn);
	const [whole, story] = [naive(await newStory().tell(events)), naive(await newStory().tell(events))];
	await whole.heal();
	for (const crashAt of [first, second, undefined]) await story.runOnce({ ...CALM, mode, pageSize: 2, crashAt });
	expect(await story.heal()).toBeLessThanOrEqual(12);
	expect(disagreements(story)).toEqual([]);
	expect(madeTwice(story)).toEqual([]);
	if (story.memory.contents.holds.size + whole.memory.contents.holds.size === 0) expect(ending(story)).toEqual(ending(whole));
});

/** How many records of either side a run changed, and how many links it ended. */
function changes(results: readonly SyncResult[], { memory }: Story): { updates: number; deletions: number } {
	const updates = results.filter(({ steps }) => steps.some((step) => step.do === 'update' || (step.do === 'deliver' && step.delivery.kind === 'update' && !step.delivery.again)));
	const ends = new Map([...memory.contents.links.values()].map(({ appId, crmId, ended }) => [`${appId} ${crmId}`, ended]));
	const deletions = results.filter(({ steps, appId, crmId }) => steps.some((step) => step.do === 'unlink') && ends.get(`${appId} ${crmId}`)?.startsWith('deleted'));
	return { updates: updates.length, deletions: deletions.length };
}

twoWayLaw('9 guards: what a rolling day changes stays within them, or nothing is written and one review is held', fc.tuple(histories({ ...ROUGH, decide: 0, crmRemove: 4, appRemove: 4 }, { minLength: 8, maxLength: 20 }), fc.nat(3), fc.nat(2)), async ([events, updates, deletions], newStory) => {
	const story = newStory();
	const guards = { updateGuard: { most: updates, share: 1, atLeast: updates }, deleteGuard: { most: deletions, share: 1, atLeast: deletions } };
	const past: { at: number; updates: number; deletions: number; written: number }[] = [];
	for (const event of events) {
		if (event.do !== 'run') {
			await story.tell([event]);
			continue;
		}
		story.tick();
		const before = story.crm.written.length;
		const { results, summary } = await story.runOnce(event.run, guards);
		const written = story.crm.written.slice(before).flatMap((mutation) => (mutation.kind === 'update' ? [mutation.id] : []));
		past.push({ at: story.now, ...changes(results, story), written: new Set(written).size });
		const day = past.filter(({ at }) => at > story.now - DAY_MS);
		expect(day.reduce((sum, one) => sum + one.updates, 0)).toBeLessThanOrEqual(updates);
		expect(day.reduce((sum, one) => sum + one.written, 0)).toBeLessThanOrEqual(updates);
		expect(day.reduce((sum, one) => sum + one.deletions, 0)).toBeLessThanOrEqual(deletions);
		const reviews = [...story.memory.contents.holds.values()].filter(({ subject }) => subject === 'run');
		if (summary?.stopped?.code === 'GUARD') expect(reviews).toMatchObject([{ reason: 'guard', heldAt: new Date(story.now).toISOString() }]);
	}
});

function idsOf({ crm, app }: Story): string[] {
	return [...crm.rows.map(({ id }) => id), ...app.received.map(({ id }) => id)];
}

/** All that results say but why; ids that only a run gives are left out. */
function inFull(results: readonly SyncResult[], given: ReadonlySet<unknown>): string[] {
	const plain = (_: string, value: unknown) => (given.has(value) ? '' : (value ?? ''));
	return results.map(({ items, appId, crmId, steps }) => JSON.stringify([items, appId, crmId, steps], plain)).sort();
}

twoWayLaw('10 preview = run: the same lines, also after crashes, and a preview writes nothing', fc.tuple(histories(ROUGH), fc.constantFrom(1, 3, 100), fc.constantFrom('all' as const, 'changed' as const)), async ([events, pageSize, mode], newStory) => {
	const story = await newStory().tell(events);
	const seen = () => JSON.stringify([...Object.values(story.memory.contents).map((part) => [...part]), story.crm.rows, [...story.app.records]]);
	const before = seen();
	const known = new Set(idsOf(story));
	const preview = await story.run({ mode, pageSize, dryRun: true });
	expect(seen()).toBe(before);
	const run = await story.run({ mode, pageSize });
	const given = new Set(idsOf(story).filter((id) => !known.has(id)));
	expect(planned(preview.results, given)).toEqual(planned(run.results, given));
	expect(inFull(preview.results, given)).toEqual(inFull(run.results, given));
});

twoWayLaw('13 watermark: what becomes visible within the lookback is seen; what comes later, by a full compare', fc.tuple(histories({ ...QUIET, crmLate: 6, crmAddLate: 2, crmRemoveLate: 2 }), fc.boolean()), async ([drawn, late], newStory) => {
	const most = late ? 60 * 60_000 : 8 * 60_000;
	const events = withOwnKeys(drawn).map((event) => ('delayMs' in event ? { ...event, delayMs: Math.min(event.delayMs, most) } : event.do === 'wait' ? { ...event, ms: Math.min(event.ms, 5 * 60_000) } : event));
	const story = await newStory().tell(events);
	for (let count = 0; count < 15; count++) {
		story.tick(5 * 60_000);
		await story.run({ mode: 'changed' });
	}
	if (late) await story.heal();
	expect(disagreements(story)).toEqual([]);
	for (const { appId, crmId, ended } of story.memory.contents.links.values()) {
		if (ended !== null || appId === null || crmId === null || story.memory.contents.holds.size > 0) continue;
		expect(String(story.app.records.get(appId)?.name)).toBe(story.crm.live(crmId)?.values[CRM_FIELD.name]);
	}
});
