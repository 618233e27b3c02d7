import type { SyncDelivery } from '../../../src/model/syncDelivery';
import { confirmDeliveries } from '../../../src/sync/deliveries/confirmDeliveries';
import type { InputMode } from '../../../src/sync/run/syncTypes';
import { Edits, same, type Edit } from './edits';
import { CRM_FIELD, FIELDS, type Event, type Field, type RunEvent } from './events';
import { ModelApp } from './ModelApp';
import { keyOf, MAPPING, World, withRule, type Ran, type RunOptions } from './World';

/** How a world is brought to rest. */
export interface Healing {
	readonly mode?: InputMode;
	/** The first run looks at everything. */
	readonly fullCompare?: boolean;
	/** How long after one run the next begins. */
	readonly everyMs?: number;
	readonly most?: number;
}

/** A world in which a history happens. */
export class Story extends World {
	readonly edits = new Edits(this);
	override readonly app = Object.assign(new ModelApp(), { signs: true });
	private lastValue = 0;
	/** Names that forms sent. */
	private readonly submitted = new Set<unknown>();
	/** Called before and after each run. */
	before: () => void = () => undefined;
	after: (ran: Ran) => void = () => undefined;

	constructor(...stored: ConstructorParameters<typeof World>) {
		super(...stored);
		this.crm.shows = (id, values) => this.edits.shown('crm', id, values);
		this.crm.appeared = (id, values, former) => {
			for (const field of FIELDS) if (CRM_FIELD[field] in values) this.edits.made({ side: 'crm', id, field, value: values[CRM_FIELD[field]] as string | null, before: former[CRM_FIELD[field]] });
		};
		this.crm.takes = (id, { LastName: name }, former) => this.submitted.has(name) && this.edits.made({ side: 'crm', id, field: 'name', value: name as string, before: former.LastName });
	}

	override async run(options: RunOptions = {}): Promise<Ran> {
		const mapped = new Set((options.mapping ?? this.mapping).rules.filter(({ enabled }) => enabled).map(({ appField }) => appField));
		for (const { id, values } of options.items ?? this.itemsOf(options.mode ?? 'all')) {
			// Items may be hostile.
			if (this.app.records.has(id ?? '')) this.edits.shown('app', id!, Object.fromEntries(Object.entries(values).filter(([field]) => mapped.has(field))));
		}
		return await super.run(options);
	}

	async tell(events: readonly Event[]): Promise<this> {
		for (const event of events) {
			this.tick();
			await this.happen(event);
		}
		return this;
	}

	private submit(email: string): void {
		const name = this.value('name');
		this.submitted.add(name);
		this.submissions.push({ email, name, company: 'Acme' });
	}

	private async happen(event: Event): Promise<void> {
		switch (event.do) {
			case 'run':
				return void (await this.runOnce(event.run));
			case 'decide':
				return await this.decide(event);
			case 'confirm':
				return await this.confirm(event.who);
			default:
				return this.occur(event);
		}
	}

	/** What happens without the sync. */
	private occur(event: Exclude<Event, { readonly do: 'run' | 'decide' | 'confirm' }>): void {
		switch (event.do) {
			case 'appAdd':
				return this.edited('app', this.app.add({ email: event.key, name: this.value('name'), phone: this.value('phone') }));
			case 'crmAdd':
			case 'crmAddLate':
				return this.edited('crm', this.crm.add(this.record(event.key), { delayMs: event.do === 'crmAddLate' ? event.delayMs : 0 }).id);
			case 'submit':
				return this.submit(event.key);
			case 'appEdit':
			case 'crmEdit':
				return this.edit(event.do === 'appEdit' ? 'app' : 'crm', event.who, { field: event.field, value: event.blank && event.field === 'phone' ? null : this.value(event.field) });
			case 'appKey':
			case 'crmKey':
				return this.edit(event.do === 'appKey' ? 'app' : 'crm', event.who, { field: 'email', value: event.key });
			case 'appRemove':
				return this.withApp(event.who, (id) => this.app.remove(id));
			case 'rule':
				this.mapping = withRule(event.id, event.more, this.mapping);
				return;
			case 'rekey':
				this.keyring = { current: keyOf(this.keyring.former.length + 2), former: [this.keyring.current, ...this.keyring.former] };
				return;
			case 'wait':
				return this.tick(event.ms);
			default:
				return this.occurInCrm(event);
		}
	}

	private occurInCrm(event: Extract<Event, { readonly do: 'crmLate' | 'crmRemove' | 'crmRemoveLate' | 'crmRestore' | 'crmMerge' | 'crmConvert' | 'hideRecord' | 'hide' | 'signIn' }>): void {
		const { crm } = this;
		switch (event.do) {
			case 'crmLate':
				return this.withCrm(event.who, (id) => crm.editLate(id, { [CRM_FIELD[event.field]]: this.value(event.field) }, event.delayMs));
			case 'crmRemove':
				return this.withCrm(event.who, (id) => crm.remove(id));
			case 'crmRemoveLate':
				return this.withCrm(event.who, (id) => crm.removeLate(id, event.delayMs));
			case 'crmRestore':
				return crm.restore(crm.rows[event.who % Math.max(1, crm.rows.length)]?.id ?? '');
			case 'crmMerge':
				return this.withCrm(event.who, (id) => this.withCrm(event.into, (winner) => winner !== id && this.merge(id, winner)));
			case 'crmConvert':
				return this.withCrm(event.who, (id) => crm.edit(id, { IsConverted: true, ConvertedContactId: `C-${id}` }));
			case 'hideRecord':
				return this.withCrm(event.who, (id) => void (crm.live(id)!.visibleAt = Infinity));
			case 'hide':
				crm.hidden.clear();
				return void (event.field && crm.hidden.add(event.field));
			case 'signIn':
				crm.user = `${crm.user}'`;
		}
	}

	/** Who merges two records sees the values of both, and chooses. */
	private merge(id: string, winner: string): void {
		const [chosen, former] = [this.crm.live(winner)!.values, this.crm.live(id)!.values];
		this.crm.remove(id, winner);
		for (const field of FIELDS) this.edits.made({ side: 'crm', id: winner, field, value: chosen[CRM_FIELD[field]] as string | null, before: former[CRM_FIELD[field]] });
	}

	/** A person decides about one of the holds. */
	private async decide({ who, decision }: Extract<Event, { readonly do: 'decide' }>): Promise<void> {
		const holds = [...this.memory.contents.holds.values()];
		if (holds.length > 0) await this.state.decide(holds[who % holds.length], decision);
	}

	/** The app says of one delivery that it has carried it out, and has the record still. */
	private async confirm(who: number): Promise<void> {
		const done = [...this.memory.contents.deliveries.values()].filter(({ id }) => this.app.records.has(this.app.carriedOut.get(id) ?? ''));
		if (done.length === 0) return;
		const { id }: SyncDelivery = done[who % done.length];
		const { state, leases, keyring, scope } = this;
		await confirmDeliveries([{ deliveryId: id, appId: this.app.carriedOut.get(id) ?? undefined }], { state, leases, keyring, newId: () => this.newId(), scope, description: this.crm.description });
	}

	async runOnce({ faults, quota, lost, repeats, racing, compares, twice, push, ...more }: RunEvent, options: RunOptions = {}): Promise<Ran> {
		const queue = [...faults];
		this.crm.fault = () => queue.shift();
		this.crm.callsLeft = quota ?? Infinity;
		this.crm.repeats = repeats;
		this.crm.compareAndSet = compares;
		let race = racing;
		this.crm.beforeCheck = () => {
			if (race !== undefined) this.edit('crm', race, { field: 'phone', value: this.value('phone') });
			race = undefined;
		};
		this.before();
		const items = this.itemsOf(more.mode);
		const shown = twice ? [...items, ...items].map((item, index) => ({ ...item, index })) : items;
		const part = push ? { readChanges: false, mapping: { ...this.mapping, rules: this.mapping.rules.filter(({ id }) => id !== 'phone') } } : {};
		const ran = await this.run({ ...more, ...part, items: shown, arrives: (index) => lost[index] !== true, ...options });
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

	/** All is well again; runs until two runs do nothing more. The number of runs that it took, or `Infinity`. */
	async heal({ mode = 'all', fullCompare = true, everyMs = 26 * 60 * 60_000, most = 12 }: Healing = {}): Promise<number> {
		this.calm();
		this.crm.hidden.clear();
		for (const row of this.crm.rows) if (row.visibleAt === Infinity) row.visibleAt = 0;
		this.mapping = MAPPING;
		let quiet = 0;
		for (let count = 1; count <= most; count++) {
			this.tick(everyMs);
			this.before();
			const ran = await this.run({ mode, pageSize: 3, fullCompare: fullCompare && count === 1 });
			this.after(ran);
			quiet = isQuiet(ran) ? quiet + 1 : 0;
			if (quiet === 2) return count;
		}
		return Infinity;
	}

	private value(field: Field): string {
		this.lastValue += 1;
		return field === 'phone' ? `0-${this.lastValue}` : `Name ${this.lastValue}`;
	}

	private record(key: string | null): Record<string, string | null> {
		return { Email: key, LastName: this.value('name'), Phone: this.value('phone') };
	}

	private edited(side: 'app' | 'crm', id: string): void {
		const record = side === 'app' ? this.app.records.get(id)! : this.crm.live(id)!.values;
		for (const field of FIELDS) this.edits.made({ side, id, field, value: record[side === 'app' ? field : CRM_FIELD[field]] as string | null, before: undefined });
	}

	private edit(side: 'app' | 'crm', who: number, { field, value }: Pick<Edit, 'field' | 'value'>): void {
		const make = (id: string) => {
			const now = side === 'app' ? this.app.records.get(id)![field] : this.crm.live(id)!.values[CRM_FIELD[field]];
			if (same(field, now, value)) return;
			if (side === 'app') this.app.edit(id, { [field]: value });
			else this.crm.edit(id, { [CRM_FIELD[field]]: value });
			this.edits.made({ side, id, field, value, before: now });
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
