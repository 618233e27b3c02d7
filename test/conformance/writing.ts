import type { CrmAdapter } from '../../src/model/crmAdapter';
import type { CrmValue, Mutation, WriteOptions } from '../../src/model/record';
import type { CrmWorld } from './CrmWorld';
import type { Contract } from './describeCrmAdapter';

/** Switches as a push leaves them. */
export const plainOptions: WriteOptions = { runAssignmentRules: false, saveDespiteDuplicateAlert: false };

/** An adapter that has seen how people are described, as every run has before it writes. */
export async function opened({ person, open }: CrmWorld): Promise<CrmAdapter> {
	const adapter = open();
	await adapter.describe(person.entity);
	return adapter;
}

/** A new person. */
export function create({ person }: CrmWorld, name: string, more: Readonly<Record<string, CrmValue>> = {}): Mutation {
	return { kind: 'create', entity: person.entity, values: { ...person.alsoRequired, [person.nameField]: name, ...more } };
}

/** A change of a person. */
export function update({ person }: CrmWorld, id: string, values: Readonly<Record<string, CrmValue>>): Mutation {
	return { kind: 'update', entity: person.entity, id, values };
}

/** What writes promise. */
export function describeWriting(contract: Contract): void {
	describeOutcomes(contract);
	describeRefusals(contract);
}

function describeOutcomes(contract: Contract): void {
	contract('writes creates and updates together, with the outcomes in their order', async (world) => {
		const { nameField, textField } = world.person;
		const ids = [0, 1].map((at) => world.seed({ [nameField]: `Old ${at}` }));
		const outcomes = await world.open().write({ mutations: [create(world, 'A'), update(world, ids[1], { [textField]: 'one' }), create(world, 'B'), update(world, ids[0], { [textField]: 'zero' })], options: plainOptions });
		const written = outcomes.map((outcome) => (outcome.status === 'applied' ? outcome.id : ''));
		expect([written[1], written[3]]).toEqual([ids[1], ids[0]]);
		const of = (id: string) => world.people().find((one) => one.id === id);
		expect([of(written[0])?.[nameField], of(written[2])?.[nameField], of(ids[0])?.[textField], of(ids[1])?.[textField]]).toEqual(['A', 'B', 'zero', 'one']);
	});

	contract('clears a field with null and leaves the others alone', async (world) => {
		const { nameField, emailField, textField } = world.person;
		const id = world.seed({ [nameField]: 'Ray', [emailField]: 'ray@example.com', [textField]: 'note' });
		expect(await world.open().write({ mutations: [update(world, id, { [textField]: null })], options: plainOptions })).toEqual([{ status: 'applied', id }]);
		expect(world.people()).toEqual([expect.objectContaining({ [nameField]: 'Ray', [emailField]: 'ray@example.com', [textField]: null })]);
	});

	contract('writes any text as it is', async (world) => {
		const texts = ['Zoë "quoted" \\ \'single\' <b>&amp;</b> 学 🎈', '@{part0[0].id}', '=HYPERLINK("x")', '{{ $json.x }}', '#N/A', 'null', '__proto__'];
		const mutations = Array.from({ length: 600 }, (_, at) => create(world, `P${at}`, { [world.person.textField]: texts[at % texts.length] }));
		await world.open().write({ mutations, options: plainOptions });
		const written = new Map(world.people().map((one) => [one[world.person.nameField], one[world.person.textField]]));
		expect(mutations.map(({ values }) => written.get(values[world.person.nameField]))).toEqual(mutations.map(({ values }) => values[world.person.textField]));
	});

	contract('writes 1,000 records in one call, in order', async (world) => {
		const adapter = await opened(world);
		const [counted, { callsMade }] = [world.callsCounted(), adapter.usage()];
		const outcomes = await adapter.write({ mutations: Array.from({ length: 1000 }, (_, at) => create(world, `P${at}`)), options: plainOptions });
		const names = new Map(world.people().map((one) => [one.id, one[world.person.nameField]]));
		expect(outcomes.map((outcome) => (outcome.status === 'applied' ? names.get(outcome.id) : outcome))).toEqual(Array.from({ length: 1000 }, (_, at) => `P${at}`));
		expect(world.callsCounted() - counted).toBe(1);
		expect(adapter.usage().callsMade - callsMade).toBe(1);
	});

	contract('writes nothing for nothing', async (world) => {
		expect(await world.open().write({ mutations: [], options: plainOptions })).toEqual([]);
		expect(world.callsCounted()).toBe(0);
	});
}

function describeRefusals(contract: Contract): void {
	contract('stops no record because of another', async (world) => {
		const { nameField, badValue } = world.person;
		const mutations = Array.from({ length: 300 }, (_, at) => create(world, `P${at}`, at % 100 === 7 ? badValue : {}));
		const outcomes = await world.open().write({ mutations, options: plainOptions });
		expect(outcomes.flatMap(({ status }, at) => (status === 'applied' ? [] : [`${at} ${status}`]))).toEqual(['7 refused', '107 refused', '207 refused']);
		expect(outcomes[7]).toMatchObject({ error: { name: 'CrmError', kind: 'validation', fields: Object.keys(badValue) } });
		expect(world.people().map((one) => one[nameField])).not.toContain('P7');
		expect(world.people()).toHaveLength(297);
	});

	contract('names the field that a create lacks', async (world) => {
		const { entity, nameField, alsoRequired } = world.person;
		const [outcome] = await world.open().write({ mutations: [{ kind: 'create', entity, values: alsoRequired }], options: plainOptions });
		expect(outcome).toMatchObject({ status: 'refused', error: { kind: 'validation', fields: [nameField], code: expect.any(String) } });
	});

	contract('refuses to change what is not there, and what is no id', async (world) => {
		const { textField, unusedId } = world.person;
		const outcomes = await world.open().write({ mutations: [update(world, unusedId, { [textField]: 'x' }), update(world, 'no id', { [textField]: 'x' })], options: plainOptions });
		expect(outcomes).toMatchObject([{ status: 'refused', error: { kind: 'notFound' } }, { status: 'refused', error: { kind: 'validation' } }]);
	});

	contract('refuses names that are none, and writes the others', async (world) => {
		const mutations: Mutation[] = [{ kind: 'create', entity: '../User', values: {} }, create(world, 'A', { "x' OR": 1 }), create(world, 'Fine')];
		const outcomes = await world.open().write({ mutations, options: plainOptions });
		expect(outcomes.map(({ status }) => status)).toEqual(['refused', 'refused', 'applied']);
		expect(world.people()).toHaveLength(1);
	});

	contract('writes a record that somebody else was saving', async (world) => {
		const adapter = await opened(world);
		world.faults.lockOnce();
		const outcomes = await adapter.write({ mutations: [create(world, 'A'), create(world, 'B')], options: plainOptions });
		expect(outcomes.map(({ status }) => status)).toEqual(['applied', 'applied']);
		expect(world.people()).toHaveLength(2);
	});
}
