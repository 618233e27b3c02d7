import type { SyncHold } from '../../../src/model/syncHold';
import type { SyncLink } from '../../../src/model/syncLink';
import { PreviewState } from '../../../src/sync/run/PreviewState';
import { MemoryLeases, MemorySyncState } from '../twoWay/MemorySyncState';

const lease = { scope: 's', owner: 'us', fence: 1, expiresAt: '2026-01-05T09:00:00.000Z' };
const clock = () => new Date('2026-01-05T08:00:00Z');

function link(id: string, more: Partial<SyncLink> = {}): SyncLink {
	return { id, syncId: 's', appId: `A ${id}`, crmId: `L ${id}`, keyHash: null, base: new Uint8Array(), ended: null, endedAt: null, successor: null, ...more };
}

function hold(subject: string, more: Partial<SyncHold> = {}): SyncHold {
	const ids = { appId: null, crmId: null, keyHash: null, candidates: [] };
	return { syncId: 's', subject, field: '', reason: 'notRun', ...ids, words: '', code: null, shown: '', rows: [], heldAt: '', tries: 0, nextTryAt: null, decision: 'release', ...more };
}

/** A state that holds these, and a preview of it. */
async function preview(links: readonly SyncLink[], holds: readonly SyncHold[]) {
	const leases = new MemoryLeases(clock);
	const stored = new MemorySyncState(leases);
	await leases.acquire('s', 'us', 60_000);
	expect(await stored.commit({ links, holds }, lease)).toBe('stored');
	const before = structuredClone(stored.contents);
	return { state: new PreviewState(stored), isUntouched: () => expect(stored.contents).toEqual(before) };
}

const ids = (list: readonly { readonly id: string }[]) => list.map(({ id }) => id).sort();
const subjects = (list: readonly { readonly subject: string }[]) => list.map(({ subject }) => subject).sort();

test('a preview finds links as it would have stored them, and stores none', async () => {
	const { state, isUntouched } = await preview([link('1', { keyHash: 'k' }), link('2')], []);
	expect(await state.commit({ links: [link('1', { appId: 'A new', base: Uint8Array.of(1) }), link('3', { keyHash: 'k' })] })).toBe('stored');
	expect(ids(await state.links.byIds('s', ['1', '2', '3', '4']))).toEqual(['1', '2', '3']);
	expect((await state.links.byIds('s', ['1']))[0].base).toEqual(Uint8Array.of(1));
	expect(ids(await state.links.byAppIds('s', ['A 1', 'A new', 'A 2']))).toEqual(['1', '2']);
	expect(ids(await state.links.byCrmIds('s', ['L 1', 'L 3']))).toEqual(['1', '3']);
	expect(ids(await state.links.byKeyHashes('s', ['k']))).toEqual(['3']);
	isUntouched();
});

test.each([
	['in the app', { appId: 'A 1' }],
	['in the CRM', { crmId: 'L 1' }],
])('a preview stores no second link of a record %s', async (_side, same) => {
	const { state } = await preview([link('1')], []);
	expect(await state.commit({ links: [link('3', same)], endedHolds: [] })).toBe('clash');
	expect(ids(await state.links.byIds('s', ['3']))).toEqual([]);
	expect(await state.commit({ links: [link('3'), link('4', { appId: null }), link('5', { appId: null })] })).toBe('stored');
});

test('a preview finds what it would hold, and not what is over', async () => {
	const { state, isUntouched } = await preview([], [hold('link:1'), hold('link:2'), hold('link:3', { field: 'phone', keyHash: 'k' })]);
	await state.commit({ holds: [hold('link:2', { words: 'anew' }), hold('app:4', { keyHash: 'k' })], endedHolds: [hold('link:1'), hold('link:2'), hold('app:4')] });
	expect(subjects(await state.holdsOf('s', ['link:1', 'link:2', 'link:3']))).toEqual(['link:2', 'link:3']);
	expect((await state.holdsOf('s', ['link:2']))[0].words).toBe('anew');
	expect(subjects(await state.holdsByKeyHashes('s', ['k']))).toEqual(['app:4', 'link:3']);
	expect(subjects((await state.listHolds({ syncId: 's', limit: 10, dueAt: '2026' })).items)).toEqual(['link:3']);
	isUntouched();
});
