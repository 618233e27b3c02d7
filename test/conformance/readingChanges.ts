import type { ChangePage, ChangeReader, VersionedRecord } from '../../src/model/changeReader';
import type { CrmAdapter } from '../../src/model/crmAdapter';
import type { CrmWorld } from './CrmWorld';
import type { Contract } from './describeCrmAdapter';

/** What reading changes promises (`src/model/changeReader.ts`). */
export function describeReadingChanges(contract: Contract): void {
	describeReadings(contract);
	describeMeanwhile(contract);
	describeTrouble(contract);
	describeCursors(contract);
	describeRecordsById(contract);
}

/** The reader of an adapter, which says what it is like. */
function readerOf({ changes, capabilities }: CrmAdapter): ChangeReader {
	expect([changes, capabilities?.changes]).toEqual([expect.anything(), expect.anything()]);
	return changes!;
}

interface Reading {
	readonly pages: readonly ChangePage[];
	/** The last version of each record. */
	readonly records: ReadonlyMap<string, VersionedRecord>;
	readonly deleted: readonly string[];
	readonly cursor: string;
}

/** One reading, to its end. */
async function read(world: CrmWorld, adapter: CrmAdapter, since?: string): Promise<Reading> {
	const reader = readerOf(adapter);
	const { entity, nameField } = world.person;
	const pages: ChangePage[] = [];
	for await (const page of reader.readChanges({ entity, select: [nameField], since, until: await reader.upperBound() })) pages.push(page);
	return {
		pages,
		records: new Map(pages.flatMap(({ records }) => records.map((record) => [record.id, record] as const))),
		deleted: pages.flatMap(({ deleted }) => deleted.map(({ id }) => id)),
		cursor: pages.at(-1)?.cursor ?? '',
	};
}

function nameIn(world: CrmWorld, { records }: Reading, id: string): unknown {
	return records.get(id)?.values[world.person.nameField];
}

function describeReadings(contract: Contract): void {
	contract('reads everything first, and says so', async (world) => {
		const { entity, nameField } = world.person;
		const ids = ['Ray', 'Sue'].map((name) => world.seed({ [nameField]: name }));
		const { pages, records, deleted } = await read(world, world.open());
		expect([...records.keys()].toSorted()).toEqual(ids.toSorted());
		expect(records.get(ids[0])).toMatchObject({ entity, values: { [nameField]: 'Ray' }, stamp: expect.stringMatching(/./) });
		expect([deleted, pages.every(({ full }) => full)]).toEqual([[], true]);
	});

	contract('reads what was made and changed since, with no more fields than were asked for', async (world) => {
		const { nameField, textField } = world.person;
		const ray = world.seed({ [nameField]: 'Ray' });
		const { cursor } = await read(world, world.open());
		world.edit(ray, { [nameField]: 'Raymond', [textField]: 'x' });
		const sue = world.seed({ [nameField]: 'Sue' });
		const later = await read(world, world.open(), cursor);
		expect([nameIn(world, later, ray), nameIn(world, later, sue)]).toEqual(['Raymond', 'Sue']);
		expect(Object.keys(later.records.get(ray)!.values)).toEqual([nameField]);
		expect(later.pages.some(({ full }) => full)).toBe(false);
	});

	contract('says who changed a record and when, if it says it at all', async (world) => {
		const id = world.seed({ [world.person.nameField]: 'Ray' });
		const { changedBy = world.owner.id, changedAt = '2026-01-01T00:00:00.000Z' } = (await read(world, world.open())).records.get(id)!;
		expect([changedBy, new Date(changedAt).toISOString()]).toEqual([world.owner.id, changedAt]);
	});

	contract('tells deletions as it says it does, and no deletion without evidence', async (world) => {
		const [gone, stays] = ['Gone', 'Stays'].map((name) => world.seed({ [world.person.nameField]: name }));
		const adapter = world.open();
		const { cursor } = await read(world, adapter);
		world.remove(gone);
		const { deleted, records } = await read(world, adapter, cursor);
		expect(deleted).toEqual(readerOf(adapter).tellsDeletions ? [gone] : []);
		expect([records.has(gone), deleted.includes(stays)]).toEqual([false, false]);
		const gaps = adapter.changeGaps?.() ?? [];
		expect(gaps.map(({ entity }) => entity)).toEqual(readerOf(adapter).tellsDeletions ? [] : [world.person.entity]);
		if (adapter.capabilities?.changes?.deletions === 'always') expect(readerOf(adapter).tellsDeletions).toBe(true);
	});
}

function describeMeanwhile(contract: Contract): void {
	contract('shows what changes during a reading in that one or the next', async (world) => {
		const { entity, nameField } = world.person;
		const id = world.seed({ [nameField]: 'Ray' });
		const adapter = world.open();
		const reader = readerOf(adapter);
		const until = await reader.upperBound();
		let cursor: string | undefined;
		const seen = new Set<unknown>();
		for await (const page of reader.readChanges({ entity, select: [nameField], until })) {
			world.edit(id, { [nameField]: 'Raymond' });
			for (const { values } of page.records) seen.add(values[nameField]);
			({ cursor } = page);
		}
		const next = await read(world, adapter, cursor);
		expect([...seen, nameIn(world, next, id)]).toContain('Raymond');
	});

	contract('reads everything anew where the CRM no longer knows what changed, and says so', async (world) => {
		const id = world.seed({ [world.person.nameField]: 'Ray' });
		const adapter = world.open();
		const { cursor } = await read(world, adapter);
		world.forgetChanges();
		const anew = await read(world, adapter, cursor);
		if (readerOf(adapter).tellsDeletions) expect(anew.pages.every(({ full }) => full)).toBe(true);
		expect(nameIn(world, anew, id)).toBe('Ray');
	});

	contract('makes two calls at most where nothing changed', async (world) => {
		const adapter = world.open();
		const { cursor } = await read(world, adapter);
		const before = world.callsCounted();
		expect((await read(world, adapter, cursor)).records.size).toBe(0);
		expect(world.callsCounted() - before).toBeLessThanOrEqual(2);
	});
}

function describeTrouble(contract: Contract): void {
	contract('reads on after a failure that passes, and throws at one that stays', async (world) => {
		const id = world.seed({ [world.person.nameField]: 'Ray' });
		const adapter = world.open();
		const { cursor } = await read(world, adapter);
		world.edit(id, { [world.person.nameField]: 'Raymond' });
		world.faults.breakOnce();
		expect(nameIn(world, await read(world, adapter, cursor), id)).toBe('Raymond');
		world.faults.break();
		await expect(read(world, adapter, cursor)).rejects.toMatchObject({ name: 'CrmError', kind: 'unavailable' });
		world.faults.clear();
		expect(nameIn(world, await read(world, adapter, cursor), id)).toBe('Raymond');
	});

	contract('knows no entity and no field that does not exist when it reads changes', async (world) => {
		const adapter = world.open();
		const reader = readerOf(adapter);
		const until = await reader.upperBound();
		const first = async (entity: string, select: readonly string[]) => await reader.readChanges({ entity, select, until })[Symbol.asyncIterator]().next();
		await expect(first('Nobody_Has_This__c', [])).rejects.toMatchObject({ name: 'CrmError', kind: 'notFound' });
		await expect(first(world.person.entity, ['Nobody_Has_This__c'])).rejects.toMatchObject({ name: 'CrmError', kind: 'validation' });
	});
}

function describeCursors(contract: Contract): void {
	contract('gives its cursor on the last page, good for a reader that has seen nothing', async (world) => {
		const id = world.seed({ [world.person.nameField]: 'Ray' });
		const { pages, cursor } = await read(world, world.open());
		expect(pages.map((page) => page.cursor === undefined)).toEqual(pages.map((_, at) => at < pages.length - 1));
		expect(cursor).not.toBe('');
		world.edit(id, { [world.person.nameField]: 'Raymond' });
		for (const adapter of [world.open(), world.open()]) expect(nameIn(world, await read(world, adapter, cursor), id)).toBe('Raymond');
	});

	contract('refuses a cursor that it never gave', async (world) => {
		const adapter = world.open();
		const { cursor } = await read(world, adapter);
		for (const strange of ['', ' ', 'x', '{}', '[]', 'null', '../x', cursor.slice(0, -1), `${cursor}\r\nx: y`, `"${'x'.repeat(100_000)}"`]) {
			await expect(read(world, adapter, strange)).rejects.toMatchObject({ name: 'CrmError', kind: 'validation' });
		}
	});
}

function describeRecordsById(contract: Contract): void {
	contract('reads records by id, in the canonical form, without those that are gone or never were', async (world) => {
		const { entity, nameField, unusedId } = world.person;
		const [ray, gone] = ['Ray', 'Gone'].map((name) => world.seed({ [nameField]: name }));
		world.remove(gone);
		expect(await byIds(world, world.open(), [ray, gone, unusedId, 'no id', '', ray])).toMatchObject([{ entity, id: ray, values: { [nameField]: 'Ray' } }]);
		expect(await byIds(world, world.open(), [])).toEqual([]);
	});

	contract('gives a record another stamp with every change, and the same one otherwise', async (world) => {
		const id = world.seed({ [world.person.nameField]: 'Ray' });
		const adapter = world.open();
		const read1 = (await read(world, adapter)).records.get(id)!.stamp;
		const [{ stamp: read2 }] = await byIds(world, adapter, [id]);
		world.edit(id, { [world.person.textField]: 'x' });
		const [{ stamp: read3 }] = await byIds(world, adapter, [id]);
		expect([read1 === read2, read2 === read3]).toEqual([true, false]);
	});

	contract('writes over no change that came after the stamp, where it can compare', async (world) => {
		const { entity, nameField, textField } = world.person;
		const id = world.seed({ [nameField]: 'Ray' });
		const adapter = world.open();
		const [{ stamp }] = await byIds(world, adapter, [id]);
		world.edit(id, { [textField]: 'theirs' });
		const mutations = [{ kind: 'update' as const, entity, id, values: { [textField]: 'ours' }, expectedStamp: stamp }];
		const [outcome] = await adapter.write({ mutations, options: { runAssignmentRules: false, saveDespiteDuplicateAlert: false } });
		const compares = adapter.capabilities?.compareAndSet === true;
		expect([outcome.status, world.people()[0][textField]]).toEqual(compares ? ['refused', 'theirs'] : ['applied', 'ours']);
	});
}

async function byIds(world: CrmWorld, adapter: CrmAdapter, ids: readonly string[]): Promise<readonly VersionedRecord[]> {
	const { entity, nameField } = world.person;
	const found: VersionedRecord[] = [];
	for await (const records of readerOf(adapter).readByIds({ entity, ids, select: [nameField] })) found.push(...records);
	return found;
}
