/** Watches the memory of this process, which must have been started with `--expose-gc`. */
export class MemoryWatch {
	private readonly before = inUse();
	private readonly residentBefore = process.memoryUsage.rss();
	private most = this.before;
	private mostResident = this.residentBefore;
	private looks = 0;

	/** To be called often; every 20th time, what only waits to be collected is collected first, and the rest is measured. */
	look(): void {
		this.mostResident = Math.max(this.mostResident, process.memoryUsage.rss());
		this.looks += 1;
		if (this.looks % 20 === 0) this.most = Math.max(this.most, inUse());
	}

	/** By how many bytes memory in use and resident memory grew at most. */
	grown(): { readonly inUse: number; readonly resident: number } {
		return { inUse: this.most - this.before, resident: this.mostResident - this.residentBefore };
	}
}

function inUse(): number {
	globalThis.gc?.();
	const { heapUsed, external } = process.memoryUsage();
	return heapUsed + external;
}
