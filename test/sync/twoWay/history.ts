import fc from 'fast-check';
import type { InputMode } from '../../../src/sync/run/syncTypes';
import { normalised } from './CrmRow';
import type { WriteFault } from './ModelCrm';
import { MAPPING, World, withRule, type Ran, type RunOptions } from './World';

/** Something that happens on one of the sides, or between them. `who` counts around the records there are. */
export type Event =
	| { readonly do: 'appAdd' | 'crmAdd'; readonly key: string | null }
	| { readonly do: 'appEdit' | 'crmEdit'; readonly who: number; readonly field: Field; readonly blank: boolean }
	| { readonly do: 'appKey' | 'crmKey'; readonly who: number; readonly key: string }
	| { readonly do: 'crmLate'; readonly who: number; readonly field: Field; readonly delayMs: number }
	| { readonly do: 'appRemove' | 'crmRemove' | 'crmRestore'; readonly who: number }
	| { readonly do: 'crmMerge'; readonly who: number; readonly into: number }
	| { readonly do: 'crmConvert'; readonly who: number }
	| { readonly do: 'hide'; readonly field: string }
	| { readonly do: 'rule'; readonly id: string; readonly enabled: boolean }
	| { readonly do: 'wait'; readonly ms: number }
	| { readonly do: 'run'; readonly run: RunEvent };

export interface RunEvent {
	readonly mode: InputMode;
	readonly pageSize: number;
	readonly repeats: boolean;
	readonly faults: readonly (WriteFault | undefined)[];
	readonly crashAt?: number;
	readonly quota?: number;
	readonly lost: readonly boolean[];
	/** A user edits a record just before a write. */
	readonly racing?: number;
	/** The CRM compares stamps in the moment of writing. */
	readonly compares: boolean;
	/** The whole list comes twice. */
	readonly twice: boolean;
}

export type Field = 'name' | 'phone';
export const CRM_FIELD: Readonly<Record<Field, string>> = { name: 'LastName', phone: 'Phone' };

/** What may happen; the weights of what is left out are 0. */
export type Kinds = Partial<Record<Event['do'] | 'trouble' | 'crash', number>>;

export const QUIET: Kinds = { appAdd: 3, crmAdd: 3, appEdit: 6, crmEdit: 6, wait: 1, run: 6 };
export const LIVELY: Kinds = { ...QUIET, appKey: 2, crmKey: 2, appRemove: 1, crmRemove: 1, crmRestore: 1, crmMerge: 1, crmConvert: 1 };
export const ROUGH: Kinds = { ...LIVELY, hide: 1, rule: 1, trouble: 1, crash: 1 };

const key = fc.constantFrom('k1@x.com', 'k2@x.com', 'K2@X.com', 'k3@x.com', ' k4@x.com ', 'k5@x.com');
const who = fc.nat(9);
const field = fc.constantFrom<Field>('name', 'phone');
const blank = fc.integer({ min: 0, max: 9 }).map((n) => n === 0);
const minutes = (most: number) => fc.integer({ min: 1, max: most }).map((n) => n * 60_000);
const fault = fc.constantFrom<(WriteFault | undefined)[]>(undefined, undefined, undefined, 'refused', 'duplicate', 'lostBefore', 'lostAfter', 'failedBefore', 'failedAfter', 'throttled');

function runEvent({ trouble = 0, crash = 0 }: Kinds): fc.Arbitrary<RunEvent> {
	const some = <T>(arbitrary: fc.Arbitrary<T>, wanted: number) => (wanted > 0 ? fc.option(arbitrary, { nil: undefined, freq: 2 }) : fc.constant(undefined));
	return fc.record({
		mode: fc.constantFrom<InputMode[]>('all', 'all', 'changed'),
		pageSize: fc.constantFrom(1, 2, 50),
		repeats: fc.boolean(),
		faults: trouble > 0 ? fc.oneof(fc.constant([]), fc.array(fault, { maxLength: 4 })) : fc.constant([]),
		crashAt: some(fc.integer({ min: 1, max: 12 }), crash),
		quota: some(fc.integer({ min: 0, max: 8 }), trouble),
		lost: trouble > 0 ? fc.oneof(fc.constant([]), fc.array(fc.boolean(), { maxLength: 3 })) : fc.constant([]),
		racing: some(who, trouble),
		compares: fc.boolean(),
		twice: trouble > 0 ? blank : fc.constant(false),
	});
}

/** Histories of events of these kinds. */
export function histories(kinds: Kinds, { minLength = 1, maxLength = 14 } = {}): fc.Arbitrary<readonly Event[]> {
	const all: Record<Event['do'], fc.Arbitrary<Event>> = {
		appAdd: fc.record({ do: fc.constant('appAdd'), key: fc.oneof({ weight: 9, arbitrary: key }, fc.constant(null)) }),
		crmAdd: fc.record({ do: fc.constant('crmAdd'), key: fc.oneof({ weight: 9, arbitrary: key }, fc.constant(null)) }),
		appEdit: fc.record({ do: fc.constant('appEdit'), who, field, blank }),
		crmEdit: fc.record({ do: fc.constant('crmEdit'), who, field, blank }),
		appKey: fc.record({ do: fc.constant('appKey'), who, key }),
		crmKey: fc.record({ do: fc.constant('crmKey'), who, key }),
		crmLate: fc.record({ do: fc.constant('crmLate'), who, field, delayMs: minutes(60) }),
		appRemove: fc.record({ do: fc.constant('appRemove'), who }),
		crmRemove: fc.record({ do: fc.constant('crmRemove'), who }),
		crmRestore: fc.record({ do: fc.constant('crmRestore'), who }),
		crmMerge: fc.record({ do: fc.constant('crmMerge'), who, into: who }),
		crmConvert: fc.record({ do: fc.constant('crmConvert'), who }),
		hide: fc.record({ do: fc.constant('hide'), field: fc.constantFrom('Phone', 'NumberOfEmployees', '') }),
		rule: fc.record({ do: fc.constant('rule'), id: fc.constantFrom('phone', 'note', 'size'), enabled: fc.boolean() }),
		wait: fc.record({ do: fc.constant('wait'), ms: fc.oneof(minutes(30), minutes(60 * 24 * 20)) }),
		run: fc.record({ do: fc.constant('run'), run: runEvent(kinds) }),
	} as Record<Event['do'], fc.Arbitrary<Event>>;
	const drawn = (Object.keys(all) as Event['do'][]).flatMap((name) => (kinds[name] ? [{ weight: kinds[name], arbitrary: all[name] }] : []));
	return fc.array(fc.oneof(...drawn), { minLength, maxLength, size: 'max' });
}

/** An edit that somebody made, with a value that nothing else has. */
export interface Edit {
	readonly side: 'app' | 'crm';
	readonly id: string;
	readonly field: Field;
	readonly value: string | null;
	/** It was made when both records had found each other. */
	readonly linked: boolean;
}

/** A world in which a history happens. */
export class Story extends World {
	readonly edits: Edit[] = [];
	private lastValue = 0;
	/** Called before and after each run. */
	before: () => void = () => undefined;
	after: (ran: Ran) => void = () => undefined;

	async tell(events: readonly Event[]): Promise<this> {
		for (const event of events) {
			this.tick();
			await this.happen(event);
		}
		return this;
	}

	private async happen(event: Event): Promise<void> {
		switch (event.do) {
			case 'appAdd':
				return void this.edited('app', this.app.add({ email: event.key, name: this.value('name'), phone: this.value('phone') }));
			case 'crmAdd':
				return void this.edited('crm', this.crm.add({ Email: event.key, LastName: this.value('name'), Phone: this.value('phone') }).id);
			case 'appEdit':
				return this.edit('app', event.who, event.field, event.blank && event.field !== 'name' ? null : this.value(event.field));
			case 'crmEdit':
				return this.edit('crm', event.who, event.field, event.blank && event.field !== 'name' ? null : this.value(event.field));
			case 'appKey':
				return this.withApp(event.who, (id) => this.app.edit(id, { email: event.key }));
			case 'crmKey':
				return this.withCrm(event.who, (id) => this.crm.edit(id, { Email: event.key }));
			case 'crmLate':
				return this.withCrm(event.who, (id) => this.crm.editLate(id, { [CRM_FIELD[event.field]]: this.value(event.field) }, event.delayMs));
			case 'appRemove':
				return this.withApp(event.who, (id) => this.app.remove(id));
			case 'crmRemove':
				return this.withCrm(event.who, (id) => this.crm.remove(id));
			case 'crmRestore':
				return this.crm.restore(this.crm.rows[event.who % Math.max(1, this.crm.rows.length)]?.id ?? '');
			case 'crmMerge':
				return this.withCrm(event.who, (id) => this.withCrm(event.into, (winner) => winner !== id && this.crm.remove(id, winner)));
			case 'crmConvert':
				return this.withCrm(event.who, (id) => this.crm.edit(id, { IsConverted: true, ConvertedContactId: `C-${id}` }));
			case 'hide':
				this.crm.hidden.clear();
				return void (event.field && this.crm.hidden.add(event.field));
			case 'rule':
				this.mapping = withRule(event.id, { enabled: event.enabled }, this.mapping);
				return;
			case 'wait':
				return this.tick(event.ms);
			case 'run':
				return void (await this.runOnce(event.run));
		}
	}

	async runOnce({ faults, quota, lost, repeats, racing, compares, twice, ...more }: RunEvent, options: RunOptions = {}): Promise<Ran> {
		const queue = [...faults];
		this.crm.fault = () => queue.shift();
		this.crm.callsLeft = quota ?? Infinity;
		this.crm.repeats = repeats;
		this.crm.compareAndSet = compares;
		let race = racing;
		this.crm.beforeCheck = () => {
			if (race !== undefined) this.edit('crm', race, 'phone', this.value('phone'));
			race = undefined;
		};
		this.before();
		const items = this.app.items(more.mode);
		const shown = twice ? [...items, ...items].map((item, index) => ({ ...item, index })) : items;
		const ran = await this.run({ ...more, items: shown, arrives: (index) => lost[index] !== true, ...options });
		this.calm();
		this.after(ran);
		return ran;
	}

	/** Nothing goes wrong any more. */
	calm(): void {
		this.crm.fault = () => undefined;
		this.crm.beforeCheck = () => undefined;
		this.crm.callsLeft = Infinity;
		this.crm.repeats = false;
	}

	/** All is well again; runs until nothing more is done. The number of runs that it took, or `Infinity`. */
	async heal(most = 12): Promise<number> {
		this.calm();
		this.crm.hidden.clear();
		this.mapping = MAPPING;
		for (let count = 1; count <= most; count++) {
			this.tick(26 * 60 * 60_000);
			this.before();
			const ran = await this.run({ mode: 'all', pageSize: 3, fullCompare: count === 1 });
			this.after(ran);
			if (count > 1 && isQuiet(ran)) return count;
		}
		return Infinity;
	}

	private value(field: Field): string {
		this.lastValue += 1;
		return field === 'phone' ? `0-${this.lastValue}` : `Name ${this.lastValue}`;
	}

	private edited(side: 'app' | 'crm', id: string): void {
		const record = side === 'app' ? this.app.records.get(id)! : this.crm.live(id)!.values;
		for (const field of ['name', 'phone'] as const) this.edits.push({ side, id, field, value: String(record[side === 'app' ? field : CRM_FIELD[field]]), linked: false });
	}

	private isLinked(id: string): boolean {
		return [...this.memory.contents.links.values()].some(({ appId, crmId }) => appId !== null && crmId !== null && (appId === id || crmId === id));
	}

	private edit(side: 'app' | 'crm', who: number, field: Field, value: string | null): void {
		const make = (id: string) => {
			const now = side === 'app' ? this.app.records.get(id)![field] : this.crm.live(id)!.values[CRM_FIELD[field]];
			if (same(field, now, value)) return;
			if (side === 'app') this.app.edit(id, { [field]: value });
			else this.crm.edit(id, { [CRM_FIELD[field]]: value });
			this.edits.push({ side, id, field, value, linked: this.isLinked(id) });
		};
		if (side === 'app') this.withApp(who, make);
		else this.withCrm(who, make);
	}

	private withApp(who: number, act: (id: string) => void): void {
		const ids = [...this.app.records.keys()];
		if (ids.length > 0) act(ids[who % ids.length]);
	}

	private withCrm(who: number, act: (id: string) => void): void {
		const rows = this.crm.alive;
		if (rows.length > 0) act(rows[who % rows.length].id);
	}
}

/** Nothing was written, delivered or linked. */
export function isQuiet({ results }: Ran): boolean {
	return results.every(({ steps }) => steps.every((step) => step.do === 'hold' || step.do === 'refused'));
}

/** What a value counts as, on either side. */
export function same(field: Field | 'email', one: unknown, other: unknown): boolean {
	const crmField = field === 'email' ? 'Email' : CRM_FIELD[field];
	const level = (value: unknown) => normalised(crmField, (value ?? null) as string | null);
	return level(one) === level(other);
}
