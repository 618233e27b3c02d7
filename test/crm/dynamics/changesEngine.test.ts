import fc from 'fast-check';
import type { CrmAdapter } from '../../../src/model/crmAdapter';
import type { CrmValue } from '../../../src/model/record';
import type { FieldRule, Mapping } from '../../../src/sync/mapping/mapping';
import { runSync } from '../../../src/sync/run/runSync';
import type { AppDelivery, AppItem, SyncResult, SyncSummary } from '../../../src/sync/run/syncTypes';
import { MemoryLeases, MemorySyncState } from '../../sync/twoWay/MemorySyncState';
import { ModelApp } from '../../sync/twoWay/ModelApp';
import { isQuiet } from '../../sync/twoWay/Story';
import { readerOf } from '../changesReading';
import { openRig, type Rig } from './rig';

const seed = process.env.FC_SEED === undefined ? undefined : Number(process.env.FC_SEED);
const numRuns = Number(process.env.FC_RUNS ?? 15);
const hour = 3_600_000;

const rule = (appField: string, crmField: string): FieldRule => ({ id: appField, appField, crmField, direction: 'both', conflict: 'preferCrm', blank: 'clear', enabled: true, transform: { kind: 'none' } });
const fields = { name: 'lastname', email: 'emailaddress1', phone: 'telephone1' } as const;
const mapping: Mapping = { rules: Object.entries(fields).map(([app, crm]) => rule(app, crm)), matchKey: { appField: 'email', crmField: fields.email }, firstMatch: 'preferCrm', timeZone: 'UTC' };
const noGuard = { most: Infinity, share: 1, atLeast: Infinity };

let now: number;
let rig: Rig;
beforeAll(async () => {
	now = Date.UTC(2026, 10, 22, 7);
	rig = await openRig({ now: () => now });
});
afterAll(() => rig.close());

/** An app in memory, an environment of the stand-in, and the engine with the real adapter between them. */
class Pairing {
	readonly app = new ModelApp();
	readonly leases = new MemoryLeases(() => new Date(now));
	readonly state = new MemorySyncState(this.leases);
	private readonly user = rig.env.addUser(rig.env.tenant.addUser({}), { administrator: true });
	private readonly adapter: CrmAdapter = rig.open({ user: this.user });
	/** Called before each batch of writes: a user may be faster. */
	beforeWrite: () => void = () => undefined;
	private runsKnown = 0;
	private ids = 0;

	/** One run; the app carries out what it is told. */
	async run(): Promise<{ readonly results: readonly SyncResult[]; readonly summary: SyncSummary; readonly crashed: false }> {
		const items = this.app.items('all');
		const results: SyncResult[] = [];
		const running = runSync(await this.request(items));
		for (;;) {
			const next = await running.next();
			if (!next.done) {
				results.push(...next.value);
				continue;
			}
			this.runsKnown = next.value.runs;
			this.app.shown(items);
			for (const delivery of deliveriesIn(results)) this.app.carryOut(delivery);
			now += hour;
			return { results, summary: next.value, crashed: false };
		}
	}

	/** Runs until nothing is left to do; how many it took. */
	async settle(): Promise<number> {
		for (let count = 1; count <= 8; count++) if (isQuiet(await this.run()) && count > 1) return count;
		return Infinity;
	}

	private overtaken(): CrmAdapter {
		const write: CrmAdapter['write'] = async (batch) => {
			this.beforeWrite();
			return await this.adapter.write(batch);
		};
		return new Proxy(this.adapter, { get: (adapter, name) => (name === 'write' ? write : (Reflect.get(adapter, name) as unknown)) });
	}

	private async request(items: readonly AppItem[]): Promise<Parameters<typeof runSync>[0]> {
		return {
			...{ adapter: this.overtaken(), changes: readerOf(this.adapter), state: this.state, leases: this.leases, description: await this.adapter.describe('lead') },
			...{ keyring: { current: { id: 'key 1', secret: new Uint8Array(32).fill(7) }, former: [] }, clock: () => new Date(now), newId: () => `id-${(this.ids += 1)}` },
			input: { mode: 'all', pages: () => onePage(items) },
			settings: {
				...{ scope: { connectionId: 'c', entity: 'lead', appName: 'Shop' }, mapping, adoptMapping: true, createInCrm: true, createInApp: true, readChanges: true },
				...{ fullCompare: false, updateGuard: noGuard, deleteGuard: noGuard, userId: this.user.id, runsKnown: this.runsKnown, skewMs: 0, dryRun: false },
				write: { runAssignmentRules: false, saveDespiteDuplicateAlert: true },
			},
		};
	}
}

async function* onePage(items: readonly AppItem[]): AsyncGenerator<readonly AppItem[]> {
	yield await Promise.resolve(items);
}

function deliveriesIn(results: readonly SyncResult[]): readonly AppDelivery[] {
	return results.flatMap(({ steps }) => steps.flatMap((step) => (step.do === 'deliver' ? [step.delivery] : [])));
}

function leads(): ReadonlyArray<Readonly<Record<string, CrmValue>>> {
	return rig.env.rows('lead') as unknown as ReadonlyArray<Readonly<Record<string, CrmValue>>>;
}

function clear(): void {
	for (const { leadid } of leads()) rig.env.remove('lead', String(leadid));
}

/** What both sides show, as text; equal when they agree. */
function sides({ app }: Pairing): readonly [readonly string[], readonly string[]] {
	const text = (name: unknown, email: unknown, phone: unknown) => JSON.stringify([name, email, phone ?? null]);
	const ofApp = [...app.records.values()].map(({ name, email, phone }) => text(name, email, phone));
	return [ofApp.toSorted(), leads().map((row) => text(row.lastname, row.emailaddress1, row.telephone1)).toSorted()];
}

beforeEach(clear);

test('edits on both sides meet, a deletion is told, and a quiet run is one request', async () => {
	const pair = new Pairing();
	const ray = pair.app.add({ name: 'Ray', email: 'ray@example.com' });
	const sue = String(rig.env.insert('lead', { lastname: 'Sue', emailaddress1: 'sue@example.com' }).leadid);
	expect(await pair.settle()).toBeLessThan(6);
	expect(sides(pair)[0]).toEqual(sides(pair)[1]);
	const rayInCrm = leads().find(({ lastname }) => lastname === 'Ray')!;
	pair.app.edit(ray, { phone: '1' });
	rig.env.update('lead', String(rayInCrm.leadid), { lastname: 'Raymond' });
	rig.env.remove('lead', sue);
	const { results } = await pair.run();
	expect(deliveriesIn(results).map(({ kind }) => kind).toSorted()).toEqual(['delete', 'update']);
	await pair.settle();
	expect(sides(pair)).toEqual([['["Raymond","ray@example.com","1"]'], ['["Raymond","ray@example.com","1"]']]);
	rig.requests.length = 0;
	expect(isQuiet(await pair.run())).toBe(true);
	expect(rig.requests.map(({ path }) => path)).toEqual([expect.stringContaining('$deltatoken=')]);
});

test('somebody is faster than a write: the environment refuses it, and the record is planned anew', async () => {
	const pair = new Pairing();
	const ray = pair.app.add({ name: 'Ray', email: 'ray@example.com' });
	await pair.settle();
	const lead = String(leads()[0].leadid);
	pair.app.edit(ray, { name: 'Raymond', phone: '1' });
	pair.beforeWrite = () => {
		pair.beforeWrite = () => undefined;
		rig.env.update('lead', lead, { telephone1: '2' });
	};
	rig.requests.length = 0;
	await pair.run();
	expect(leads()[0]).toMatchObject({ lastname: 'Raymond', telephone1: '2' });
	expect(pair.app.records.get(ray)?.phone).toBe('2');
	await pair.settle();
	expect(sides(pair)[0]).toEqual(sides(pair)[1]);
});

test('what the environment does not tell of its changes stands in the summary of every run', async () => {
	const pair = new Pairing();
	expect((await pair.run()).summary.gaps).toEqual([]);
	rig.env.setChangeTracking('lead', false);
	const { gaps } = (await pair.run()).summary;
	rig.env.setChangeTracking('lead', true);
	expect(gaps).toEqual([{ entity: 'lead', words: expect.stringContaining('change tracking is off'), remedy: expect.stringContaining('Track changes') }]);
});

test('an expired link leads to a full comparison, which holds what is absent and deletes nothing', async () => {
	const pair = new Pairing();
	pair.app.add({ name: 'Ray', email: 'ray@example.com' });
	pair.app.add({ name: 'Sue', email: 'sue@example.com' });
	await pair.settle();
	rig.env.remove('lead', String(leads()[0].leadid));
	rig.env.expireDeltaLinks();
	const { results, summary } = await pair.run();
	expect([summary.stopped, deliveriesIn(results)]).toEqual([undefined, []]);
	expect([...pair.state.contents.holds.values()].map(({ reason }) => reason)).toEqual(['absent']);
	expect([pair.app.records.size, leads().length]).toEqual([2, 1]);
});

type Edit = { readonly do: 'appEdit' | 'crmEdit' | 'crmRemove'; readonly who: number; readonly field: 'name' | 'phone' };
type Event = Edit | { readonly do: 'appAdd' | 'crmAdd' | 'run' };
const event: fc.Arbitrary<Event> = fc.oneof(
	{ weight: 3, arbitrary: fc.record({ do: fc.constantFrom('appAdd' as const, 'crmAdd' as const, 'run' as const, 'run' as const) }) },
	{ weight: 4, arbitrary: fc.record({ do: fc.constantFrom('appEdit' as const, 'appEdit' as const, 'crmEdit' as const, 'crmEdit' as const, 'crmRemove' as const), who: fc.nat(4), field: fc.constantFrom('name' as const, 'phone' as const) }) },
);

let lastValue = 0;
async function tell(one: Event, pair: Pairing): Promise<void> {
	const value = `V${(lastValue += 1)}`;
	const email = `${value}@example.com`.toLowerCase();
	if (one.do === 'run') await pair.run();
	else if (one.do === 'appAdd') pair.app.add({ name: value, email });
	else if (one.do === 'crmAdd') rig.env.insert('lead', { lastname: value, emailaddress1: email });
	else if ('who' in one) edit(one, value, pair);
}

function edit(one: Edit, value: string, { app }: Pairing): void {
	const ids = [...app.records.keys()];
	const rows = leads();
	const id = String(rows[one.who % Math.max(1, rows.length)]?.leadid);
	if (one.do === 'appEdit') app.edit(ids[one.who % Math.max(1, ids.length)], { [one.field]: value });
	else if (rows.length > 0 && one.do === 'crmEdit') rig.env.update('lead', id, { [fields[one.field]]: value });
	else if (rows.length > 0) rig.env.remove('lead', id);
}

test('whatever was edited, both sides agree in the end, and a further run is quiet and one request', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(event, { minLength: 2, maxLength: 12 }), async (events) => {
			clear();
			const pair = new Pairing();
			for (const one of events) await tell(one, pair);
			expect(await pair.settle()).toBeLessThanOrEqual(8);
			const held = pair.state.contents.holds.size > 0;
			if (!held) expect(sides(pair)[0]).toEqual(sides(pair)[1]);
			rig.requests.length = 0;
			expect(isQuiet(await pair.run())).toBe(true);
			if (!held) expect(rig.requests).toHaveLength(1);
		}),
		{ seed, numRuns },
	);
}, Math.max(120_000, numRuns * 1_000));
