import fc from 'fast-check';
import { disagreements, doubleLinks, madeTwice } from '../twoWay/findings';
import { histories, QUIET } from '../twoWay/events';
import { Story } from '../twoWay/Story';
import { law } from './law';

// Of keys that moved from one record to another while the backup was away, nobody can tell which record they meant.
law('a restored backup writes, sends and makes nothing as long as it is in doubt, and nothing twice afterwards', fc.tuple(histories(QUIET), histories(QUIET)), async ([before, after]) => {
	const story = new Story();
	story.app.naive = true;
	await story.tell(before);
	const backup = structuredClone(story.memory.contents);
	const runs = [...backup.syncs.values()].map((sync) => sync.runs)[0] ?? 0;
	await story.tell(after);
	story.memory.contents = backup;
	const touched = () => [story.crm.written.length, story.app.received.length];
	const untouched = touched();
	if (story.runsKnown > runs && runs > 0) {
		for (const mode of ['changed', 'all'] as const) await story.run({ mode, fullCompare: mode === 'all' });
		expect(touched()).toEqual(untouched);
	}
	expect(await story.heal()).toBeLessThanOrEqual(12);
	expect(disagreements(story)).toEqual([]);
	expect(doubleLinks(story)).toEqual([]);
	expect(madeTwice(story)).toEqual([]);
});
