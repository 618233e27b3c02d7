import { disagreements, doubleLinks } from '../twoWay/findings';
import type { Event, RunEvent } from '../twoWay/events';
import { Story } from '../twoWay/Story';
import { planned } from '../twoWay/told';

/** Histories that the laws found once. */
const run = (more: Partial<RunEvent> = {}): Event => ({ do: 'run', run: { mode: 'all', pageSize: 1, repeats: false, faults: [], lost: [], compares: false, twice: false, push: false, ...more } });
const appAdd = (name: string): Event => ({ do: 'appAdd', key: `${name}@x.com` });
const crmAdd = (name: string): Event => ({ do: 'crmAdd', key: `${name}@x.com` });
const of = (what: 'appRemove' | 'crmRemove' | 'crmRestore' | 'crmConvert', who = 0): Event => ({ do: what, who });
const key = (what: 'appKey' | 'crmKey', to: string, who = 0): Event => ({ do: what, who, key: `${to}@x.com` });

test.each<[string, readonly Event[]]>([
	['a second record of the CRM gets the key of a linked one', [appAdd('k2'), run(), crmAdd('k2')]],
	['a record gets a key that another one had when it was delivered', [crmAdd('k3'), run(), key('crmKey', 'k1'), crmAdd('k3')]],
	['a delivered record is lost, and a second one gets its key', [crmAdd('k5'), run({ lost: [true] }), crmAdd('k5')]],
	['a delivered record changes its key and is converted', [crmAdd('k1'), run({ lost: [true] }), key('crmKey', 'k4'), of('crmConvert'), run()]],
	['undeleted after the app has deleted it too', [appAdd('k1'), run(), of('crmRemove'), run(), of('crmRestore')]],
	['the key changes between a create and its commit', [appAdd('k1'), run({ crashAt: 6 }), key('appKey', 'k3')]],
	['the same, and another record gets the key', [appAdd('k2'), run({ crashAt: 4 }), crmAdd('k2'), key('appKey', 'k1')]],
	['the same, and what was created is converted', [appAdd('k2'), run({ crashAt: 4 }), key('appKey', 'k1'), crmAdd('k2'), of('crmConvert')]],
	['deleted in the app between a create and its commit', [appAdd('k1'), run({ crashAt: 4 }), of('appRemove')]],
	['the same, and the next run is stopped by a limit', [appAdd('k1'), run({ crashAt: 4 }), of('appRemove'), run({ quota: 1 })]],
	['a delivered record is blanked before it was shown', [crmAdd('k1'), run(), { do: 'appEdit', who: 0, field: 'phone', blank: true }]],
	['merged into a record that has just come, under a key that others wait for', [crmAdd('k2'), crmAdd('k1'), run(), crmAdd('k1'), key('appKey', 'k2', 1), { do: 'crmMerge', who: 1, into: 2 }]],
	['another record of the CRM gets the key of a create without an answer', [crmAdd('k2'), appAdd('k1'), run({ faults: ['lostBefore'], quota: 2 }), key('crmKey', 'k1')]],
	['what a form sent is merged into a record that has just come', [{ do: 'submit', key: 'k1@x.com' }, run(), crmAdd('k1'), { do: 'crmMerge', who: 0, into: 3 }, run()]],
	['a change is taken back before the app has shown it', [appAdd('k1'), run(), key('crmKey', 'k5'), run({ lost: [true] }), key('crmKey', 'k1')]],
])('%s: both sides agree in the end', async (_name, events) => {
	const story = await new Story().tell(events);
	expect(await story.heal()).toBeLessThanOrEqual(12);
	expect(disagreements(story)).toEqual([]);
	expect(doubleLinks(story)).toEqual([]);
});

test('a delivered record shows a key that a linked one has got since: the preview completes its link as the run does', async () => {
	const story = await new Story().tell([crmAdd('k2'), appAdd('k1'), run(), of('crmRemove'), key('crmKey', 'k2'), key('appKey', 'k4')]);
	const preview = await story.run({ pageSize: 1, dryRun: true });
	expect(planned(preview.results)).toEqual(planned((await story.run({ pageSize: 1 })).results));
	expect(planned(preview.results)).toContain('hold A-2 deletedAndEdited');
});

test('a person has decided about a record that the CRM changed too: the preview gives it back once', async () => {
	const story = await new Story().tell([appAdd('k1'), run(), key('crmKey', 'k2'), of('appRemove'), run(), { do: 'decide', who: 0, decision: 'useCrm' }]);
	const preview = await story.run({ pageSize: 1, dryRun: true });
	expect(planned(preview.results)).toEqual(planned((await story.run({ pageSize: 1 })).results));
	expect(planned(preview.results).filter((line) => line.startsWith('create app'))).toHaveLength(1);
});

test('a record would get the key of another one: the preview names the candidates in the order of the run', async () => {
	const story = await new Story().tell([crmAdd('k1'), run(), crmAdd('k2'), run(), key('appKey', 'k2')]);
	const preview = await story.run({ pageSize: 1, dryRun: true });
	expect(planned(preview.results)).toEqual(planned((await story.run({ pageSize: 1 })).results));
	expect(planned(preview.results)).toContain('hold A-2 ambiguous (L-1, L-2)');
});

test('a submission finds a record that another one was merged into: the preview ends the link of that one as the run does', async () => {
	const story = await new Story().tell([crmAdd('k1'), run(), of('appRemove'), crmAdd('k2'), { do: 'submit', key: 'k2@x.com' }, { do: 'crmMerge', who: 0, into: 1 }]);
	const preview = await story.run({ pageSize: 1, dryRun: true });
	expect(planned(preview.results)).toEqual(planned((await story.run({ pageSize: 1 })).results));
	expect(planned(preview.results)).toContain('hold L-1 merged (L-2)');
});

test('a record that was delivered is shown, and a submission has its former key: the preview makes a new record of it as the run does', async () => {
	const story = await new Story().tell([crmAdd('k4'), run(), { do: 'submit', key: 'k4@x.com' }, key('crmKey', 'k1')]);
	const preview = await story.run({ pageSize: 1, dryRun: true });
	expect(planned(preview.results)).toEqual(planned((await story.run({ pageSize: 1 })).results));
	expect(planned(preview.results)).toContain('create crm new from form');
});

test('a person lets go of one of two records with one key, which the CRM has changed too: the preview holds it once, as the run does', async () => {
	const story = await new Story().tell([crmAdd('k2'), crmAdd('k2'), run(), { do: 'wait', ms: 20 * 60_000 }, run(), { do: 'crmEdit', who: 1, field: 'name', blank: false }, { do: 'decide', who: 1, decision: 'release' }]);
	const preview = await story.run({ pageSize: 1, dryRun: true });
	expect(planned(preview.results)).toEqual(planned((await story.run({ pageSize: 1 })).results));
	expect(planned(preview.results).filter((line) => line !== '')).toEqual(['hold L-2 ambiguous (L-2, L-1)']);
});

test('a delivered record is merged into one that is held, and is no longer: the preview sends it again as the run does', async () => {
	const twice = run({ twice: true });
	const late: Event = { do: 'crmAddLate', key: 'k4@x.com', delayMs: 60_000 };
	const story = await new Story().tell([crmAdd('k1'), late, crmAdd('k4'), twice, crmAdd('k1'), { do: 'crmMerge', who: 0, into: 5 }, twice, key('appKey', 'k4'), appAdd('k2')]);
	const preview = await story.run({ pageSize: 1, dryRun: true });
	expect(planned(preview.results, new Set(['L-5']))).toEqual(planned((await story.run({ pageSize: 1 })).results, new Set(['L-5'])));
	expect(planned(preview.results)).toContain('create app new from L-2 email+name+phone again');
});
