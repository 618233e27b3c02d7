import { disagreements, doubleLinks } from '../twoWay/findings';
import { histories, LIVELY, QUIET, ROUGH } from '../twoWay/events';
import { isQuiet, type Story } from '../twoWay/Story';
import { twoWayLaw } from './twoWayLaw';

const HOUR_MS = 60 * 60_000;

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
		const ran = await story.run({ pageSize: 1_000 });
		expect(isQuiet(ran)).toBe(true);
		// What is held is looked at with every full input and when its time comes, in batches: by key and by id.
		expect(story.crm.calls.length).toBeLessThanOrEqual(isWaiting(story) ? 6 : 2);
	}
});
