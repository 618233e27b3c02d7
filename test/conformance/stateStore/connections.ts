import type { Connection } from '../../../src/model/connection';
import type { ConnectionStore } from '../../../src/model/stateStore';
import type { Contract } from './describeStateStore';
import { connection, signIn } from './samples';

/** All pages of the list, and how many there were. */
async function allPages(connections: ConnectionStore, limit: number): Promise<{ items: Connection[]; pages: number }> {
	const items: Connection[] = [];
	let after: string | undefined;
	let pages = 0;
	do {
		const page = await connections.list({ limit, after });
		items.push(...page.items);
		after = page.next;
		pages += 1;
	} while (after !== undefined);
	return { items, pages };
}

export function describeConnections(contract: Contract): void {
	contract('gives back what was stored, by id, by org and in the list', async (world) => {
		const { connections } = await world.open();
		const stored = connection('c1', { apiBudgetPercent: null, deletedAt: null, sandbox: true });
		expect(await connections.commit({ connections: [{ value: stored, basedOn: 0 }] })).toBe(true);
		expect(await connections.find('c1')).toEqual({ value: stored, version: 1 });
		expect(await connections.findByOrg('salesforce', '00Dc1')).toEqual({ value: stored, version: 1 });
		expect(await connections.list({ limit: 10 })).toEqual({ items: [stored] });
		expect(await connections.find('c2')).toBeUndefined();
		expect(await connections.findByOrg('dynamics', '00Dc1')).toBeUndefined();
	});

	contract('gives back sign-ins, of many connections at once', async (world) => {
		const { connections } = await world.open();
		const well = signIn('k2', 'c1', { status: 'well', cause: null, otherOrg: null, lastTriedAt: null, lastWellAt: null });
		const inactive = signIn('k1', 'c2');
		const signIns = [well, inactive, signIn('k3', 'c3')].map((value) => ({ value, basedOn: 0 }));
		expect(await connections.commit({ signIns })).toBe(true);
		expect(await connections.findSignIn('k2')).toEqual({ value: well, version: 1 });
		expect(await connections.findSignIn('k9')).toBeUndefined();
		expect(await connections.listSignIns(['c2', 'c1', 'c2', 'c9'])).toEqual([inactive, well]);
		expect(await connections.listSignIns([])).toEqual([]);
	});

	contract('stores only what nobody changed since it was read, and counts its versions', async (world) => {
		const { connections } = await world.open();
		await connections.commit({ connections: [{ value: connection('c1'), basedOn: 0 }] });
		const paused = connection('c1', { status: 'paused', name: 'Renamed' });
		expect(await connections.commit({ connections: [{ value: paused, basedOn: 1 }] })).toBe(true);
		expect(await connections.commit({ connections: [{ value: connection('c1'), basedOn: 1 }] })).toBe(false);
		expect(await connections.commit({ connections: [{ value: connection('c1'), basedOn: 0 }] })).toBe(false);
		expect(await connections.commit({ connections: [{ value: connection('c2'), basedOn: 3 }] })).toBe(false);
		expect(await connections.find('c1')).toEqual({ value: paused, version: 2 });
		expect(await connections.find('c2')).toBeUndefined();
	});

	contract('stores all of a commit or nothing', async (world) => {
		const { connections } = await world.open();
		await connections.commit({ signIns: [{ value: signIn('k1', 'c1'), basedOn: 0 }] });
		const outdated = {
			connections: [
				{ value: connection('c1'), basedOn: 0 },
				{ value: connection('c2'), basedOn: 0 },
			],
			signIns: [{ value: signIn('k1', 'c2', { failedTries: 9 }), basedOn: 0 }],
		};
		expect(await connections.commit(outdated)).toBe(false);
		expect(await connections.list({ limit: 10 })).toEqual({ items: [] });
		expect((await connections.findSignIn('k1'))?.value.connectionId).toBe('c1');
	});

	contract('keeps one connection an org, also against a changed one', async (world) => {
		const { connections } = await world.open();
		await connections.commit({ connections: [{ value: connection('c1', { orgId: 'o' }), basedOn: 0 }] });
		expect(await connections.commit({ connections: [{ value: connection('c2', { orgId: 'o' }), basedOn: 0 }] })).toBe(false);
		const sameIdInTheOtherCrm = connection('c3', { orgId: 'o', crm: 'dynamics' });
		expect(await connections.commit({ connections: [{ value: sameIdInTheOtherCrm, basedOn: 0 }] })).toBe(true);
		expect(await connections.commit({ connections: [{ value: { ...sameIdInTheOtherCrm, crm: 'salesforce' }, basedOn: 1 }] })).toBe(false);
		expect(await connections.find('c3')).toEqual({ value: sameIdInTheOtherCrm, version: 1 });
	});

	contract('lets exactly one of several commits at once through', async (world) => {
		const stores = [await world.open(), await world.open()];
		const attempts = Array.from({ length: 10 }, async (_, n) => {
			const value = connection('c1', { name: `Attempt ${n}` });
			return await stores[n % 2].connections.commit({ connections: [{ value, basedOn: 0 }] });
		});
		expect((await Promise.all(attempts)).filter(Boolean)).toHaveLength(1);
	});

	contract('lists by name whatever its case, then by id', async (world) => {
		const { connections } = await world.open();
		const names = { c4: 'beta', c3: 'Alpha', c2: 'alpha', c1: 'Zeta', c5: 'älpha', c6: '' };
		const changes = Object.entries(names).map(([id, name]) => ({ value: connection(id, { name }), basedOn: 0 }));
		await connections.commit({ connections: changes });
		expect((await connections.list({ limit: 10 })).items.map(({ id }) => id)).toEqual(['c6', 'c2', 'c3', 'c4', 'c1', 'c5']);
	});

	contract('leaves deleted ones out of the list unless asked, and finds them', async (world) => {
		const { connections } = await world.open();
		const deleted = connection('c1', { deletedAt: '2026-01-02T00:00:00.000Z' });
		const paused = connection('c2', { status: 'paused' });
		await connections.commit({ connections: [deleted, paused, connection('c3')].map((value) => ({ value, basedOn: 0 })) });
		const ids = async (query: Parameters<ConnectionStore['list']>[0]) => (await connections.list(query)).items.map(({ id }) => id);
		expect(await ids({ limit: 10 })).toEqual(['c2', 'c3']);
		expect(await ids({ limit: 10, includeDeleted: true })).toEqual(['c1', 'c2', 'c3']);
		expect(await ids({ limit: 10, status: 'paused' })).toEqual(['c2']);
		expect((await connections.find('c1'))?.value).toEqual(deleted);
		expect((await connections.findByOrg('salesforce', '00Dc1'))?.value).toEqual(deleted);
	});

	contract('lists 1,000 connections page by page, each once, and those whose names are equal', async (world) => {
		const { connections } = await world.open();
		const all = Array.from({ length: 1000 }, (_, n) => connection(`c${String(n).padStart(4, '0')}`, { name: `Org ${n % 7}` }));
		await connections.commit({ connections: all.map((value) => ({ value, basedOn: 0 })) });
		const expected = all.toSorted((one, other) => one.name.localeCompare(other.name) || one.id.localeCompare(other.id));
		expect(await allPages(connections, 1000)).toEqual({ items: expected, pages: 1 });
		expect(await allPages(connections, 99)).toEqual({ items: expected, pages: 11 });
	});

	contract('goes on where a page ended when that entry is gone or others came', async (world) => {
		const { connections } = await world.open();
		await connections.commit({ connections: ['c1', 'c3', 'c5'].map((id) => ({ value: connection(id), basedOn: 0 })) });
		const { next } = await connections.list({ limit: 2 });
		const renamed = { value: connection('c3', { name: 'A' }), basedOn: 1 };
		await connections.commit({ connections: [renamed, { value: connection('c4'), basedOn: 0 }] });
		expect((await connections.list({ limit: 2, after: next })).items.map(({ id }) => id)).toEqual(['c4', 'c5']);
	});
}
