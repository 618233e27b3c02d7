import { disagreements, doubleLinks } from '../twoWay/findings';
import { histories, LIVELY, QUIET, ROUGH } from '../twoWay/events';
import { isQuiet, type Story } from '../twoWay/Story';
import { twoWayLaw } from './twoWayLaw';

const HOUR_MS = 60 * 60_000;

/** What waits is looked at when its time comes, by id and by key, and what a person has decided, until it can be carried out. */
function isDue({ memory, now }: Story): boolean {
	return [...memory.contents.holds.values()].some(({ nextTryAt, decision }) => decision !== null || (nextTryAt !== null && Date.parse(nextTryAt) <= now));
}

function isWaiting({ memory }: Story): boolean {
	return memory.contents.holds.size + memory.contents.deliveries.size > 0;
}

for (const [kind, kinds] of [['quiet', QUIET], ['lively', LIVELY]] as const) {
	twoWayLaw(`1 convergence: ${kind} histories, two clean runs after the last edit`, histories(kinds), async (events, newStory) => {
		const story = await newStory().tell(events);
		await story.heal({ fullCompare: false, everyMs: HOUR_MS, most: 2 });
		if (!isWaiting(story)) expect(disagreements(story)).toEqual([]);
		expect(await story.heal()).toBeLessThanOrEqual(12);
		expect(disagreements(story)).toEqual([]);
	});
}

twoWayLaw('1 convergence: after faults, crashes, quotas, hidden fields, other users, keys and mappings too', histories(ROUGH), async (events, newStory) => {
	const story = await newStory().tell(events);
	expect(await story.heal()).toBeLessThanOrEqual(12);
	expect(disagreements(story)).toEqual([]);
	expect(doubleLinks(story)).toEqual([]);
});

twoWayLaw('2 quiescence: a further run does nothing, and costs two calls at most once the lookback has passed', histories(ROUGH), async (events, newStory) => {
	const story = await newStory().tell(events);
	await story.heal();
	story.crm.pageSize = 1_000;
	for (let count = 0; count < 2; count++) {
		story.tick(20 * 60_000);
		story.crm.calls.length = 0;
		// A linked record that waits is read with the app's page, what the app has not shown yet with what is sent again.
		const { holds, deliveries } = story.memory.contents;
		const most = isDue(story) ? 4 : holds.size > 0 && deliveries.size > 0 ? 3 : 2;
		const ran = await story.run({ pageSize: 1_000 });
		expect(isQuiet(ran)).toBe(true);
		expect([story.crm.calls, story.crm.calls.length <= most]).toEqual([story.crm.calls, true]);
	}
});
