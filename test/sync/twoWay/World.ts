import type { FieldRule, Mapping } from '../../../src/sync/mapping/mapping';
import { runSync } from '../../../src/sync/run/runSync';
import type { SyncRequest } from '../../../src/sync/run/syncRun';
import type { AppItem, InputMode, SyncResult, SyncSettings, SyncSummary } from '../../../src/sync/run/syncTypes';
import { MemoryLeases, MemorySyncState } from './MemorySyncState';
import { ModelApp } from './ModelApp';
import { ModelCrm, OUR_USER } from './ModelCrm';
import type { SyncState } from '../../../src/model/syncState';
import type { LeaseStore } from '../../../src/model/stateStore';

/** The process dies here. */
export class Crash extends Error {}

const rule = (appField: string, crmField: string, more: Partial<FieldRule> = {}): FieldRule => ({
	id: appField,
	appField,
	crmField,
	direction: 'both',
	conflict: 'preferCrm',
	blank: 'clear',
	enabled: true,
	transform: { kind: 'none' },
	...more,
});

/** A two-way field each of three kinds, one field a direction. */
export const MAPPING: Mapping = {
	rules: [
		rule('name', 'LastName'),
		rule('company', 'Company', { direction: 'toCrm' }),
		rule('email', 'Email'),
		rule('phone', 'Phone'),
		rule('note', 'Description', { direction: 'toCrm' }),
		rule('size', 'NumberOfEmployees', { direction: 'toApp' }),
	],
	matchKey: { appField: 'email', crmField: 'Email' },
	firstMatch: 'preferCrm',
	timeZone: 'UTC',
};

/** The mapping with other settings of one row. */
export function withRule(id: string, more: Partial<FieldRule>, mapping: Mapping = MAPPING): Mapping {
	return { ...mapping, rules: mapping.rules.map((one) => (one.id === id ? { ...one, ...more } : one)) };
}

const NO_GUARD = { most: Infinity, share: 1, atLeast: Infinity };

export interface RunOptions extends Partial<SyncSettings> {
	readonly mode?: InputMode;
	readonly pageSize?: number;
	/** Instead of what the app shows. */
	readonly items?: readonly AppItem[];
	/** Whether a delivery reaches the app. */
	readonly arrives?: (index: number) => boolean;
	/** Dies at this step, counted from 1. */
	readonly crashAt?: number;
}

export interface Ran {
	readonly results: readonly SyncResult[];
	readonly summary: SyncSummary | undefined;
	readonly crashed: boolean;
}

/** Two sides, what is remembered between them, and a clock. */
export class World {
	now = Date.parse('2026-01-05T08:00:00Z');
	readonly crm = new ModelCrm(() => this.now);
	readonly app = new ModelApp();
	mapping = MAPPING;
	/** How many steps the last run took. */
	steps = 0;
	runsKnown = 0;
	readonly results: SyncResult[] = [];
	readonly leases: LeaseStore;
	readonly state: SyncState;
	private lastId = 0;

	/** `name` makes scope and ids its own, for worlds that share a store. */
	constructor(stores?: { readonly state: SyncState; readonly leases: LeaseStore }, private readonly name = 'id') {
		this.leases = stores?.leases ?? new MemoryLeases(() => new Date(this.now));
		this.state = stores?.state ?? new MemorySyncState(this.leases);
	}

	get memory(): MemorySyncState {
		return this.state as MemorySyncState;
	}

	tick(ms = 60_000): void {
		this.now += ms;
	}

	/** One run, and what the app makes of its deliveries. A run that dies hands nothing over. */
	async run(options: RunOptions = {}): Promise<Ran> {
		const { mode = 'all', arrives = () => true, crashAt } = options;
		const items = options.items ?? this.app.items(mode);
		this.steps = 0;
		const step = () => {
			this.steps += 1;
			if (this.steps === crashAt) throw new Crash(`step ${crashAt}`);
		};
		if (this.state instanceof MemorySyncState) this.state.step = step;
		this.crm.step = step;
		const results: SyncResult[] = [];
		const summary = await this.drain(this.request(items, options), results);
		const crashed = summary === undefined;
		if (crashed) this.tick(10 * 60_000);
		if (!crashed && !options.dryRun) this.handOut(items, results, arrives, summary);
		this.results.push(...results);
		return { results, summary, crashed };
	}

	private async drain(request: SyncRequest, results: SyncResult[]): Promise<SyncSummary | undefined> {
		try {
			const run = runSync(request);
			for (;;) {
				const next = await run.next();
				if (next.done) return next.value;
				results.push(...next.value);
			}
		} catch (error) {
			if (error instanceof Crash) return undefined;
			throw error;
		}
	}

	private handOut(items: readonly AppItem[], results: readonly SyncResult[], arrives: (index: number) => boolean, summary: SyncSummary): void {
		const places = new Set(results.flatMap((result) => (result.steps.some((step) => step.do === 'notRun') ? result.items : [])));
		const missed = new Set(items.filter(({ index }) => places.has(index)).map(({ id }) => id));
		this.app.shown(items.filter(({ id }) => !missed.has(id)));
		this.runsKnown = summary.runs;
		const deliveries = results.flatMap(({ steps }) => steps.flatMap((step) => (step.do === 'deliver' ? [step.delivery] : [])));
		for (const [index, delivery] of deliveries.entries()) if (arrives(index)) this.app.carryOut(delivery);
	}

	private request(items: readonly AppItem[], { mode = 'all', pageSize = 2, ...more }: RunOptions): SyncRequest {
		return {
			adapter: this.crm,
			changes: this.crm.changes,
			state: this.state,
			leases: this.leases,
			keyring: { current: { id: 'key 1', secret: new Uint8Array(32).fill(7) }, former: [] },
			clock: () => new Date(this.now),
			newId: () => `${this.name}-${String(++this.lastId).padStart(6, '0')}`,
			description: this.crm.description,
			input: { mode, pages: () => inPages(items, pageSize) },
			settings: {
				scope: { connectionId: this.name, entity: 'Lead', appName: 'Shop' },
				mapping: this.mapping,
				adoptMapping: true,
				createInCrm: true,
				createInApp: true,
				readChanges: true,
				fullCompare: false,
				updateGuard: NO_GUARD,
				deleteGuard: NO_GUARD,
				userId: OUR_USER,
				runsKnown: this.runsKnown,
				skewMs: 0,
				write: { runAssignmentRules: false, saveDespiteDuplicateAlert: true },
				dryRun: false,
				...more,
			},
		};
	}
}

async function* inPages(items: readonly AppItem[], size: number): AsyncGenerator<readonly AppItem[]> {
	for (let start = 0; start < items.length; start += size) yield items.slice(start, start + size);
}
