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
const fields = { name: 'LastName', email: 'Email', phone: 'Phone' } as const;
const company: FieldRule = { ...rule('company', 'Company'), direction: 'toCrm' };
const mapping: Mapping = { rules: [...Object.entries(fields).map(([app, crm]) => rule(app, crm)), company], matchKey: { appField: 'email', crmField: fields.email }, firstMatch: 'preferCrm', timeZone: 'UTC' };
const noGuard = { most: Infinity, share: 1, atLeast: Infinity };

let now: number;
let rig: Rig;
beforeAll(async () => {
	now = Date.UTC(2026, 10, 22, 7);
	rig = await openRig(() => now);
});
afterAll(() => rig.close());

/** An app in memory, an org of the stand-in, and the engine with the real adapter between them. */
class Pairing {
	readonly app = new ModelApp();
	readonly leases = new MemoryLeases(() => new Date(now));
	readonly state = new MemorySyncState(this.leases);
	private readonly user = rig.org.addUser({});
	private readonly adapter: CrmAdapter = rig.open({ user: this.user });
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

	private async request(items: readonly AppItem[]): Promise<Parameters<typeof runSync>[0]> {
		const company = (item: AppItem): AppItem => ({ ...item, values: { company: 'Acme', ...item.values } });
		return {
			...{ adapter: this.adapter, changes: readerOf(this.adapter), state: this.state, leases: this.leases, description: await this.adapter.describe('Lead') },
			...{ keyring: { current: { id: 'key 1', secret: new Uint8Array(32).fill(7) }, former: [] }, clock: () => new Date(now), newId: () => `id-${(this.ids += 1)}` },
			input: { mode: 'all', pages: () => onePage(items.map(company)) },
			settings: {
				...{ scope: { connectionId: 'c', entity: 'Lead', appName: 'Shop' }, mapping, adoptMapping: true, createInCrm: true, createInApp: true, readChanges: true },
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
	return rig.org.rows('Lead').filter(({ IsDeleted }) => IsDeleted !== true) as unknown as ReadonlyArray<Readonly<Record<string, CrmValue>>>;
}

const insert = (LastName: string) => String(rig.org.insert('Lead', { LastName, Company: 'Acme', Email: `${LastName}@example.com` }).Id);

/** What both sides show, as text; equal when they agree. */
function sides({ app }: Pairing): readonly [readonly string[], readonly string[]] {
	const text = (name: unknown, email: unknown, phone: unknown) => JSON.stringify([name, email, phone ?? null]);
	const ofApp = [...app.records.values()].map(({ name, email, phone }) => text(name, email, phone));
	return [ofApp.toSorted(), leads().map((row) => text(row.LastName, row.Email, row.Phone)).toSorted()];
}

beforeEach(clear);

function clear(): void {
	for (const { Id } of rig.org.rows('Lead')) rig.org.purge('Lead', String(Id));
	now += hour;
}

test('edits on both sides meet, a deletion is told, and a quiet run is one call', async () => {
	const pair = new Pairing();
	const ray = pair.app.add({ name: 'Ray', email: 'ray@example.com' });
	const sue = insert('Sue');
	expect(await pair.settle()).toBeLessThan(6);
	expect(sides(pair)[0]).toEqual(sides(pair)[1]);
	const rayInCrm = leads().find(({ LastName }) => LastName === 'Ray')!;
	pair.app.edit(ray, { phone: '1' });
	rig.org.update('Lead', String(rayInCrm.Id), { LastName: 'Raymond' });
	rig.org.remove('Lead', sue);
	const { results } = await pair.run();
	expect(deliveriesIn(results).map(({ kind }) => kind).toSorted()).toEqual(['delete', 'update']);
	await pair.settle();
	expect(sides(pair)).toEqual([['["Raymond","ray@example.com","1"]'], ['["Raymond","ray@example.com","1"]']]);
	rig.org.resetCalls();
	expect(isQuiet(await pair.run())).toBe(true);
	expect(rig.org.calls.byKind).toEqual({ composite: 1 });
});

test('a merge is followed: the link goes on with a winner that has none, and is held beside one that has its own', async () => {
	const pair = new Pairing();
	const loser = insert('Lose');
	await pair.settle();
	const winner = insert('Win');
	rig.org.remove('Lead', loser, { mergedInto: winner });
	await pair.settle();
	expect(sides(pair)).toEqual([['["Win","win@example.com",null]'], ['["Win","win@example.com",null]']]);
	const other = insert('Other');
	await pair.settle();
	rig.org.remove('Lead', other, { mergedInto: winner });
	await pair.run();
	expect([...pair.state.contents.holds.values()]).toMatchObject([{ reason: 'merged', crmId: other, candidates: [winner] }]);
});

test('a run over 2,000 changes of the CRM reads them with one call', async () => {
	const pair = new Pairing();
	const ids = Array.from({ length: 2_000 }, (_, at) => insert(`P${at}`));
	await pair.settle();
	for (const id of ids) rig.org.update('Lead', id, { Phone: '1' });
	rig.org.resetCalls();
	expect(deliveriesIn((await pair.run()).results)).toHaveLength(2_000);
	expect(rig.org.calls.byKind).toEqual({ composite: 1 });
}, 60_000);

test('what was erased for good is delivered as a deletion, too', async () => {
	const pair = new Pairing();
	pair.app.add({ name: 'Ray', email: 'ray@example.com' });
	await pair.settle();
	rig.org.purge('Lead', String(leads()[0].Id));
	now += 60_000;
	const { results } = await pair.run();
	expect(deliveriesIn(results).map(({ kind }) => kind)).toEqual(['delete']);
});

test('after 15 days everything is compared, what is absent is held, and nothing is deleted', async () => {
	const pair = new Pairing();
	pair.app.add({ name: 'Ray', email: 'ray@example.com' });
	pair.app.add({ name: 'Sue', email: 'sue@example.com' });
	await pair.settle();
	rig.org.remove('Lead', String(leads()[0].Id));
	now += 16 * 24 * hour;
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
	if (one.do === 'run') await pair.run();
	else if (one.do === 'appAdd') pair.app.add({ name: value, email: `${value}@example.com`.toLowerCase() });
	else if (one.do === 'crmAdd') insert(value);
	else if ('who' in one) edit(one, value, pair);
}

function edit(one: Edit, value: string, { app }: Pairing): void {
	const ids = [...app.records.keys()];
	const rows = leads();
	const id = String(rows[one.who % Math.max(1, rows.length)]?.Id);
	if (one.do === 'appEdit') app.edit(ids[one.who % Math.max(1, ids.length)], { [one.field]: value });
	else if (rows.length > 0 && one.do === 'crmEdit') rig.org.update('Lead', id, { [fields[one.field]]: value });
	else if (rows.length > 0) rig.org.remove('Lead', id);
}

test('whatever was edited, both sides agree in the end, and a further run is quiet and one call', async () => {
	await fc.assert(
		fc.asyncProperty(fc.array(event, { minLength: 2, maxLength: 12 }), async (events) => {
			clear();
			const pair = new Pairing();
			for (const one of events) await tell(one, pair);
			expect(await pair.settle()).toBeLessThanOrEqual(8);
			const held = pair.state.contents.holds.size > 0;
			if (!held) expect(sides(pair)[0]).toEqual(sides(pair)[1]);
			rig.org.resetCalls();
			expect(isQuiet(await pair.run())).toBe(true);
			if (!held) expect(rig.org.calls.total).toBe(1);
		}),
		{ seed, numRuns },
	);
}, Math.max(120_000, numRuns * 1_000));
