/** n8n reloads a package by clearing the require cache, so what must exist once in a process is kept outside the package's modules. */
const PLACE = Symbol.for('n8n-nodes-crm-sync.stateStoreHandles');

interface Entry {
	readonly handle: unknown;
	users: number;
}

/** A handle that several stores of one process use. */
export interface SharedHandle<T> {
	readonly handle: T;
	/** The last one to let go of it closes it; to be called once. */
	release(): Promise<void>;
}

export interface HandleMaker<T> {
	/** Names what the handle is for: the same name, the same handle. */
	readonly name: string;
	readonly open: () => T;
	/** Whether a handle that is open already can still be used; if not, another one is opened beside it. */
	readonly isUsable: (handle: T) => boolean;
	readonly close: (handle: T) => void | Promise<void>;
}

function entries(): Map<string, Entry> {
	const places = globalThis as { [PLACE]?: Map<string, Entry> };
	return (places[PLACE] ??= new Map());
}

/** The handle of this process, opened if need be. Handles are made by libraries of Node.js, so a reloaded copy of this package can use them. */
export function sharedHandle<T>({ name, open, isUsable, close }: HandleMaker<T>): SharedHandle<T> {
	const all = entries();
	const existing = all.get(name);
	const entry = existing && isUsable(existing.handle as T) ? existing : { handle: open(), users: 0 };
	all.set(name, entry);
	entry.users += 1;
	return {
		handle: entry.handle as T,
		release: async () => {
			entry.users -= 1;
			if (entry.users > 0) return;
			if (all.get(name) === entry) all.delete(name);
			await close(entry.handle as T);
		},
	};
}
