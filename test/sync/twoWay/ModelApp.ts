import { isDeepStrictEqual } from 'node:util';
import type { AppDelivery, AppItem, InputMode } from '../../../src/sync/run/syncTypes';

/** An app in memory: shows its records, carries out deliveries once each, and can forget to. */
export class ModelApp {
	readonly records = new Map<string, Record<string, unknown>>();
	/** Edits and deletions that no finished run has been shown. */
	readonly changed = new Set<string>();
	readonly deleted = new Set<string>();
	readonly received: AppDelivery[] = [];
	/** Creates whatever it is told to, even if it has a record with that e-mail. */
	naive = false;
	/** Puts the id of a record into its note, so that it can be told in the CRM. */
	signs = false;
	/** Deliveries that it has carried out, with the id of the record. */
	readonly carriedOut = new Map<string, string | null>();
	private lastId = 0;

	add(values: Record<string, unknown>): string {
		const id = `A-${++this.lastId}`;
		this.records.set(id, { name: `Name ${id}`, company: 'Acme', email: null, phone: null, note: this.signs ? id : null, ...values });
		this.changed.add(id);
		return id;
	}

	edit(id: string, values: Record<string, unknown>): void {
		const record = this.records.get(id);
		if (!record) return;
		Object.assign(record, values);
		this.changed.add(id);
	}

	remove(id: string): void {
		if (!this.records.delete(id)) return;
		this.changed.delete(id);
		this.deleted.add(id);
	}

	/** What a run gets to see. */
	items(mode: InputMode): AppItem[] {
		const shown = [...this.records].filter(([id]) => mode === 'all' || this.changed.has(id));
		const items = shown.map(([id, values]) => ({ id, values: { ...values } }));
		const gone = [...this.deleted].map((id) => ({ id, values: {}, deleted: true }));
		return [...items, ...gone].map((item, index) => ({ index, ...item }));
	}

	/** A run came to its end: what it was shown is not shown again as changed. */
	shown(items: readonly AppItem[]): void {
		for (const { id, values, deleted } of items) {
			if (deleted) this.deleted.delete(id!);
			else if (isDeepStrictEqual(this.records.get(id!), values)) this.changed.delete(id!);
		}
	}

	/** Carries a delivery out, if it has not done so before. */
	carryOut(delivery: AppDelivery): void {
		this.received.push(delivery);
		const { id, kind, appId, values } = delivery;
		if (this.carriedOut.has(id)) return;
		if (kind === 'create') this.carriedOut.set(id, this.create(values));
		else this.carriedOut.set(id, appId);
		if (kind === 'update' && appId !== null) this.edit(appId, values);
		if (kind === 'delete' && appId !== null) this.remove(appId);
	}

	/** Like many apps, unless it is naive, it finds its own record by e-mail before it creates another one. */
	private create(values: Readonly<Record<string, unknown>>): string {
		const email = typeof values.email === 'string' ? values.email.toLowerCase() : undefined;
		const known = this.naive ? undefined : [...this.records].find(([, record]) => email !== undefined && String(record.email).trim().toLowerCase() === email);
		if (!known) return this.add({ ...values });
		return known[0];
	}
}
