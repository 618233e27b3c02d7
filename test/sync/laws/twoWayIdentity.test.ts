import fc from 'fast-check';
import type { SyncLink } from '../../../src/model/syncLink';
import type { AppItem } from '../../../src/sync/run/syncTypes';
import { disagreements, doubleLinks } from '../twoWay/findings';
import { CRM_FIELD, histories, LIVELY, QUIET, ROUGH } from '../twoWay/events';
import { same, type Edit } from '../twoWay/edits';
import type { Story } from '../twoWay/Story';
import { twoWayLaw } from './twoWayLaw';

/** What a workflow may send instead of a record. */
const HOSTILE: readonly object[] = [{ id: 'x'.repeat(300), values: {} }, { id: 'a\0b', values: {} }, { id: '\ud800', values: {} }, { id: 'big', values: { name: 10n, email: 'big@x.com' } }, { id: 'none', values: null }, { id: {}, values: [] }];

/** Whether a result shows a person this value of this record because it was overruled, held or left different; what was sent is no excuse. */
function isReported({ results }: Story, { appId, crmId }: SyncLink, { field, value }: Edit): boolean {
	const ofRecord = results.filter((result) => (result.appId !== null && result.appId === appId) || (result.crmId !== null && result.crmId === crmId));
	const notes = ofRecord.flatMap((result) => result.notes.filter(({ appField, decision }) => appField === field && decision.reported));
	return notes.some(({ appValue, crmValue }) => same(field, appValue, value) || same(field, crmValue, value));
}

/** Edits that a read showed and that are neither on both sides, nor replaced by somebody who had them, nor reported, nor held. */
function lost(story: Story): string[] {
	const { links, holds } = story.memory.contents;
	const heldIn = (field: string, { appId, crmId }: SyncLink) => [...holds.values()].some((hold) => (hold.field === '' || hold.field === field) && [hold.appId, hold.crmId, ...hold.candidates].some((one) => one === appId || one === crmId));
	const linkOf = (side: string, id: string) => [...links.values()].find((link) => (side === 'app' ? link.appId : link.crmId) === id);
	return story.edits.all.flatMap((edit, index) => {
		const { side, id, field, value, read } = edit;
		const link = linkOf(side, id);
		if (!read?.news || !link || link.ended !== null || link.appId === null || heldIn(field, link)) return [];
		const record = story.app.records.get(link.appId);
		const row = story.crm.live(link.crmId!);
		if (!record || !row) return [];
		const later = story.edits.all.slice(index + 1).some((other) => other.field === field && other.id === (other.side === 'app' ? link.appId : link.crmId) && (other.side === side || same(field, other.before, value)));
		const onBoth = same(field, record[field], value) && same(field, row.values[CRM_FIELD[field]], value);
		// Where a field was never settled, a blank never wins.
		const filled = value === null && !read.settled;
		return later || onBoth || filled || isReported(story, link, edit) ? [] : [`${field} ${value} of ${id}`];
	});
}

twoWayLaw('3 no lost update: what was edited is on both sides, or superseded, or reported', histories(ROUGH), async (events, newStory) => {
	const story = await newStory().tell(events);
	await story.heal();
	expect(lost(story)).toEqual([]);
});

twoWayLaw('4 direction: no field is ever written against its direction', histories(ROUGH), async (events, newStory) => {
	const story = await newStory().tell(events);
	await story.heal();
	expect(story.crm.written.filter(({ values }) => 'NumberOfEmployees' in values)).toEqual([]);
	expect(story.app.received.filter(({ values }) => 'note' in values || 'company' in values)).toEqual([]);
});

/** Records of the app of which a person has decided that they are to be in the CRM again. */
function askedFor({ memory }: Story): ReadonlySet<string | null> {
	return new Set([...memory.contents.holds.values()].flatMap(({ decision, appId }) => (decision === 'useApp' ? [appId] : [])));
}

twoWayLaw('8 no resurrection, 11 identity: a linked record is never created again, and links are one to one', histories({ ...ROUGH, appKey: 4, crmKey: 4, appRemove: 3, crmRemove: 4 }), async (events, newStory) => {
	const story = newStory();
	let linked = new Set<string | null>();
	let open = new Set<string | null>();
	story.before = () => {
		const links = [...story.memory.contents.links.values()].filter(({ appId }) => !askedFor(story).has(appId));
		linked = new Set(links.flatMap(({ appId, crmId }) => [appId, crmId]));
		open = new Set(links.filter(({ ended, appId }) => ended === null && appId !== null).map(({ crmId }) => crmId));
	};
	story.after = ({ results }) => {
		const created = results.filter(({ steps }) => steps.some((step) => step.do === 'create'));
		expect(created.filter(({ appId }) => appId !== null && linked.has(appId))).toEqual([]);
		const delivered = results.flatMap(({ steps }) => steps.flatMap((step) => (step.do === 'deliver' && step.delivery.kind === 'create' && !step.delivery.again ? [step.delivery.crmId] : [])));
		expect(delivered.filter((id) => open.has(id))).toEqual([]);
	};
	await story.tell(events);
	await story.heal();
	expect(doubleLinks(story)).toEqual([]);
});

twoWayLaw('8 no resurrection: a stale copy of a deleted record brings nothing back', histories(LIVELY), async (events, newStory) => {
	const story = await newStory().tell(events);
	await story.heal();
	const stale = story.app.items('all');
	for (const { id } of story.crm.alive) story.crm.remove(id);
	story.tick();
	await story.run({ mode: 'changed', items: [] });
	const { written } = story.crm;
	const before = written.length;
	const linked = new Set([...story.memory.contents.links.values()].map(({ appId }) => appId));
	for (let count = 0; count < 3; count++) {
		story.tick(60 * 60_000);
		await story.run({ mode: 'all', items: stale.filter(({ id }) => linked.has(id!) && !askedFor(story).has(id!)) });
	}
	expect(written.slice(before)).toEqual([]);
});

twoWayLaw('11 identity: ambiguity is never written to, nor linked', histories({ ...QUIET, appKey: 3, crmKey: 3 }), async (events, newStory) => {
	const story = newStory();
	let several = new Set<string>();
	let known = new Set<string>();
	const keyOf = (email: unknown) => String(email ?? '').trim().toLowerCase();
	const twice = (keys: readonly string[]) => keys.filter((key, index) => keys.indexOf(key) !== index);
	const severalNow = () => {
		const linked = new Set([...story.memory.contents.links.values()].map(({ appId }) => appId));
		const unlinked = story.app.items('all').filter(({ id }) => !linked.has(id!));
		return new Set([...twice(story.crm.alive.map(({ values }) => keyOf(values.Email))), ...twice(unlinked.map(({ values }) => keyOf(values.email)))]);
	};
	story.before = () => {
		several = severalNow();
		known = new Set([...story.memory.contents.links.keys()]);
	};
	story.after = () => {
		const made = [...story.memory.contents.links.values()].filter(({ id, appId }) => !known.has(id) && appId !== null);
		const keys = made.map(({ appId }) => keyOf(story.app.records.get(appId!)?.email));
		const after = severalNow();
		expect(keys.filter((key) => several.has(key) && after.has(key))).toEqual([]);
	};
	await story.tell(events.map((event) => (event.do === 'run' ? { ...event, run: { ...event.run, mode: 'all' as const } } : event)));
	await story.heal();
	expect(disagreements(story)).toEqual([]);
});

twoWayLaw('12 isolation: records on which the CRM chokes stop no other, and are found in a bounded number of calls', fc.record({ all: fc.integer({ min: 2, max: 80 }), bad: fc.uniqueArray(fc.nat(79), { maxLength: 8 }), linked: fc.integer({ min: 0, max: 80 }), hostile: fc.boolean() }), async ({ all, bad, linked, hostile }, newStory) => {
	const story = newStory();
	const poison = new Set(bad.map((index) => index % all));
	const add = (index: number, name: string) => story.app.add({ email: `n${index}@x.com`, name });
	for (let index = 0; index < Math.min(linked, all); index++) add(index, `Former ${index}`);
	await story.run({ pageSize: 1_000 });
	const nameOf = (index: number) => (poison.has(index) ? 'Poison' : `Name ${index}`);
	for (let index = 0; index < all; index++) if (index < linked) story.app.edit(`A-${index + 1}`, { name: nameOf(index) }); else add(index, nameOf(index));
	story.tick(60 * 60_000);
	story.crm.calls.length = 0;
	const items = hostile ? [...HOSTILE, ...story.app.items('all')] : story.app.items('all');
	const { summary } = await story.run({ pageSize: 1_000, items: items.map((item, index) => ({ ...item, index })) as AppItem[] });
	expect(summary?.stopped).toBeUndefined();
	const names = new Set(story.crm.alive.map(({ values }) => values.LastName));
	for (let index = 0; index < all; index++) expect([index, names.has(nameOf(index))]).toEqual([index, !poison.has(index)]);
	expect(story.crm.calls.filter((call) => call === 'write').length).toBeLessThanOrEqual(1 + 2 * poison.size * Math.ceil(Math.log2(all) + 1));
});
