import { CrmError } from '../model/crmError';
import { orCancelled } from './orCancelled';

/** How long and how much is remembered. */
export interface CacheLimits {
	readonly maxAgeMs: number;
	readonly maxEntries: number;
	/** Milliseconds; only differences count. */
	readonly now: () => number;
}

/** Remembers what was loaded, for a while; what was used longest ago leaves first, and a failure is never remembered. */
export class ExpiringCache<T> {
	private readonly entries = new Map<string, { readonly value: T; readonly until: number }>();
	private readonly loading = new Map<string, Promise<T>>();

	constructor(private readonly limits: CacheLimits) {}

	get(key: string): T | undefined {
		const entry = this.entries.get(key);
		this.entries.delete(key);
		if (!entry || entry.until <= this.limits.now()) return undefined;
		this.entries.set(key, entry);
		return entry.value;
	}

	set(key: string, value: T): void {
		this.entries.delete(key);
		this.entries.set(key, { value, until: this.limits.now() + this.limits.maxAgeMs });
		for (const oldest of this.entries.keys()) {
			if (this.entries.size <= this.limits.maxEntries) break;
			this.entries.delete(oldest);
		}
	}

	/** Forgets what is remembered, so that it is loaded afresh. */
	drop(key: string): void {
		this.entries.delete(key);
	}

	/** Loads what is not remembered; those who ask at the same time share one load, unless it was somebody else's and was stopped. */
	async load(key: string, load: () => Promise<T>, { fresh = false, signal }: { fresh?: boolean; signal?: AbortSignal } = {}): Promise<T> {
		const remembered = fresh ? undefined : this.get(key);
		if (remembered !== undefined) return remembered;
		const shared = this.loading.get(key);
		if (shared === undefined) return await this.start(key, load);
		try {
			return await orCancelled(shared, signal);
		} catch (error) {
			if (signal?.aborted || !(error instanceof CrmError) || error.kind !== 'cancelled') throw error;
			return await this.load(key, load, { fresh, signal });
		}
	}

	private async start(key: string, load: () => Promise<T>): Promise<T> {
		const started = load();
		this.loading.set(key, started);
		try {
			const value = await started;
			this.set(key, value);
			return value;
		} finally {
			if (this.loading.get(key) === started) this.loading.delete(key);
		}
	}
}
