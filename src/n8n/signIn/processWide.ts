/** What exists once in a process, also after n8n has loaded the package anew, which gives its modules a second life. */
export function processWide<T>(name: string, make: () => T): T {
	const places = globalThis as unknown as Record<symbol, T | undefined>;
	return (places[Symbol.for(`n8n-nodes-crm-sync.${name}`)] ??= make());
}
