import { histories, isQuiet, LIVELY, QUIET, ROUGH } from '../twoWay/history';
import { disagreements, doubleLinks } from '../twoWay/findings';
import { twoWayLaw } from './twoWayLaw';

twoWayLaw('1 convergence: quiet histories', histories(QUIET), async (events, newStory) => {
	const story = await newStory().tell(events);
	expect(await story.heal()).toBeLessThan(12);
	expect(disagreements(story)).toEqual([]);
});

twoWayLaw('1 convergence: with deletions, merges, conversions and other keys', histories(LIVELY), async (events, newStory) => {
	const story = await newStory().tell(events);
	expect(await story.heal()).toBeLessThan(12);
	expect(disagreements(story)).toEqual([]);
});

twoWayLaw('1 convergence: after faults, crashes, quotas and hidden fields too', histories(ROUGH), async (events, newStory) => {
	const story = await newStory().tell(events);
	expect(await story.heal()).toBeLessThan(12);
	expect(disagreements(story)).toEqual([]);
	expect(doubleLinks(story)).toEqual([]);
});

twoWayLaw('2 quiescence: a further run does nothing, and costs two calls at most once the lookback has passed', histories(ROUGH), async (events, newStory) => {
	const story = await newStory().tell(events);
	await story.heal();
	if (story.memory.contents.holds.size + story.memory.contents.deliveries.size > 0) return;
	story.crm.pageSize = 1_000;
	for (let count = 0; count < 2; count++) {
		story.tick(60 * 60_000);
		story.crm.calls.length = 0;
		const ran = await story.run();
		expect(isQuiet(ran)).toBe(true);
		expect(story.crm.calls.length).toBeLessThanOrEqual(2);
	}
});
