import type { CrmAdapter, MatchQuery } from '../../src/model/crmAdapter';
import type { CrmRecord } from '../../src/model/record';
import type { CrmWorld } from './CrmWorld';
import type { Contract } from './describeCrmAdapter';

/** Everything that one query finds. */
export async function found(adapter: CrmAdapter, ...queries: MatchQuery[]): Promise<ReadonlyArray<CrmRecord & { readonly query: number }>> {
	const records: Array<CrmRecord & { query: number }> = [];
	for await (const page of adapter.match(queries)) records.push(...page.records.map((record) => ({ ...record, query: page.query })));
	return records;
}

/** A search for people by e-mail. */
export function byEmail({ person }: CrmWorld, values: readonly string[], select: readonly string[] = []): MatchQuery {
	return { entity: person.entity, field: person.emailField, values, select };
}

/** What reads promise. */
export function describeReading(contract: Contract): void {
	describeWho(contract);
	describeEntities(contract);
	describeMatching(contract);
	describeOwners(contract);
}

function describeWho(contract: Contract): void {
	contract('says who is signed in and where', async (world) => {
		const identity = await world.open().identify();
		expect(identity.orgId).toBe(world.open().canonicalId(identity.orgId));
		expect(identity.user).toMatchObject({ id: world.owner.id, name: world.owner.name });
		expect(identity.instanceUrl).not.toMatch(/\/$/);
	});

	contract('links records below the host', async (world) => {
		const adapter = world.open();
		const { instanceUrl } = await adapter.identify();
		const id = world.seed({ [world.person.nameField]: 'Ray' });
		expect(adapter.recordUrl(world.person.entity, id).startsWith(`${instanceUrl}/`)).toBe(true);
		expect(adapter.recordUrl(world.person.entity, id)).toContain(id);
	});

	contract('has one canonical form of an id, and none for other text', async (world) => {
		const adapter = world.open();
		const id = world.seed({ [world.person.nameField]: 'Ray' });
		expect(adapter.canonicalId(id)).toBe(id);
		for (const text of ['', ' ', 'hello', `${id}x`, `${id}'`]) expect(adapter.canonicalId(text)).toBeUndefined();
		expect(adapter.canonicalId(id, [world.person.entity])).toBe(id);
		expect(adapter.canonicalId(id, [])).toBe(id);
		await Promise.resolve();
	});
}

function describeEntities(contract: Contract): void {
	contract('lists the entities by label', async (world) => {
		const entities = await world.open().listEntities();
		expect(entities).toContainEqual(expect.objectContaining({ name: world.person.entity, createable: true, updateable: true }));
		const labels = entities.map(({ label }) => label);
		expect(labels).toEqual(labels.toSorted((one, other) => one.localeCompare(other)));
	});

	contract('describes the fields', async (world) => {
		const { fields, readable, createable, updateable } = await world.open().describe(world.person.entity);
		expect({ readable, createable, updateable }).toEqual({ readable: true, createable: true, updateable: true });
		const of = (wanted: string) => fields.find(({ name }) => name === wanted);
		expect(of(world.person.nameField)).toMatchObject({ type: 'text', required: true, clearable: false, createable: true });
		expect(of(world.person.emailField)).toMatchObject({ type: 'email', required: false, filterable: true });
		expect(of(world.person.textField)).toMatchObject({ type: 'text', required: false, clearable: true, updateable: true });
		expect(new Set(fields.map(({ name }) => name)).size).toBe(fields.length);
	});

	contract('knows no entity that does not exist', async (world) => {
		for (const name of ['Nobody_Has_This__c', 'a b', '../x', '']) await expect(world.open().describe(name)).rejects.toMatchObject({ name: 'CrmError', kind: 'notFound' });
	});

	contract('says of rights, where it can, how far they reach, and nothing of an entity that does not exist', async (world) => {
		const adapter = world.open();
		const { readable, createable, updateable } = await adapter.describe(world.person.entity);
		const { read, create, edit } = (await adapter.rights?.(world.person.entity)) ?? {};
		const reaches = [read, create, edit].map((right) => right?.reach);
		expect(reaches).toEqual(adapter.rights ? [readable, createable, updateable].map((allowed) => (allowed ? 'all' : 'none')) : [undefined, undefined, undefined]);
		const failure = await adapter.rights?.('Nobody_Has_This__c').catch((error: unknown) => error);
		expect(failure).toEqual(adapter.rights ? expect.objectContaining({ name: 'CrmError', kind: 'notFound' }) : undefined);
	});

	contract('describes an entity again only when asked freshly', async (world) => {
		const adapter = world.open();
		const first = await adapter.describe(world.person.entity);
		const calls = world.callsCounted();
		expect(await adapter.describe(world.person.entity)).toEqual(first);
		expect(world.callsCounted()).toBe(calls);
		await adapter.describe(world.person.entity, true);
		expect(world.callsCounted()).toBe(calls + 1);
	});
}

const hardNames = ["O'Brien", '100%', 'a_b', 'back\\slash', "x' OR Name != '", 'Zoë 学 🎈', 'say "hi"', 'a&b=c#d?e/f+g', '@{part0.records[0].Id}'];

function describeMatching(contract: Contract): void {
	contract('finds people by e-mail, without case, with what was asked for', async (world) => {
		const { nameField, emailField, textField } = world.person;
		const id = world.seed({ [nameField]: 'Ray', [emailField]: 'ray@example.com' });
		world.seed({ [nameField]: 'Sue', [emailField]: 'sue@example.com' });
		const records = await found(world.open(), byEmail(world, ['RAY@example.com', 'nobody@example.com'], [nameField, textField]));
		expect(records).toEqual([{ query: 0, entity: world.person.entity, id, values: { [emailField]: 'ray@example.com', [nameField]: 'Ray', [textField]: null } }]);
	});

	contract('finds all that share a value, for every query that asks', async (world) => {
		const twins = [1, 2].map((at) => world.seed({ [world.person.nameField]: `Twin ${at}`, [world.person.emailField]: 'twin@example.com' }));
		const records = await found(world.open(), byEmail(world, ['twin@example.com']), byEmail(world, ['twin@example.com', 'other@example.com']));
		expect(records.map(({ query, id }) => `${query} ${id}`).toSorted()).toEqual(twins.flatMap((id) => [`0 ${id}`, `1 ${id}`]).toSorted());
	});

	contract('takes any text as a value and nothing else', async (world) => {
		const { entity, nameField } = world.person;
		const ids = hardNames.map((name) => world.seed({ [nameField]: name }));
		const adapter = world.open();
		for (const [at, name] of hardNames.entries()) {
			const records = await found(adapter, { entity, field: nameField, values: [name], select: [] });
			expect(records.map(({ id, values }) => [id, values[nameField]])).toEqual([[ids[at], name]]);
		}
		const together = await found(adapter, ...hardNames.map((name) => ({ entity, field: nameField, values: [name], select: [] })));
		expect(together.map(({ query, id }) => [query, id])).toEqual(hardNames.map((_, at) => [at, ids[at]]));
	});

	contract('finds everything, however many pages it takes', async (world) => {
		const { nameField, emailField } = world.person;
		const ids = Array.from({ length: 4_500 }, (_, at) => world.seed({ [nameField]: `P${at}`, [emailField]: 'all@example.com' }));
		const records = await found(world.open(), byEmail(world, ['all@example.com']));
		expect(records.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
	});

	contract('finds nothing for nothing, without asking', async (world) => {
		world.seed({ [world.person.nameField]: 'Without e-mail' });
		expect(await found(world.open(), byEmail(world, []), byEmail(world, ['']))).toEqual([]);
		expect(world.callsCounted()).toBe(0);
	});

	contract('refuses fields that do not exist', async (world) => {
		for (const field of ['Nobody_Has_This__c', 'a b', "x' OR '", '']) {
			await expect(found(world.open(), byEmail(world, ['a@example.com'], [field]))).rejects.toMatchObject({ name: 'CrmError', kind: 'validation' });
			await expect(found(world.open(), { ...byEmail(world, ['a@example.com']), field })).rejects.toMatchObject({ name: 'CrmError', kind: 'validation' });
		}
	});

	contract('counts calls as the CRM bills them', async (world) => {
		const adapter = world.open();
		await adapter.describe(world.person.entity);
		await found(adapter, byEmail(world, ['a@example.com']), byEmail(world, ['b@example.com']));
		const { callsMade, used, limit } = adapter.usage();
		expect(callsMade).toBe(world.callsCounted());
		expect([typeof used, typeof limit]).toEqual(adapter.capabilities?.dailyUsage ? ['number', 'number'] : ['undefined', 'undefined']);
	});
}

function describeOwners(contract: Contract): void {
	contract('finds owners by name or e-mail and leaves out names that nobody has', async (world) => {
		const { id, name, email } = world.owner;
		const owners = await world.open().findOwners(world.person.entity, [` ${name.toUpperCase()}`, email, 'Nobody Of This Name', "O'x"]);
		expect([...owners.keys()]).toEqual([` ${name.toUpperCase()}`, email]);
		for (const candidates of owners.values()) expect(candidates).toEqual([{ id, name, kind: 'user' }]);
	});
}
