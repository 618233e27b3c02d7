import fc from 'fast-check';
import type { PushResult } from '../../../src/sync/push/pushTypes';
import { push } from '../pushing';
import { law } from './law';
import { crmOf, stateOf, worlds, type World } from './worlds';

const run = async (world: World, more: Partial<World['settings']> & { pageSize?: number } = {}) => {
	const crm = crmOf(world);
	return { crm, results: await push(crm, world.inputs, { pageSize: world.pageSize, ...world.settings, ...more }) };
};
const outcome = ({ index, status, changedFields, leftOutFields, problems }: PushResult) => ({ index, status, changedFields: [...changedFields].sort(), leftOutFields, problems });
const keyOf = ({ Email }: World['inputs'][number]) => String(Email).trim().toLowerCase();
/** Each key once: what an item says is not overruled by a later one. */
const withoutRepeats = worlds.map((world) => ({ ...world, inputs: [...new Map(world.inputs.map((input) => [keyOf(input), input])).values()] }));
/** Two leads with different e-mails may have become one contact; their items then follow each other like those of one key. */
const eachItsOwn = (results: readonly PushResult[]) => {
	const ids = results.flatMap(({ record }) => (record ? [record.id] : []));
	return new Set(ids).size === ids.length;
};

law('dry run = run: the same results on the same state, and nothing is written', worlds, async (world) => {
	const dry = await run(world, { dryRun: true });
	const real = await run(world);
	expect(dry.crm.count('write')).toBe(0);
	expect(stateOf(dry.crm)).toEqual(stateOf(crmOf(world)));
	expect(dry.results.map(outcome)).toEqual(real.results.map(outcome));
});

law('page size changes neither the end state nor, without repeated keys, the results', withoutRepeats, async (world) => {
	const [paged, whole] = [await run(world), await run(world, { pageSize: 100 })];
	fc.pre(eachItsOwn(whole.results));
	expect(stateOf(paged.crm)).toEqual(stateOf(whole.crm));
	expect(paged.results.map(outcome)).toEqual(whole.results.map(outcome));
});

law('page size does not change the end state where keys repeat', worlds, async (world) => {
	const [paged, whole] = [await run(world), await run(world, { pageSize: 100 })];
	expect(stateOf(paged.crm)).toEqual(stateOf(whole.crm));
	expect(paged.results.map(({ status }) => status === 'refused')).toEqual(whole.results.map(({ status }) => status === 'refused'));
});

law('a second identical push writes nothing and says unchanged, or refuses as before', worlds, async (world) => {
	const { crm, results } = await run(world, { pageSize: 100 });
	const refusedKeys = results.flatMap(({ index, status }) => (status === 'refused' ? [keyOf(world.inputs[index])] : []));
	// An item that was too incomplete to create may update what a later one of its key created.
	fc.pre(world.settings.mode === 'create' || refusedKeys.every((key) => world.inputs.filter((input) => keyOf(input) === key).length === 1));
	const writes = crm.count('write');
	const again = await push(crm, world.inputs, world.settings);
	expect(crm.count('write')).toBe(writes);
	for (const [at, { status }] of again.entries()) {
		const before = results[at].status;
		const written = before === 'created' || before === 'updated' || before === 'unchanged';
		expect(status).toBe(written ? (world.settings.mode === 'create' && before === 'created' ? 'refused' : 'unchanged') : before);
	}
});

law('a blank never clears under "leave"', worlds, async (world) => {
	const { crm } = await run(world, { emptyValues: 'leave' });
	for (const { values } of crm.batches.flat()) expect(Object.values(values)).not.toContain(null);
});

law('several records with one key, and converted ones, are never written', worlds, async (world) => {
	const before = crmOf(world);
	const leads = before.rows.filter(({ entity }) => entity === 'Lead');
	const open = (key: unknown) => leads.filter(({ values }) => values.Email === key && values.IsConverted !== true);
	const barred = leads.filter(({ values }) => values.IsConverted === true || open(values.Email).length > 1);
	const { crm } = await run(world);
	for (const { id, values } of barred) expect(crm.rows.find((row) => row.id === id)!.values).toEqual(values);
	const written = crm.batches.flat().flatMap((mutation) => (mutation.kind === 'update' ? [mutation.id] : []));
	for (const { id } of barred) expect(written).not.toContain(id);
});

law('one item that the CRM refuses changes no other result', fc.tuple(withoutRepeats, fc.nat(8), fc.boolean()), async ([world, at, known]) => {
	const alone = await run(world);
	fc.pre(eachItsOwn(alone.results));
	const bad = { Email: known && world.inputs[0] ? world.inputs[0].Email : 'bad@x.com', LastName: 'Poison', Company: 'Acme' };
	const place = Math.min(at, world.inputs.length);
	const { results } = await run({ ...world, inputs: world.inputs.toSpliced(place, 0, bad) });
	const others = results.toSpliced(place, 1).map((result, index) => outcome({ ...result, index }));
	expect(others).toEqual(alone.results.map(outcome));
});
