import fc from 'fast-check';
import type { Connection } from '../../../src/model/connection';
import type { Change, Lease, Page, StateStore } from '../../../src/model/stateStore';
import { connection, run, signIn } from './samples';
import type { StoreModel } from './StoreModel';
import { START, type StoreWorld } from './StoreWorld';

/** A store and a model of which all the same was asked so far, and the leases that were given. */
export interface Used {
	readonly world: StoreWorld;
	readonly store: StateStore;
	readonly model: StoreModel;
	readonly leases: Lease[];
}

/** One thing to do with both; answers what the store told and what the model did. */
export type Use = (used: Used) => Promise<readonly [told: unknown, expected: unknown]>;

/** A use that shows in a counterexample as what it is. */
function use<T>(name: string, drawn: fc.Arbitrary<T>, doIt: (drawn: T, used: Used) => ReturnType<Use>): fc.Arbitrary<Use> {
	return drawn.map((args) =>
		Object.assign(async (used: Used) => await doIt(args, used), { [fc.toStringMethod]: () => `${name} ${fc.stringify(args)}` }),
	);
}

const few = <T extends string>(...ids: readonly T[]): fc.Arbitrary<T> => fc.constantFrom(...ids);
const perhaps = <T>(drawn: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(drawn, { nil: undefined });
const id = few('a', 'b', 'ä', '\ue000', '\u{1f600}', '\0');
const text = fc.oneof(
	{ weight: 3, arbitrary: few('A', 'a', 'B', 'b', '\ud800', '\0') },
	{ weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 5 }) },
);
const limit = fc.constantFrom(1, 2, 3, 1000);
const time = fc.nat(2).map((day) => new Date(Date.parse(START) + day * 86_400_000).toISOString());
const basedOn = fc.constantFrom(0, 0, 0, 1, 1, 2);
const nothing = [undefined, undefined] as const;

const connectionChange: fc.Arbitrary<Change<Connection>> = fc.record({
	basedOn,
	value: fc
		.record({ id, orgId: few('o1', 'o2', 'o3', 'o4', 'o5'), crm: few('salesforce', 'dynamics'), name: text, isDeleted: fc.boolean() })
		.map(({ isDeleted, ...more }) =>
			connection(more.id, { ...more, deletedAt: isDeleted ? START : null, status: isDeleted ? 'paused' : 'active' }),
		),
});
const signInChange = fc.record({
	basedOn,
	value: fc.tuple(id, id, text).map(([key, of, credentialName]) => signIn(key, of, { credentialName })),
});
const aRun = fc
	.record({
		id: few('r1', 'r2', 'r3', 'r4', 'r5'),
		startedAt: time,
		connectionId: fc.option(few('a', 'b')),
		credentialId: fc.option(few('k', 'l')),
		outcome: few('failed', 'notRun'),
		words: text,
	})
	.map((more) => run(more.id, more));

/** All pages of a list. */
async function pages<T>(list: (after?: string) => Promise<Page<T>>): Promise<(readonly T[])[]> {
	const all: (readonly T[])[] = [];
	let after: string | undefined;
	do {
		const page: Page<T> = await list(after);
		all.push(page.items);
		after = page.next;
		if (all.length > 100) throw new Error('The list has no end.');
	} while (after !== undefined);
	return all;
}

const onConnections = [
	use(
		'commit',
		fc.record({
			connections: fc.uniqueArray(connectionChange, { maxLength: 2, selector: ({ value }) => value.id }),
			signIns: fc.uniqueArray(signInChange, { maxLength: 2, selector: ({ value }) => value.credentialId }),
		}),
		async ({ connections, signIns }, { store, model }) => {
			if (model.handsOver(connections)) return nothing;
			return [await store.connections.commit({ connections, signIns }), model.commit(connections, signIns)];
		},
	),
	use('find', id, async (key, { store, model }) => [await store.connections.find(key), model.find(key)]),
	use('find by org', few('o1', 'o2'), async (org, { store, model }) => [
		await store.connections.findByOrg('dynamics', org),
		model.findByOrg('dynamics', org),
	]),
	use(
		'list',
		fc.record({ limit, includeDeleted: fc.boolean(), status: perhaps(few('active', 'paused')) }),
		async (query, { store, model }) => [await pages(async (after) => await store.connections.list({ ...query, after })), model.list(query)],
	),
	use('list sign-ins', fc.array(few('a', 'b', 'ä'), { maxLength: 3 }), async (ids, { store, model }) => [
		await store.connections.listSignIns(ids),
		model.listSignIns(ids),
	]),
];

const onRuns = [
	use('save', aRun, async (saved, { store, model }) => [await store.runs.save(saved), model.save(saved)]),
	use(
		'list runs',
		fc.record({
			limit,
			connectionId: perhaps(few('a', 'b')),
			credentialId: perhaps(few('k', 'l')),
			outcomes: perhaps(fc.subarray(['failed', 'notRun'] as const)),
		}),
		async (query, { store, model }) => [await pages(async (after) => await store.runs.list({ ...query, after })), model.listRuns(query)],
	),
	use('forget runs', time, async (before, { store, model }) => [await store.runs.forgetBefore(before), model.forgetRuns(before)]),
];

const onLeases = [
	use('acquire', fc.tuple(few('s', 't'), few('p', 'q'), fc.constantFrom(1000, 2000)), async (lease, { store, model, leases }) => {
		const expected = model.acquire(...lease);
		if (expected) leases.push(expected);
		return [await store.leases.acquire(...lease), expected];
	}),
	use('wait', fc.constantFrom(500, 1000), async (ms, { model, world }) => {
		model.now += ms;
		world.now = new Date(model.now);
		return nothing;
	}),
	use('is held', fc.nat(5), async (n, { store, model, leases }) => {
		const lease = leases.at(-1 - n);
		return lease ? [await store.leases.isHeld(lease), model.isHeld(lease)] : nothing;
	}),
	use('release', fc.nat(5), async (n, { store, model, leases }) => {
		const lease = leases.at(-1 - n);
		return lease ? [await store.leases.release(lease), model.release(lease)] : nothing;
	}),
];

const onRefusals = [
	use('remember', fc.tuple(few('f', 'g'), text), async ([fingerprint, words], { store, model }) => {
		const refusal = { fingerprint, refusedAt: START, code: 'C', words };
		return [await store.refusals.remember(refusal), model.remember(refusal)];
	}),
	use('find refusal', few('f', 'g'), async (key, { store, model }) => [await store.refusals.find(key), model.findRefusal(key)]),
];

/** A series of uses, drawn among all that can be done; those that store something most often. */
export const series: fc.Arbitrary<readonly Use[]> = fc.array(
	fc.oneof(
		{ weight: 5, arbitrary: onConnections[0] },
		{ weight: 4, arbitrary: onRuns[0] },
		{ weight: 3, arbitrary: onLeases[0] },
		...onConnections.slice(1),
		...onRuns.slice(1),
		...onLeases.slice(1),
		...onRefusals,
	),
	{ minLength: 1, maxLength: 80, size: 'max' },
);
