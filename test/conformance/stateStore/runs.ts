import type { Run } from '../../../src/model/runHistory';
import type { RunQuery, RunStore } from '../../../src/model/stateStore';
import type { Contract } from './describeStateStore';
import { run } from './samples';

async function idsOf(runs: RunStore, query: Partial<RunQuery> = {}): Promise<string[]> {
	return (await runs.list({ limit: 1000, ...query })).items.map(({ id }) => id);
}

async function save(runs: RunStore, all: readonly Run[]): Promise<void> {
	for (const one of all) await runs.save(one);
}

export function describeRuns(contract: Contract): void {
	contract('gives back what was stored, and replaces it', async (world) => {
		const { runs } = await world.open();
		const started = run('r1', { finishedAt: null, outcome: 'running', words: '', counts: {}, manual: true });
		const unknown = { connectionId: null, credentialId: null, workflowId: null, workflowName: null, executionId: null, executionUrl: null };
		const finished = run('r1', { ...unknown, calls: 12_345_678_901 });
		await runs.save(started);
		expect(await runs.list({ limit: 10 })).toEqual({ items: [started] });
		await runs.save(finished);
		expect(await runs.list({ limit: 10 })).toEqual({ items: [finished] });
	});

	contract('lists the newest first, page by page, also those that began at the same time', async (world) => {
		const { runs } = await world.open();
		const all = Array.from({ length: 25 }, (_, n) =>
			run(`r${String(n).padStart(2, '0')}`, { startedAt: `2026-01-0${1 + (n % 3)}T00:00:00.000Z` }),
		);
		await save(runs, all);
		const newestFirst = all
			.toSorted((one, other) => (`${one.startedAt}${one.id}` < `${other.startedAt}${other.id}` ? 1 : -1))
			.map(({ id }) => id);
		const paged: string[] = [];
		for (let page = await runs.list({ limit: 4 }); ; page = await runs.list({ limit: 4, after: page.next })) {
			paged.push(...page.items.map(({ id }) => id));
			if (page.next === undefined) break;
		}
		expect(paged).toEqual(newestFirst);
		expect((await runs.list({ limit: 25 })).next).toBeUndefined();
	});

	contract('finds by connection, credential, outcome, node, workflow and time, and by all of them together', async (world) => {
		const { runs } = await world.open();
		await save(runs, [
			run('r1', { startedAt: '2026-01-01T00:00:00.000Z' }),
			run('r2', { startedAt: '2026-01-02T00:00:00.000Z', connectionId: null, outcome: 'failed' }),
			run('r3', {
				startedAt: '2026-01-03T00:00:00.000Z',
				connectionId: 'c2',
				credentialId: 'k2',
				outcome: 'notRun',
				nodeType: 'crmConnection',
			}),
			run('r4', { startedAt: '2026-01-04T00:00:00.000Z', credentialId: null, workflowId: 'w2' }),
		]);
		expect(await idsOf(runs, { connectionId: 'c1' })).toEqual(['r4', 'r1']);
		expect(await idsOf(runs, { credentialId: 'k1' })).toEqual(['r2', 'r1']);
		expect(await idsOf(runs, { connectionId: 'c1', credentialId: 'k1' })).toEqual(['r4', 'r2', 'r1']);
		expect(await idsOf(runs, { outcomes: ['failed', 'notRun'] })).toEqual(['r3', 'r2']);
		expect(await idsOf(runs, { outcomes: [] })).toEqual([]);
		expect(await idsOf(runs, { nodeType: 'crmConnection' })).toEqual(['r3']);
		expect(await idsOf(runs, { workflowId: 'w2' })).toEqual(['r4']);
		expect(await idsOf(runs, { startedFrom: '2026-01-02T00:00:00Z', startedBefore: '2026-01-04T01:00:00+01:00' })).toEqual(['r3', 'r2']);
		expect(await idsOf(runs, { connectionId: 'c1', credentialId: 'k1', outcomes: ['succeeded'], workflowId: 'w1' })).toEqual(['r1']);
	});

	contract('forgets what began before a time, and says how many', async (world) => {
		const { runs } = await world.open();
		const days = ['2026-01-01', '2026-01-02', '2026-01-03'];
		await save(
			runs,
			days.map((day) => run(day, { startedAt: `${day}T00:00:00.000Z` })),
		);
		expect(await runs.forgetBefore('2026-01-03T00:00:00.000Z')).toBe(2);
		expect(await runs.forgetBefore('2026-01-03T00:00:00.000Z')).toBe(0);
		expect(await idsOf(runs)).toEqual(['2026-01-03']);
	});
}
