import fc from 'fast-check';
import type { Connection } from '../../../src/model/connection';
import type { Change, Lease, Page, StateStore } from '../../../src/model/stateStore';
import type { Contract } from './describeStateStore';
import { connection, run, signIn } from './samples';
import { StoreModel } from './StoreModel';
import { START, type StoreWorld } from './StoreWorld';

/** Both may be set from outside, to repeat a found case or to search longer. */
const SEED = process.env.FC_SEED === undefined ? undefined : Number(process.env.FC_SEED);
const RUNS = Number(process.env.FC_RUNS ?? 150);

/** One thing that somebody does with a store, done with the store and with the model; both answers. */
type Use = (state: {
	store: StateStore;
	model: StoreModel;
	world: StoreWorld;
	leases: Lease[];
}) => Promise<readonly [told: unknown, expected: unknown]>;

const few = (...ids: readonly string[]) => fc.constantFrom(...ids);
const id = few('a', 'b', 'ä', '\ue000', '\u{1f600}', '\0');
const text = fc.oneof(few('A', 'a', 'b', ''), fc.string({ unit: 'binary', maxLength: 5 }), few('\ud800', '\0'));
const limit = fc.constantFrom(1, 2, 3, 1000);
const time = fc.integer({ min: 0, max: 5 }).map((day) => new Date(Date.parse(START) + day * 86_400_000).toISOString());
const basedOn = fc.constantFrom(0, 0, 0, 1, 1, 2);

const connectionChange: fc.Arbitrary<Change<Connection>> = fc.record({
	basedOn,
	value: fc
		.record({
			id,
			orgId: few('o1', 'o2', 'o3', 'o4'),
			crm: few('salesforce', 'dynamics') as fc.Arbitrary<'salesforce'>,
			name: text,
			deleted: fc.boolean(),
		})
		.map(({ deleted, ...more }) =>
			connection(more.id, { ...more, deletedAt: deleted ? START : null, status: deleted ? 'paused' : 'active' }),
		),
});
const signInChange = fc.record({
	basedOn,
	value: fc.tuple(id, id, text).map(([key, of, name]) => signIn(key, of, { credentialName: name })),
});

/** All pages of a list. */
async function pages<T>(list: (after?: string) => Promise<Page<T>>): Promise<(readonly T[])[]> {
	const all: (readonly T[])[] = [];
	let after: string | undefined;
	do {
		const page: Page<T> = await list(after);
		all.push(page.items);
		after = page.next;
	} while (after !== undefined);
	return all;
}

const committing = fc
	.tuple(fc.array(connectionChange, { maxLength: 3 }), fc.array(signInChange, { maxLength: 2 }))
	.map<Use>(([connections, signIns]) => async ({ store, model }) => [
		await store.connections.commit({ connections, signIns }),
		model.commit(connections, signIns),
	]);
const finding = id.map<Use>((key) => async ({ store, model }) => [await store.connections.find(key), model.find(key)]);
const findingOrg = few('o1', 'o2', 'o3').map<Use>((orgId) => async ({ store, model }) => [
	await store.connections.findByOrg('dynamics', orgId),
	model.findByOrg('dynamics', orgId),
]);
const listing = fc
	.record({ limit, includeDeleted: fc.boolean(), status: fc.option(fc.constantFrom('active', 'paused'), { nil: undefined }) })
	.map<Use>((query) => async ({ store, model }) => [
		await pages(async (after) => await store.connections.list({ ...query, after })),
		model.list(query),
	]);
const listingSignIns = fc
	.array(few('a', 'b', 'ä'), { maxLength: 3 })
	.map<Use>((ids) => async ({ store, model }) => [await store.connections.listSignIns(ids), model.listSignIns(ids)]);

const saving = fc
	.record({
		id: few('r1', 'r2', 'r3', 'r4', 'r5'),
		startedAt: time,
		connectionId: fc.option(few('a', 'b')),
		credentialId: fc.option(few('k', 'l')),
		outcome: few('failed', 'notRun') as fc.Arbitrary<'failed'>,
		words: text,
	})
	.map<Use>((more) => async ({ store, model }) => [await store.runs.save(run(more.id, more)), model.save(run(more.id, more))]);
const listingRuns = fc
	.record({
		limit,
		connectionId: fc.option(few('a', 'b'), { nil: undefined }),
		credentialId: fc.option(few('k', 'l'), { nil: undefined }),
		outcomes: fc.option(fc.constant<'failed'[]>(['failed']), { nil: undefined }),
	})
	.map<Use>((query) => async ({ store, model }) => [
		await pages(async (after) => await store.runs.list({ ...query, after })),
		model.listRuns(query),
	]);
const forgetting = time.map<Use>((before) => async ({ store, model }) => [await store.runs.forgetBefore(before), model.forgetRuns(before)]);

const acquiring = fc
	.tuple(few('s', 't'), few('p', 'q'), fc.integer({ min: 1, max: 3000 }))
	.map<Use>(([scope, owner, ttlMs]) => async ({ store, model, leases }) => {
		const expected = model.acquire(scope, owner, ttlMs);
		if (expected) leases.push(expected);
		return [await store.leases.acquire(scope, owner, ttlMs), expected];
	});
const waiting = fc.integer({ min: 0, max: 2000 }).map<Use>((ms) => async ({ model, world }) => {
	model.now += ms;
	world.now = new Date(model.now);
	return [undefined, undefined];
});
const holding = fc.nat(9).map<Use>((n) => async ({ store, model, leases }) => {
	const lease = leases.at(-1 - n);
	return lease ? [await store.leases.isHeld(lease), model.isHeld(lease)] : [undefined, undefined];
});
const releasing = fc.nat(9).map<Use>((n) => async ({ store, model, leases }) => {
	const lease = leases.at(-1 - n);
	return lease ? [await store.leases.release(lease), model.release(lease)] : [undefined, undefined];
});

const refusing = fc.tuple(few('f', 'g'), text).map<Use>(([fingerprint, words]) => async ({ store, model }) => {
	const refusal = { fingerprint, refusedAt: START, code: 'C', words };
	return [await store.refusals.remember(refusal), model.remember(refusal)];
});
const findingRefusal = few('f', 'g').map<Use>((key) => async ({ store, model }) => [
	await store.refusals.find(key),
	model.findRefusal(key),
]);

const use = fc.oneof(
	{ weight: 4, arbitrary: committing },
	...[finding, findingOrg, listing, listingSignIns, saving, saving, listingRuns, forgetting],
	...[acquiring, acquiring, waiting, holding, releasing, refusing, findingRefusal],
);

export function describeRandomUse(contract: Contract): void {
	contract('answers as a simple model of it does, whatever is done with it', async (world) => {
		const store = await world.open();
		const holds = async (uses: readonly Use[]) => {
			await world.empty();
			world.now = new Date(START);
			const model = new StoreModel();
			model.now = world.now.getTime();
			const leases: Lease[] = [];
			for (const one of uses) {
				const [told, expected] = await one({ store, model, world, leases });
				expect(told).toEqual(expected);
			}
		};
		await fc.assert(fc.asyncProperty(fc.array(use, { minLength: 1, maxLength: 40 }), holds), { seed: SEED, numRuns: RUNS });
	});
}
