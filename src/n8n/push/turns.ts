/** How long n8n may be kept waiting by our expressions before other work gets a turn, in milliseconds. */
const SLICE_MS = 40;

/** Made once for a long loop and awaited in each round: every now and then it lets the rest of n8n do its work. */
export function takingTurns(): () => Promise<void> | undefined {
	let sliceEnd = performance.now() + SLICE_MS;
	return () => {
		if (performance.now() < sliceEnd) return undefined;
		return new Promise((resolve) => {
			setImmediate(() => {
				sliceEnd = performance.now() + SLICE_MS;
				resolve();
			});
		});
	};
}
