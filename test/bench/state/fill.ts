import { mkdtempSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { openStateStore } from '../../../src/store/openStateStore';
import { MemoryWatch } from '../MemoryWatch';
import { answerTask } from '../ownProcess';
import { deliveryOf, isPending, linkNumber, SYNC_ID, type LinkShape } from './linkedRecords';

/** As many links as the engine stores at once. */
const PAGE = 1_000;

export interface FillTask {
	readonly into: 'store' | 'bare table';
	readonly links: number;
	readonly shape: LinkShape;
}

export interface FillReport {
	/** Of storing alone; what is stored is made beforehand. */
	readonly milliseconds: number;
	/** Of the file and what stands beside it, after the last commit and once the store is closed. */
	readonly bytesOpen: number;
	readonly bytes: number;
	/** After the first ten pages. */
	readonly grown: ReturnType<MemoryWatch['grown']>;
}

/** Puts pages in, and closes. */
interface Target {
	put(links: readonly ReturnType<typeof linkNumber>[], pending: ReturnType<typeof deliveryOf>[]): Promise<void>;
	close(): Promise<void>;
}

const targets: Readonly<Record<FillTask['into'], (folder: string) => Promise<Target>>> = {
	'store': async (folder) => {
		const store = await openStateStore({ kind: 'sqlite', folder }, () => new Date());
		const scope = { connectionId: 'bench', entity: 'Lead', appName: 'Shop' };
		const lease = (await store.leases.acquire('bench', 'bench', 86_400_000))!;
		await store.syncs.commit({ sync: { id: SYNC_ID, scope, mapping: '{}', keyId: 'key', userId: '005', cursor: null, runs: 1, inDoubt: false, unread: false } }, lease);
		return {
			put: async (links, deliveries) => {
				if ((await store.syncs.commit({ links, deliveries }, lease)) !== 'stored') throw new Error('not stored');
			},
			close: async () => await store.close(),
		};
	},
	'bare table': async (folder) => {
		const database = new DatabaseSync(join(folder, 'state.sqlite'));
		database.exec('pragma journal_mode = wal; pragma synchronous = full; create table links (id text, app_id text, crm_id text, base blob)');
		const insert = database.prepare('insert into links values (?, ?, ?, ?)');
		return await Promise.resolve({
			put: async (links) => {
				database.exec('begin immediate');
				for (const { id, appId, crmId, base } of links) insert.run(id, appId, crmId, base);
				await Promise.resolve(database.exec('commit'));
			},
			close: async () => await Promise.resolve(database.close()),
		});
	},
};

async function fill({ into, links, shape }: FillTask): Promise<FillReport> {
	const folder = mkdtempSync(join(tmpdir(), 'crm-sync-bench-'));
	try {
		const target = await targets[into](folder);
		let milliseconds = 0;
		let watch = new MemoryWatch();
		for (let start = 0; start < links; start += PAGE) {
			const numbers = Array.from({ length: Math.min(PAGE, links - start) }, (_, at) => start + at);
			const page = numbers.map((number) => linkNumber(number, shape));
			const pending = page.filter((_, at) => isPending(start + at, shape.pendingEvery)).map(deliveryOf);
			const began = performance.now();
			await target.put(page, pending);
			milliseconds += performance.now() - began;
			if (start === 9 * PAGE) watch = new MemoryWatch();
			watch.look();
		}
		const bytesOpen = sizeOf(folder);
		await target.close();
		return { milliseconds, bytesOpen, bytes: sizeOf(folder), grown: watch.grown() };
	} finally {
		rmSync(folder, { recursive: true });
	}
}

function sizeOf(folder: string): number {
	return ['', '-wal', '-shm'].reduce((sum, end) => sum + (statSync(join(folder, `state.sqlite${end}`), { throwIfNoEntry: false })?.size ?? 0), 0);
}

answerTask(fill);
