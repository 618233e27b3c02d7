import type { Keyring } from '../../../src/sync/base/keyring';
import type { FieldRule, Mapping } from '../../../src/sync/mapping/mapping';
import { runSync } from '../../../src/sync/run/runSync';
import type { SyncRequest } from '../../../src/sync/run/syncRun';
import type { AppItem, InputMode, SyncResult, SyncSettings, SyncSummary } from '../../../src/sync/run/syncTypes';
import type { CrashAt } from './events';
import { MemoryLeases, MemorySyncState } from './MemorySyncState';
import { ModelApp } from './ModelApp';
import { ModelCrm } from './ModelCrm';
import type { SyncScope, SyncState } from '../../../src/model/syncState';
import type { LeaseStore } from '../../../src/model/stateStore';

/** The process dies here. */
export class Crash extends Error {}

/** So long nothing runs after that. */
export const AFTER_CRASH_MS = 10 * 60_000;

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
	readonly crashAt?: CrashAt;
}

export interface Ran {
	readonly results: readonly SyncResult[];
	readonly summary: SyncSummary | undefined;
	readonly crashed: boolean;
}

/** The nth key of the fingerprints. */
export function keyOf(count: number): Keyring['current'] {
	return { id: `key ${count}`, secret: new Uint8Array(32).fill(6 + count) };
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
	keyring: Keyring = { current: keyOf(1), former: [] };
	/** What forms sent since the last run that came to its end. */
	readonly submissions: Record<string, unknown>[] = [];
	/** Of all runs that came to their end, or died after they had handed over what they came to. */
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

	get scope(): SyncScope {
		return { connectionId: this.name, entity: 'Lead', appName: 'Shop' };
	}

	newId(): string {
		return `${this.name}-${String(++this.lastId).padStart(6, '0')}`;
	}

	/** What a run gets to see: records of the app, and submissions, which have no id. */
	itemsOf(mode: InputMode): readonly AppItem[] {
		return [...this.app.items(mode), ...this.submissions.map((values) => ({ values }))].map((item, index) => ({ ...item, index }));
	}

	tick(ms = 60_000): void {
		this.now += ms;
		this.crm.settle();
	}

	/** One run, and what the app makes of its deliveries. A run that dies hands nothing over. */
	async run(options: RunOptions = {}): Promise<Ran> {
		const { mode = 'all', arrives = () => true, crashAt } = options;
		const items = options.items ?? this.itemsOf(mode);
		this.steps = 0;
		const named = new Map<string, number>();
		const step = (name: string) => {
			this.steps += 1;
			named.set(name, (named.get(name) ?? 0) + 1);
			if (this.steps === crashAt || `${name} ${named.get(name)}` === crashAt) throw new Crash(`step ${crashAt}`);
		};
		if (this.state instanceof MemorySyncState) this.state.step = step;
		this.crm.step = step;
		const results: SyncResult[] = [];
		const before = this.memory.handOvers;
		const summary = await this.drain(this.request(items, options), results);
		const crashed = summary === undefined;
		this.crm.step = () => undefined;
		if (this.state instanceof MemorySyncState) this.state.step = this.crm.step;
		if (crashed) this.tick(AFTER_CRASH_MS);
		if (!crashed && !options.dryRun) this.handOut(items, results, arrives, summary);
		if ((!crashed || this.memory.handOvers > before) && !options.dryRun) this.results.push(...results);
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
		const shown = items.filter(({ index }) => !places.has(index));
		this.app.shown(shown.filter(({ id }) => id !== undefined && !missed.has(id)));
		const sent = new Set(shown.filter(({ id }) => id === undefined).map(({ values }) => values));
		this.submissions.splice(0, Infinity, ...this.submissions.filter((values) => !sent.has(values)));
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
			keyring: this.keyring,
			clock: () => new Date(this.now),
			newId: () => this.newId(),
			description: this.crm.description,
			input: { mode, pages: () => inPages(items, pageSize) },
			settings: {
				scope: this.scope,
				mapping: this.mapping,
				adoptMapping: true,
				createInCrm: true,
				createInApp: true,
				readChanges: true,
				fullCompare: false,
				updateGuard: NO_GUARD,
				deleteGuard: NO_GUARD,
				userId: this.crm.user,
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
