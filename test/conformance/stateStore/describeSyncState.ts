import { randomBytes } from 'node:crypto';
import type { Lease, StateStore } from '../../../src/model/stateStore';
import type { SyncDelivery } from '../../../src/model/syncDelivery';
import type { SyncHold } from '../../../src/model/syncHold';
import type { SyncIntent } from '../../../src/model/syncIntent';
import type { SyncLink } from '../../../src/model/syncLink';
import type { SyncReport } from '../../../src/model/syncReport';
import type { StoredSync, SyncScope } from '../../../src/model/syncState';
import type { Contract } from './describeStateStore';
import { START, type StoreWorld } from './StoreWorld';

const scope: SyncScope = { connectionId: 'connection', entity: 'Lead', appName: 'Shop' };

const sync = (more: Partial<StoredSync> = {}): StoredSync => ({ id: 's', scope, mapping: '{"rules":[]}', keyId: 'key', userId: '005', cursor: null, runs: 0, inDoubt: false, unread: false, ...more });

const link = (id: string, more: Partial<SyncLink> = {}): SyncLink => ({
	...{ id, syncId: 's', appId: `app ${id}`, crmId: `crm ${id}`, keyHash: null, base: new Uint8Array([1, 0, 255]) },
	...{ ended: null, endedAt: null, successor: null, ...more },
});

const hold = (subject: string, more: Partial<SyncHold> = {}): SyncHold => ({
	...{ syncId: 's', subject, field: '', reason: 'conflict', appId: null, crmId: 'crm 1', keyHash: null, candidates: ['crm 1', "o'neil"], words: 'Both “changed”.' },
	...{ code: null, shown: '1:2', rows: [{ tag: 3, app: 1, crm: null }], heldAt: START, tries: 0, nextTryAt: null, decision: null, ...more },
});

const delivery = (linkId: string, more: Partial<SyncDelivery> = {}): SyncDelivery => ({ id: `d ${linkId}`, syncId: 's', linkId, kind: 'update', rows: [0, 268_435_455], tries: 1, handedOver: false, withheld: null, createdAt: START, ...more });

const report = (id: string, more: Partial<SyncReport> = {}): SyncReport => ({ id, syncId: 's', linkId: 'l', keyId: 'key', sealed: new Uint8Array([0, 255, 7]), at: START, ...more });

const intent = (id: string, more: Partial<SyncIntent> = {}): SyncIntent => ({
	...{ id, syncId: 's', linkId: 'l', kind: 'create', appId: 'app', crmId: null, keyHash: 'hash', after: new Uint8Array([9, 8]), startedAt: START, ...more },
});

async function leased(world: StoreWorld): Promise<{ store: StateStore; lease: Lease }> {
	const store = await world.open();
	return { store, lease: (await store.leases.acquire('sync', 'run 1', 60_000))! };
}

export function describeSyncState(contract: Contract): void {
	contract('keeps a sync under its scope, and what a later commit says of it', async (world) => {
		const { store, lease } = await leased(world);
		expect(await store.syncs.find(scope)).toBeUndefined();
		expect(await store.syncs.commit({ sync: sync() }, lease)).toBe('stored');
		expect(await store.syncs.commit({ sync: sync({ cursor: 'here', runs: 2, inDoubt: true, unread: true }) }, lease)).toBe('stored');
		expect(await (await world.open()).syncs.find(scope)).toEqual(sync({ cursor: 'here', runs: 2, inDoubt: true, unread: true }));
		expect(await store.syncs.find({ ...scope, appName: 'Other' })).toBeUndefined();
		expect(await store.syncs.commit({ sync: sync({ id: 'another' }) }, lease)).toBe('clash');
	});

	contract('finds links by every id, by key hash and by what became of a record', async (world) => {
		const { store, lease } = await leased(world);
		const { links } = store.syncs;
		const half = link('2', { appId: null, keyHash: 'hash' });
		const converted = link('3', { ended: 'converted', endedAt: START, successor: { entity: 'Contact', crmId: '003' } });
		await store.syncs.commit({ sync: sync(), links: [link('1'), half, converted] }, lease);
		expect(await links.byIds('s', ['1', 'unknown'])).toEqual([link('1')]);
		expect(await links.byAppIds('s', ['app 1', 'app 2'])).toEqual([link('1')]);
		expect(await links.byCrmIds('s', ['crm 2'])).toEqual([half]);
		expect(await links.byKeyHashes('s', ['hash'])).toEqual([half]);
		expect(await links.byAncestors({ ...scope, entity: 'Contact' }, { appIds: ['app 3'], crmIds: [] })).toEqual([converted]);
		expect(await links.byAncestors({ ...scope, entity: 'Contact' }, { appIds: [], crmIds: ['003'] })).toEqual([converted]);
		expect(await links.byAncestors({ ...scope, entity: 'Contact', appName: 'Other' }, { appIds: ['app 3'], crmIds: [] })).toEqual([]);
		expect(await links.byIds('other', ['1'])).toEqual([]);
		expect(await links.byIds('s', [])).toEqual([]);
		expect(await links.count(scope)).toEqual({ open: 2, closed: 1 });
		expect(await links.count({ ...scope, entity: 'Contact' })).toEqual({ open: 0, closed: 0 });
		await store.syncs.commit({ sync: sync({ id: 'other', scope: { ...scope, appName: 'Other' } }), links: [{ ...link('9'), syncId: 'other' }] }, lease);
		expect(await links.count(scope)).toEqual({ open: 3, closed: 1 });
	});

	contract('lists links by id, in pages', async (world) => {
		const { store, lease } = await leased(world);
		await store.syncs.commit({ links: ['c', 'a', 'b'].map((id) => link(id)) }, lease);
		const first = await store.syncs.links.list('s', 2);
		expect(first.items.map(({ id }) => id)).toEqual(['a', 'b']);
		const second = await store.syncs.links.list('s', 2, first.next);
		expect([second.items.map(({ id }) => id), second.next]).toEqual([['c'], undefined]);
	});

	contract('lets no id stand in two links of a sync, and stores nothing of a batch that would', async (world) => {
		const { store, lease } = await leased(world);
		await store.syncs.commit({ links: [link('1'), link('2', { appId: null }), link('3', { appId: null })] }, lease);
		for (const double of [link('4', { crmId: 'crm 1' }), link('4', { appId: 'app 1' })]) {
			expect(await store.syncs.commit({ links: [link('5'), double], holds: [hold('x')] }, lease)).toBe('clash');
		}
		expect([await store.syncs.links.byIds('s', ['4', '5']), await store.syncs.holdsOf('s', ['x'])]).toEqual([[], []]);
		expect(await store.syncs.commit({ links: [link('9', { syncId: 'other', appId: 'app 1', crmId: 'crm 1' })] }, lease)).toBe('stored');
	});

	contract('replaces links by their own id', async (world) => {
		const { store, lease } = await leased(world);
		await store.syncs.commit({ links: [link('1')] }, lease);
		const moved = link('1', { crmId: 'winner', base: new Uint8Array(486).fill(200), ended: 'merged', endedAt: START });
		await store.syncs.commit({ links: [moved] }, lease);
		expect(await store.syncs.links.list('s', 10)).toEqual({ items: [moved] });
	});

	contract('lets the last one count where a batch gives a key twice', async (world) => {
		const { store, lease } = await leased(world);
		const { syncs } = store;
		const [links, holds] = [[link('1'), link('1', { crmId: 'winner' })], [hold('a'), hold('a', { reason: 'notRun' })]];
		const [deliveries, intents] = [[delivery('1'), delivery('1', { id: 'newer' })], [intent('a'), intent('a', { keyHash: 'other' })]];
		expect(await syncs.commit({ links, holds, deliveries, intents }, lease)).toBe('stored');
		expect([await syncs.links.list('s', 9), await syncs.holdsOf('s', ['a'])]).toEqual([{ items: [links[1]] }, [holds[1]]]);
		expect([(await syncs.listDeliveries('s', 9)).items, (await syncs.listIntents('s', 9)).items]).toEqual([[deliveries[1]], [intents[1]]]);
	});

	contract('refuses a batch of a run that has lost its lease', async (world) => {
		const { store, lease } = await leased(world);
		world.now = new Date(world.now.getTime() + 60_000);
		expect(await store.syncs.commit({ links: [link('1')] }, lease)).toBe('leaseLost');
		const next = (await store.leases.acquire('sync', 'run 2', 60_000))!;
		expect(await store.syncs.commit({ links: [link('1')] }, lease)).toBe('leaseLost');
		expect(await store.syncs.handOver('s', lease)).toBe('leaseLost');
		expect(await store.syncs.links.byIds('s', ['1'])).toEqual([]);
		expect(await store.syncs.commit({ links: [link('1')] }, next)).toBe('stored');
	});

	contract('keeps holds by subject and field, ends them, and lists those that are due', async (world) => {
		const { store, lease } = await leased(world);
		const { syncs } = store;
		const later = hold('b', { field: 'phone', nextTryAt: '2026-02-01T00:00:00.000Z', keyHash: 'hash', tries: 3, code: 'RULE' });
		await syncs.commit({ holds: [hold('a'), hold('a', { field: 'phone', reason: 'value' }), later] }, lease);
		await syncs.commit({ holds: [hold('a', { reason: 'refused' })] }, lease);
		expect(await syncs.holdsOf('s', ['b', 'none'])).toEqual([later]);
		expect(await syncs.holdsByKeyHashes('s', ['hash'])).toEqual([later]);
		const all = await syncs.listHolds({ syncId: 's', limit: 2 });
		expect(all.items.map(({ subject, field, reason }) => `${subject} ${field} ${reason}`)).toEqual(['a  refused', 'a phone value']);
		expect((await syncs.listHolds({ syncId: 's', limit: 2, after: all.next })).items).toEqual([later]);
		expect((await syncs.listHolds({ syncId: 's', limit: 9, reasons: ['value'] })).items).toHaveLength(1);
		expect((await syncs.listHolds({ syncId: 's', limit: 9, dueAt: '2026-01-31T00:00:00.000Z' })).items).toEqual([]);
		expect((await syncs.listHolds({ syncId: 's', limit: 9, dueAt: '2026-02-01T00:00:00.000Z' })).items).toEqual([later]);
		await syncs.commit({ endedHolds: [later, { syncId: 's', subject: 'a', field: 'none' }] }, lease);
		expect((await syncs.listHolds({ syncId: 's', limit: 9 })).items).toHaveLength(2);
	});

	contract('keeps what is held about the longest ids', async (world) => {
		const { store, lease } = await leased(world);
		const long = randomBytes(128).toString('hex').slice(0, 255);
		const held = hold(`app:${long}`, { appId: long });
		await store.syncs.commit({ holds: [held], links: [link('1', { appId: long })] }, lease);
		await store.syncs.notes.add('s', 'app', [[long, '1']]);
		expect([await store.syncs.holdsOf('s', [`app:${long}`]), await store.syncs.links.byAppIds('s', [long])]).toEqual([[held], [link('1', { appId: long })]]);
		await expect(store.syncs.commit({ holds: [hold(`app:${long}x`)] }, lease)).rejects.toThrow('of 256 characters');
	});

	contract('takes a decision only about what the hold still shows', async (world) => {
		const { store, lease } = await leased(world);
		await store.syncs.commit({ holds: [hold('a')] }, lease);
		expect(await store.syncs.decide({ ...hold('a'), shown: 'other' }, 'useApp')).toBe(false);
		expect(await store.syncs.decide({ ...hold('a'), rows: [{ tag: 3, app: 2, crm: null }] }, 'useApp')).toBe(false);
		expect(await store.syncs.decide(hold('none'), 'useApp')).toBe(false);
		expect(await store.syncs.decide(hold('a'), 'useCrm')).toBe(true);
		expect((await store.syncs.listHolds({ syncId: 's', limit: 9, dueAt: START })).items).toEqual([hold('a', { decision: 'useCrm' })]);
	});

	contract('keeps one delivery a link, until it ends, and knows which were sent and handed over', async (world) => {
		const { store, lease } = await leased(world);
		const { syncs } = store;
		await syncs.commit({ deliveries: [delivery('1'), delivery('2')] }, lease);
		await syncs.handOver('s', lease);
		await syncs.commit({ deliveries: [delivery('3'), delivery('2', { id: 'newer', tries: 2 })], endedDeliveries: ['1'] }, lease);
		expect(await syncs.deliveriesOf('s', ['1', '2'])).toEqual([delivery('2', { id: 'newer', tries: 2 })]);
		expect(await syncs.deliveriesByIds('s', ['newer', 'd 1'])).toEqual([delivery('2', { id: 'newer', tries: 2 })]);
		await syncs.handOver('s', lease);
		await syncs.commit({ deliveries: [delivery('4')], reports: [report('a')] }, lease);
		await syncs.handOver('s', lease, { deliveries: false });
		expect((await syncs.listReports('s', 9)).items).toEqual([]);
		expect((await syncs.listDeliveries('s', 9, { unsent: true })).items).toEqual([delivery('4')]);
		await syncs.commit({ deliveries: [delivery('4', { tries: 0 })] }, lease);
		await syncs.handOver('s', lease);
		expect((await syncs.listDeliveries('s', 9, { unsent: true })).items).toEqual([delivery('4', { tries: 0 })]);
		const withheld = { rows: [268_435_455], lookAt: START };
		await syncs.commit({ deliveries: [delivery('5', { tries: 2, withheld })] }, lease);
		await syncs.handOver('s', lease);
		expect(await syncs.deliveriesOf('s', ['5'])).toEqual([delivery('5', { tries: 0, withheld })]);
		await syncs.commit({ endedDeliveries: ['5'] }, lease);
		const first = await syncs.listDeliveries('s', 2);
		expect(first.items.map(({ linkId, handedOver }) => [linkId, handedOver])).toEqual([['2', true], ['3', true]]);
		expect((await syncs.listDeliveries('s', 2, { after: first.next })).items).toEqual([delivery('4', { tries: 0 })]);
	});

	contract('keeps reports, each once, until they are handed over, and lists them by id', async (world) => {
		const { store, lease } = await leased(world);
		const { syncs } = store;
		const again = report('b', { sealed: new Uint8Array(5_000).fill(200), keyId: 'newer', at: '2026-01-02T00:00:00.000Z' });
		await syncs.commit({ reports: [report('c'), report('b'), report('a'), report('a')] }, lease);
		await syncs.commit({ reports: [again, report('b', { syncId: 'other' })] }, lease);
		const first = await syncs.listReports('s', 2);
		expect(first.items).toEqual([report('a'), again]);
		expect(await (await world.open()).syncs.listReports('s', 2, first.next)).toEqual({ items: [report('c')] });
		await syncs.handOver('s', lease);
		expect([await syncs.listReports('s', 9), await syncs.listReports('other', 9)]).toEqual([{ items: [] }, { items: [report('b', { syncId: 'other' })] }]);
	});

	contract('keeps the reports of a run that has lost its lease, and takes no more of it', async (world) => {
		const { store, lease } = await leased(world);
		await store.syncs.commit({ reports: [report('a')] }, lease);
		world.now = new Date(world.now.getTime() + 60_000);
		expect([await store.syncs.handOver('s', lease), await store.syncs.commit({ reports: [report('b')] }, lease)]).toEqual(['leaseLost', 'leaseLost']);
		expect((await store.syncs.listReports('s', 9)).items).toEqual([report('a')]);
	});

	contract('keeps intents until their outcome, oldest first', async (world) => {
		const { store, lease } = await leased(world);
		const { syncs } = store;
		const older = intent('b', { startedAt: '2025-12-31T00:00:00.000Z', kind: 'update', crmId: '00Q', keyHash: null });
		await syncs.commit({ intents: [intent('a'), older, intent('c')] }, lease);
		const first = await syncs.listIntents('s', 2);
		expect(first.items).toEqual([older, intent('a')]);
		await syncs.commit({ endedIntents: ['a', 'b'] }, lease);
		expect((await syncs.listIntents('s', 2)).items).toEqual([intent('c')]);
	});

	contract('adds up what was changed, for the guards', async (world) => {
		const { store, lease } = await leased(world);
		const counted = (at: string, updates: number, deletions = 0) => ({ counted: { connectionId: 'c', entity: 'Lead', at, updates, deletions } });
		await store.syncs.commit(counted('2026-01-01T00:04:00.000Z', 2, 1), lease);
		await store.syncs.commit(counted('2026-01-01T00:09:00.000Z', 3), lease);
		await store.syncs.commit(counted('2026-01-01T00:10:00.000Z', 5), lease);
		expect(await store.syncs.counted('c', 'Lead', '2026-01-01T00:07:00.000Z')).toEqual({ updates: 10, deletions: 1 });
		expect(await store.syncs.counted('c', 'Lead', '2026-01-01T00:10:00.000Z')).toEqual({ updates: 5, deletions: 0 });
		expect(await store.syncs.counted('c', 'Contact', START)).toEqual({ updates: 0, deletions: 0 });
	});

	contract('notes many values a key, and forgets them all', async (world) => {
		const { notes } = (await world.open()).syncs;
		const many = Array.from({ length: 2_500 }, (_, index) => [`key ${index}`, 'one'] as const);
		await notes.add('s', 'app', [...many, ['key 1', 'two'], ['key 1', 'two']]);
		await notes.add('s', 'crm', [['key 1', 'other']]);
		const found = await notes.find('s', 'app', ['key 1', 'key 2', 'none']);
		expect([...found].map(([key, values]) => [key, [...values].sort()]).sort()).toEqual([['key 1', ['one', 'two']], ['key 2', ['one']]]);
		await notes.forget('s');
		expect(await notes.find('s', 'crm', ['key 1'])).toEqual(new Map());
	});

	contract('stores large batches', async (world) => {
		const { store, lease } = await leased(world);
		const links = Array.from({ length: 1_500 }, (_, index) => link(String(index), { base: new Uint8Array(306).fill(index % 256) }));
		expect(await store.syncs.commit({ sync: sync(), links, holds: links.map(({ id }) => hold(`link:${id}`)) }, lease)).toBe('stored');
		expect(await store.syncs.links.count(scope)).toEqual({ open: 1_500, closed: 0 });
		expect(await store.syncs.links.byCrmIds('s', links.slice(0, 1_000).map(({ crmId }) => crmId!))).toHaveLength(1_000);
	});
}
